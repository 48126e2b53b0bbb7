"""All devices of the board, as the firmware asks for them, over parts that `rp2.py` makes.

The loop calls `begin_tick` before a tick and `end_tick` after it: what the tick reads is as old as its start or as
the slack before it, what it asks for is sent at its end. The work of `slack_work` looks after the chips in every tick
and draws. A tick that leaves no time for slack has the chips looked after at its end.

Outputs fall to safe in three ways. `cut_outputs` holds the pins low in hardware; the last line's timer calls it when
the loop's heartbeat is missing for 40 ms. 1 s without `refresh` the watchdog resets the chip, and without a driven pin
relay, bridges, heaters and servo chip are off by their resistors.
"""

import time

from instep.hal.ads1115 import NO_CHANNEL, READY_860_US
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from machine import Timer

    from instep.hal.ads1115 import Ads1115, ForceSensor, Thermistor
    from instep.hal.bridge import Bridge, Currents, HeaterSwitch
    from instep.hal.bus import Bus
    from instep.hal.clock_monitor import ClockMonitor
    from instep.hal.gpio_override import GpioOverride
    from instep.hal.interface import SlackWork
    from instep.hal.machine_api import Chip, Pin, Pwm, Watchdog
    from instep.hal.mcp23017 import ButtonRow, Contact, Expander
    from instep.hal.pca9685 import ServoChannel, ServoChip
    from instep.hal.quadrature import QuadratureCounters, QuadratureEncoder
    from instep.hal.ssd1306 import Ssd1306
    from instep.hal.switches import EmergencyStop, SafetyRelay, SupplyMeter

WATCHDOG_MS = 1_000
_LAST_LINE_MS = const(10)

# After so much of a tick there may be no slack any more.
_NO_SLACK_US = const(7_800)

# What waits for the slack after a tick: the care for the chips; once one force of each foot is converted, the other's
# turn; once that is converted, to fetch it.
_NOTHING = const(0)
_FETCH = const(1)
_FORCES = const(2)
_CARE = const(3)

# What these take on an RP2040 (emulated, at 125 MHz), and a piece of the display, us.
_CARE_US = const(2_200)
_TURN_US = const(1_300)
_FETCH_US = const(600)
_DRAW_US = const(1_000)

# A thermistor's conversion takes less than a tick and gets two, of which one may be cut short; all four, 80 ms.
_TICKS = const(8)


class Parts:
    """What the hardware is made of. Lists and tuples: rollers in their order, else left, right."""

    chip: "Chip"
    was_reset_by_watchdog: bool
    # Outputs.
    relay_pin: "Pin"
    servo_disable: "Pin"
    light: "Pin"
    pwms: "tuple[Pwm, ...]"
    cutoff: "GpioOverride"
    motors: "list[Bridge]"
    heaters: "list[HeaterSwitch]"
    servos: "list[ServoChannel]"
    buzzer: int
    # The bus and its chips; the inputs of the converters in the order of their conversion.
    bus: "Bus"
    servo_chip: "ServoChip"
    heat_adc: "Ads1115"
    heat_inputs: "list[int]"
    force_adcs: "list[Ads1115]"
    force_inputs: "tuple[int, int]"
    expander: "Expander"
    display: "Ssd1306"
    # Inputs.
    counters: "QuadratureCounters"
    encoders: "list[QuadratureEncoder]"
    currents: "Currents"
    forces: "list[ForceSensor]"
    elements: "list[Thermistor]"
    skins: "list[Thermistor]"
    foot_switches: "list[Contact]"
    buttons: "ButtonRow"
    emergency_stop: "EmergencyStop"
    relay: "SafetyRelay"
    supply: "SupplyMeter"
    clock: "ClockMonitor"


