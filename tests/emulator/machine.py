"""The machine around the emulated Pico, wired as the board's file says: chips, bridges, buttons, sensors."""

import tomllib
from pathlib import Path
from typing import Any

from rp2040py.gpio_pin import GPIOPinState

from instep import user_events
from instep.axes import FOOT_NAMES
from instep.hal.board import ROLLER_NAMES
from instep.units import NS_PER_MS
from tests.emulator.chips.ads1115 import Ads1115
from tests.emulator.chips.mcp9808 import Mcp9808
from tests.emulator.chips.mcp23017 import Mcp23017
from tests.emulator.chips.pca9685 import Pca9685
from tests.emulator.chips.ssd1306 import Ssd1306
from tests.emulator.i2c_bus import I2cBus
from tests.emulator.outputs import Bridge, Output
from tests.emulator.pico import Pico
from tests.emulator.quadrature import Quadrature

BOARD = Path(__file__).parents[2] / "boards/pico/board.toml"
SKIN_25_C_CODE = 16_384

_CODES = 32_768
_ADC_CODES = 4096
_FIRST_ADC_PIN = 26
# A relay's contacts move some milliseconds after its coil (start value).
_RELAY_MS = 8
# How long the pump holds the coil after a rising edge of the pin: the middle of what the board's parts allow.
_PUMP_MS = 34
# The force ADCs are read at ±4.096 V, 1/8 mV a code.
_MV_PER_CODE = 1 / 8