class Hardware:
    """The devices of `parts`; `was_interrupted` tells of a Ctrl-C that came in the timer's interrupt."""

    def __init__(self, parts: Parts) -> None:
        self._chip = parts.chip
        self._was_reset_by_watchdog = parts.was_reset_by_watchdog
        self._relay_pin = parts.relay_pin
        self._servo_disable = parts.servo_disable
        self._light = parts.light
        self._pwms = parts.pwms
        self._cutoff = parts.cutoff
        self._buzzer = parts.buzzer
        self._bus = parts.bus
        self._servo_chip = parts.servo_chip
        self._heat_adc = parts.heat_adc
        self._heat_inputs = parts.heat_inputs
        self._force_adcs = parts.force_adcs
        self._force_inputs = parts.force_inputs
        self._expander = parts.expander
        self._counters = parts.counters
        self._currents = parts.currents
        self._clock = parts.clock
        self.motors = parts.motors
        self.encoders = parts.encoders
        self.forces = parts.forces
        self.servos = parts.servos
        self.heaters = parts.heaters
        self.elements = parts.elements
        self.skins = parts.skins
        self.foot_switches = parts.foot_switches
        self.emergency_stop = parts.emergency_stop
        self.relay = parts.relay
        self.supply = parts.supply
        self.buttons = parts.buttons
        self.display = parts.display
        self._callback: Callable[[object], None] | None = None
        self._watchdog: Watchdog | None = None
        self._timer: Timer | None = None
        self._ticks = 0
        self._begun_us = self._started_us = time.ticks_us()
        self._force_input = 0
        self._due = _NOTHING
        self._is_cut = self._are_servos_wanted = self.was_interrupted = False

    def begin_tick(self) -> None:
        """Take all inputs; of the forces, those that the slack has had no time to fetch."""
        self._begun_us = time.ticks_us()
        if self._due == _CARE:
            self._take_care()
        self._bus.recover()
        self._counters.drain()
        self._expander.read()
        self._currents.read()
        self.supply.sample()
        if self._due and self._are_forces_ready():
            if self._due == _FORCES:
                self._turn_forces()
            else:
                self._fetch_forces()
        self._counters.fetch()

    def end_tick(self) -> None:
        """Send what the tick has asked for."""
        self._servo_chip.flush()
        self._due = _CARE
        if time.ticks_diff(time.ticks_us(), self._begun_us) > _NO_SLACK_US:
            self._take_care()

    def slack_work(self) -> "tuple[SlackWork, ...]":
        """Return the slow work: what the next tick needs, then the display's."""
        return (
            (self.take_care, _CARE_US, True),
            (self.turn_forces, _TURN_US, True),
            (self.fetch_forces, _FETCH_US, True),
            (self.draw, _DRAW_US, False),
        )

    def take_care(self, _ticks: int) -> bool:
        """Look after the chips, once after every tick."""
        if self._due != _CARE:
            return False
        self._take_care()
        return True

    def turn_forces(self, _ticks: int) -> bool:
        """Fetch one force of each foot and convert the other."""
        if self._due != _FORCES or not self._are_forces_ready():
            return False
        self._check_and_turn_forces()
        return True

    def fetch_forces(self, _ticks: int) -> bool:
        """Fetch the other force of each foot."""
        if self._due != _FETCH or not self._are_forces_ready():
            return False
        self._fetch_forces()
        return True

    def draw(self, _ticks: int) -> bool:
        """Send a piece of the picture, if it has changed; the chips come first."""
        return self._due != _CARE and self.display.slack()

    def _check_and_turn_forces(self) -> None:
        self._force_adcs[self._ticks & 1].check()
        self._turn_forces()

    def _are_forces_ready(self) -> bool:
        return time.ticks_diff(time.ticks_us(), self._started_us) >= READY_860_US

    def _take_care(self) -> None:
        """Ask some of the chips whether they are still what they were, and convert what the next tick reads.

        Once a tick, between its end and the start of the next. Each chip is asked every other time.
        """
        if self._are_forces_ready():
            self._check_and_turn_forces()
        self._due = _FORCES
        self._currents.switch()
        self._expander.flush()
        if self._ticks & 1:
            self._servo_chip.check()
            self._clock.read_ms()
        else:
            self.display.check()
            self._turn_heat()
        self._ticks += 1
        if self._ticks == _TICKS:
            self._ticks = 0

    def _turn_forces(self) -> None:
        """Fetch what both force ADCs have converted and start their other inputs: top and sole in turn."""
        side = self._force_input ^ 1
        self._force_input = side
        following = self._force_inputs[side]
        for adc in self._force_adcs:
            adc.turn(following)
        self._started_us = time.ticks_us()
        self._due = _FETCH

    def _fetch_forces(self) -> None:
        """Fetch what both force ADCs have converted and let them rest."""
        self._due = _NOTHING
        for adc in self._force_adcs:
            adc.turn(NO_CHANNEL)

    def _turn_heat(self) -> None:
        """Convert the four thermistors one after the other; in even ticks."""
        adc = self._heat_adc
        adc.check()
        adc.turn(self._heat_inputs[self._ticks >> 1])

    def enable_servos(self, on: bool) -> None:
        """Drive the servo chip's output-enable, which is active low."""
        self._are_servos_wanted = on
        if on:
            self._servo_disable.off()
        else:
            self._servo_disable.on()

    def refresh(self) -> None:
        """Keep the outputs alive for another 50 ms; after a cut, give them back: everything off but the servos."""
        if self._watchdog is not None:
            self._watchdog.feed()
        if self._is_cut:
            self._is_cut = False
            for pwm in self._pwms:
                pwm.duty_u16(0)
            self._cutoff.release()
            self.enable_servos(self._are_servos_wanted)

    def bus_faults(self) -> int:
        """Return the devices of the bus that were silent (bits 0..7) or answered nonsense (bits 8..15)."""
        return self._bus.faults()

    def start_deadman(self, callback: "Callable[[object], None]") -> None:
        """Call `callback(timer)` in a hardware timer's hard interrupt, every 10 ms from now on."""
        self._callback = callback
        self._timer = self._chip.Timer(
            -1, mode=self._chip.Timer.PERIODIC, period=_LAST_LINE_MS, callback=self._on_timer, hard=True
        )

    def _on_timer(self, timer: "Timer") -> None:
        """Call back; a Ctrl-C that arrives in the interrupt is raised in it, and would end the timer."""
        try:
            self._callback(timer)
        except BaseException:  # noqa: BLE001
            self.was_interrupted = True

    def cut_outputs(self) -> None:
        """Open bridges and relay, heaters and servos off; in a hard interrupt: it neither allocates nor raises."""
        self._is_cut = True
        self._cutoff.hold()
        self._relay_pin.off()
        self._servo_disable.on()

    def was_reset_by_watchdog(self) -> bool:
        """Tell whether the last start followed a loop that had stopped: 1 s without `refresh`."""
        return self._was_reset_by_watchdog

    def clock_monitor_ms(self) -> int:
        """Return the milliseconds that the processor's clock has counted; wraps at 2^29."""
        return self._clock.read_ms()

    def start_watchdog(self) -> None:
        """Start the watchdog, which nothing can stop: from now on `refresh` has to be called."""
        self._watchdog = self._chip.WDT(timeout=WATCHDOG_MS)

    def set_light(self, on: bool) -> None:
        """Switch the status light."""
        if on:
            self._light.on()
        else:
            self._light.off()

    def set_buzzer(self, on: bool) -> None:
        """Switch the buzzer, at the end of this tick."""
        self._expander.set(self._buzzer, on)