class Machine:
    """Everything around the chip; feet are in, nothing presses, 25 °C, 12 V, until a test says otherwise."""

    def __init__(self, pico: Pico, board: Path = BOARD) -> None:
        self.pico = pico
        self.board: dict[str, Any] = tomllib.loads(board.read_text(encoding="utf-8"))
        pins, mcu = self.board["pins"], pico.mcu
        self.bus = I2cBus(mcu, pins["i2c_sda"], pins["i2c_scl"])
        self._add_chips(self.board["addresses"])
        self.bridges = [self._bridge(pins, roller) for roller in ROLLER_NAMES]
        self.heaters = [Output(mcu, pins[f"heater_{foot}"]) for foot in FOOT_NAMES]
        self.relay_pin = Output(mcu, pins["relay"])
        self.servo_disable = Output(mcu, pins["servo_disable"], when_floating=True)
        self.status_light = Output(mcu, pins["status_light"])
        self.encoders = [
            Quadrature(mcu, pins[f"encoder_{roller}_a"], pins[f"encoder_{roller}_b"]) for roller in ROLLER_NAMES
        ]
        self.current_ma = [0.0] * len(ROLLER_NAMES)
        self.supply_mv = 12_000.0
        self.is_relay_welded = False
        self.is_relay_held = False
        self._is_relay_closed = False
        self._is_stopped = False
        self._emergency_stop = mcu.gpio[pins["emergency_stop"]]
        self._relay_alarm = pico.simulator.clock.create_alarm(self._move_relay)
        self._pump_alarm = pico.simulator.clock.create_alarm(self._empty_pump)
        self._watch(pins)
        mcu.adc.on_adc_read = self._read_adc
        self.rest()

    def _add_chips(self, addresses: dict[str, int]) -> None:
        self.servos = Pca9685(addresses["servos"])
        self.heat_adc = Ads1115(addresses["heat_adc"], lambda: self.pico.now_ns)
        self.force_adcs = [Ads1115(addresses[f"force_adc_{foot}"], lambda: self.pico.now_ns) for foot in FOOT_NAMES]
        self.expander = Mcp23017(addresses["expander"])
        self.display = Ssd1306(addresses["display"])
        self.thermometers = [Mcp9808(addresses[f"thermometer_{foot}"]) for foot in FOOT_NAMES]
        chips = (self.servos, self.heat_adc, *self.force_adcs, self.expander, self.display, *self.thermometers)
        self.bus.add(*chips)

    def _bridge(self, pins: dict[str, int], roller: str) -> Bridge:
        mcu = self.pico.mcu
        is_reversed = roller in self.board["bridges"]["reversed"]
        ins = [Output(mcu, pins[f"bridge_{roller}_in{1 + (number ^ is_reversed)}"]) for number in (0, 1)]
        return Bridge(*ins)

    def _watch(self, pins: dict[str, int]) -> None:
        """Let the relay and the servo chip's output-enable follow their pins."""
        gpio = self.pico.mcu.gpio
        gpio[pins["relay"]].add_listener(self._relay_pin_changed)
        gpio[pins["servo_disable"]].add_listener(self._servo_disable_changed)

    def _relay_pin_changed(self, new: GPIOPinState, old: GPIOPinState) -> None:
        """Fill the pump with a rising edge; a level, high or low, fills nothing."""
        if new == GPIOPinState.HIGH and old != GPIOPinState.HIGH:
            self._pump_alarm.schedule(_PUMP_MS * NS_PER_MS)
            if not self.is_relay_held:
                self.is_relay_held = True
                self._relay_alarm.schedule(_RELAY_MS * NS_PER_MS)

    def _empty_pump(self) -> None:
        """Let go of the coil: the last pulse was too long ago."""
        self.is_relay_held = False
        self._relay_alarm.schedule(_RELAY_MS * NS_PER_MS)

    def _servo_disable_changed(self, new: GPIOPinState, old: GPIOPinState) -> None:
        self.servos.is_enabled = not self.servo_disable.is_high

    def _move_relay(self) -> None:
        """Let the relay's contact follow its coil, which the emergency stop's contact feeds."""
        self._is_relay_closed = self.is_relay_welded or (self.is_relay_held and not self._is_stopped)
        self.expander.driven[self.board["expander"]["relay_contact"]] = not self._is_relay_closed

    @property
    def is_relay_closed(self) -> bool:
        """Return True if motors and heaters are fed."""
        return self._is_relay_closed

    def rest(self) -> None:
        """Let go of everything, put both feet in, cool to 25 °C."""
        expander = self.board["expander"]
        for bit in range(len(user_events.NAMES)):
            self.expander.driven[expander["button_first"] + bit] = True
        for foot in range(len(FOOT_NAMES)):
            self.put_foot(foot, True)
        for index in range(len(ROLLER_NAMES)):
            self.set_force_mn(index, 0)
        for index in range(2 * len(FOOT_NAMES)):
            self.set_ntc_code(index, SKIN_25_C_CODE)
        self.set_emergency_stop(False)
        self._move_relay()

    def press(self, button: str) -> None:
        """Push a button down: its contact pulls the pin to ground."""
        self._set_button(button, False)

    def release(self, button: str) -> None:
        """Let a button go."""
        self._set_button(button, True)

    def _set_button(self, button: str, level: bool) -> None:
        self.expander.driven[self.board["expander"]["button_first"] + user_events.NAMES.index(button)] = level

    def put_foot(self, foot: int, is_in: bool) -> None:
        """Put a foot in or take it out: its switch pulls the pin to ground."""
        self.expander.driven[self.board["expander"][f"foot_{FOOT_NAMES[foot]}"]] = not is_in

    def is_foot_in(self, foot: int) -> bool:
        """Return True if a foot is in."""
        return not self.expander.driven[self.board["expander"][f"foot_{FOOT_NAMES[foot]}"]]

    def set_emergency_stop(self, is_pressed: bool) -> None:
        """Press or pull out the emergency stop: behind its contact coil feed and input go low."""
        self._is_stopped = is_pressed
        self._emergency_stop.set_input_value(not is_pressed)
        self._relay_alarm.schedule(_RELAY_MS * NS_PER_MS)

    def set_force_mn(self, index: int, force_mn: float) -> None:
        """Let a roller press its bar with so much."""
        roller = ROLLER_NAMES[index]
        codes = self.board["force_zero"][roller] + force_mn * 1024 / self.board["force_mn_per_1024"][roller]
        side = self.board["channels"]["force_sole" if index & 1 else "force_top"]
        self.force_adcs[index // 2].inputs_mv[side] = codes * _MV_PER_CODE

    def set_ntc_code(self, index: int, code: int) -> None:
        """Give a thermistor's divider so much of its reference: left element, left skin, right element, right skin."""
        name = ("element_left", "skin_left", "element_right", "skin_right")[index]
        mv = code / _CODES * self.board["thermistors"]["reference_mv"]
        self.heat_adc.inputs_mv[self.board["channels"][name]] = mv

    def _read_adc(self, channel: int) -> None:
        """Convert: bridge current left or right, of the roller that the multiplexer shows, or the supply."""
        pins, adc = self.board["pins"], self.board["adc"]
        pin = channel + _FIRST_ADC_PIN
        if pin == pins["supply"]:
            lower = adc["supply_lower_ohm"]
            mv = self.supply_mv * lower / (lower + adc["supply_upper_ohm"])
        elif pin in (pins["current_left"], pins["current_right"]):
            foot = int(pin == pins["current_right"])
            bridges = self.board["bridges"]
            shown = self.current_ma[2 * foot + self.expander.level(self.board["expander"]["current_select"])]
            mv = shown / 1000 * bridges["mirror_ua_per_a"] * bridges["sense_ohm"] / 1000
        else:
            mv = 0.0
        code = max(0, min(_ADC_CODES - 1, round(mv / adc["reference_mv"] * _ADC_CODES)))
        self.pico.mcu.adc.channel_values[channel] = code
        self.pico.mcu.adc.complete_adc_read(code, False)

    @property
    def is_safe(self) -> bool:
        """Return True if every motor and heater output is off and the pin of the relay rests low."""
        are_off = all(bridge.is_coasting for bridge in self.bridges) and not any(h.permille for h in self.heaters)
        return are_off and not self.relay_pin.is_high
