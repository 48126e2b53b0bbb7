"""The board: every device of the interface over MicroPython's `machine` and `rp2`, which nothing else imports.

The loop calls `begin_tick` before a tick and `end_tick` after it, where all of the bus's work is done: what the tick
reads is as old as its start, what it asks for is sent at its end. `slack` does the display's.

Outputs fall to safe in three ways. `cut_outputs` holds the pins low in hardware; the last line's timer calls it when
the loop's heartbeat is missing for 40 ms. 1 s without `refresh` the watchdog resets the chip, and without a driven pin
relay, bridges, heaters and servo chip are off by their resistors.
"""

# ruff: noqa: F405 (the words of the PIO assembler)
import sys
import time

import machine
import rp2
import uctypes

from instep.hal import ads1115
from instep.hal.board import ROLLERS, BoardError
from instep.hal.bridge import Bridge, Currents, HeaterSwitch
from instep.hal.bus import Bus, Port
from instep.hal.cutoff import Cutoff
from instep.hal.mcp23017 import ButtonRow, Contact, Expander
from instep.hal.pca9685 import ServoChannel, ServoChip
from instep.hal.quadrature import STATE_MACHINE_HZ, QuadratureCounters, QuadratureEncoder
from instep.hal.secondclock import SecondClock
from instep.hal.ssd1306 import Ssd1306
from instep.hal.switches import EmergencyStop, SafetyRelay, SupplyMeter
from instep.hal.unstick import clock_free
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from rp2.asm_pio import *  # noqa: F403

    from instep.hal.board import Board
    from instep.hal.wires import Fifos

# Chip -> IO_BANK0, place of OUTOVER in its registers, PWM, WATCHDOG. RP2040 data sheet 2.2, 2.19.6.1; RP2350 data
# sheet 2.2, 9.11.1.
_REGISTERS = {
    "rp2040": (0x4001_4000, 8, 0x4005_0000, 0x4005_8000),
    "rp2350": (0x4002_8000, 12, 0x400A_8000, 0x400D_8000),
}
# Both chips' PIO0: what its four state machines have pushed.
_PIO0_RXF = const(0x5020_0020)
_REASON = const(0x08)
_REASON_TIMER = const(1)  # the other bit is a reset that was asked for, as by machine.reset

WATCHDOG_MS = 1_000
_LAST_LINE_MS = const(10)

# Longest transfer: 65 bytes and the address, each of 9 bits; twice that is a bus that is held.
_LONGEST_BITS = const(66 * 9)

_FEET = const(2)
_SERVOS_PER_FOOT = const(8)
_SIDES = ("left", "right")

# A thermistor's conversion takes two ticks; all four, 80 ms.
_HEAT_MASK = const(7)
_TICKS = const(8)

# Bits of the interface's BUS_DEVICES.
_SERVOS = const(1)
_HEAT_ADC = const(2)
_FORCE_ADC = const(4)
_BUTTONS = const(8)
_DISPLAY = const(16)


@rp2.asm_pio(in_shiftdir=rp2.PIO.SHIFT_LEFT, out_shiftdir=rp2.PIO.SHIFT_RIGHT)
def _count_edges() -> None:
    """Count the edges of two neighbouring pins in Y and push it in every turn; OSR keeps how the pins were.

    A turn makes a number of 4 bits, was << 2 | is (A in bit 0), and jumps to the instruction of that number. That
    table has to stand at 0, so the program fills the whole memory of its PIO.
    """
    jmp("turn")  # 00 00
    jmp("more")  # 00 01: A rises first, away from the toe tips
    jmp("less")  # 00 10
    jmp("turn")  # 00 11: both at once is no step
    jmp("less")  # 01 00
    jmp("turn")  # 01 01
    jmp("turn")  # 01 10
    jmp("more")  # 01 11
    jmp("more")  # 10 00
    jmp("turn")  # 10 01
    jmp("turn")  # 10 10
    jmp("less")  # 10 11
    jmp("turn")  # 11 00
    jmp("less")  # 11 01
    jmp("more")  # 11 10
    jmp("turn")  # 11 11
    label("less")
    jmp(y_dec, "turn")
    label("turn")
    wrap_target()
    mov(isr, y)
    push(noblock)
    out(isr, 2)
    in_(pins, 2)
    mov(osr, isr)
    mov(pc, isr)
    label("more")  # there is only a decrement: ~(~y - 1) is y + 1
    mov(y, invert(y))
    jmp(y_dec, "one more")
    label("one more")
    mov(y, invert(y))
    wrap()
    nop()
    nop()
    nop()
    nop()
    nop()
    nop()


class Rp2Hal:
    """All devices of `board`; raise BoardError if this is another chip. Everything is off until it is asked for."""

    def __init__(self, board: "Board") -> None:
        if board.chip not in machine_name().lower():
            raise BoardError("board file is for %s, this is %s" % (board.chip, machine_name()))
        self._board = board
        self._callback: Callable[[object], None] | None = None
        self._watchdog: machine.WDT | None = None
        self._timer: machine.Timer | None = None
        self._ticks = 0
        self._started_us = time.ticks_us()
        self._force_input = 0
        self._is_cut = False
        self._are_servos_wanted = False
        self.was_interrupted = False
        self._make_pins()
        self._make_bus()
        self._make_inputs()
        self._make_outputs()

    def begin_tick(self) -> None:
        """Take all inputs; what a conversion of the tick before left is fetched, the next is started."""
        self._bus.recover()
        self._counters.drain()
        self._expander.read()
        self._currents.read()
        self.supply.sample()
        self._force_adcs[self._ticks & 1].check()
        self._turn_forces()
        self._counters.fetch()

    def end_tick(self) -> None:
        """Send what the tick has asked for, and start what the next one reads."""
        self._servo_chip.flush()
        self._currents.switch()
        self._expander.flush()
        if self._ticks & 1:
            self._servo_chip.check()
        else:
            self.display.check()
        self._turn_heat()
        self._clock.read_ms()
        if time.ticks_diff(time.ticks_us(), self._started_us) >= ads1115.READY_860_US:
            self._turn_forces()
        self._ticks += 1
        if self._ticks == _TICKS:
            self._ticks = 0

    def slack(self) -> bool:
        """Do one piece of slow work, at most 1 ms; return whether more waits."""
        return self.display.slack()

    def _turn_forces(self) -> None:
        """Fetch what both force ADCs have converted and start their other inputs: top and sole in turn."""
        self._force_input ^= 1
        for adc in self._force_adcs:
            adc.fetch()
            adc.start(self._force_inputs[self._force_input])
        self._started_us = time.ticks_us()

    def _turn_heat(self) -> None:
        """Convert the four thermistors one after the other."""
        place = self._ticks & _HEAT_MASK
        if place & 1:
            return
        self._heat_adc.check()
        self._heat_adc.fetch()
        self._heat_adc.start(self._heat_inputs[place >> 1])

    def enable_servos(self, on: bool) -> None:
        """Drive the servo chip's output-enable, which is active low."""
        self._are_servos_wanted = on
        self._servo_disable.value(not on)

    def refresh(self) -> None:
        """Keep the outputs alive for another 50 ms; after a cut, give them back: everything off but the servos."""
        if self._watchdog is not None:
            self._watchdog.feed()
        if self._is_cut:
            self._is_cut = False
            for pwm in self._pwms:
                pwm.duty_u16(0)
            self._cutoff.release()
            self._servo_disable.value(not self._are_servos_wanted)

    def bus_faults(self) -> int:
        """Return the devices of the bus that were silent (bits 0..7) or answered nonsense (bits 8..15)."""
        return self._bus.faults()

    def start_last_line(self, callback: "Callable[[object], None]") -> None:
        """Call `callback(timer)` in a hardware timer's hard interrupt, every 10 ms from now on."""
        self._callback = callback
        self._timer = machine.Timer(
            -1, mode=machine.Timer.PERIODIC, period=_LAST_LINE_MS, callback=self._on_timer, hard=True
        )

    def _on_timer(self, timer: machine.Timer) -> None:
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

    def second_clock_ms(self) -> int:
        """Return the milliseconds that the processor's clock has counted; wraps at 2^29."""
        return self._clock.read_ms()

    def start_watchdog(self) -> None:
        """Start the watchdog, which nothing can stop: from now on `refresh` has to be called."""
        self._watchdog = machine.WDT(timeout=WATCHDOG_MS)

    def set_light(self, on: bool) -> None:
        """Switch the status light."""
        self._light.value(on)

    def set_buzzer(self, on: bool) -> None:
        """Switch the buzzer, at the end of this tick."""
        self._expander.set(self._board.expander["buzzer"], on)

    def _make_pins(self) -> None:
        """Drive every output to off before anything else."""
        pins = self._board.pins
        self._relay_pin = machine.Pin(pins["relay"], machine.Pin.OUT, value=0)
        self._servo_disable = machine.Pin(pins["servo_disable"], machine.Pin.OUT, value=1)
        self._light = machine.Pin(pins["status_light"], machine.Pin.OUT, value=0)
        self._bridge_pwms = [
            (
                self._pwm("bridge_" + roller + "_in1", "bridge_pwm_hz"),
                self._pwm("bridge_" + roller + "_in2", "bridge_pwm_hz"),
            )
            for roller in ROLLERS
        ]
        self._heater_pwms = [self._pwm("heater_" + side, "heater_pwm_hz") for side in _SIDES]
        self._pwms = tuple([pwm for pair in self._bridge_pwms for pwm in pair] + self._heater_pwms)
        powered = [pins["bridge_" + roller + wire] for roller in ROLLERS for wire in ("_in1", "_in2")]
        powered += [pins["heater_" + side] for side in _SIDES]
        io_bank, override_shift, pwm, watchdog = _REGISTERS[self._board.chip]
        self._cutoff = Cutoff(machine.mem32, io_bank, override_shift, powered)
        self._clock = SecondClock(machine.mem32, pwm, machine.freq())
        reason: int = machine.mem32[watchdog + _REASON]
        self._was_reset_by_watchdog = reason & _REASON_TIMER != 0

    def _pwm(self, pin: str, rating: str) -> machine.PWM:
        wire = machine.Pin(self._board.pins[pin], machine.Pin.OUT, value=0)
        return machine.PWM(wire, freq=self._board.ratings[rating], duty_u16=0)

    def _make_bus(self) -> None:
        """Make the bus and its chips; a bus that the last reset left in the middle of a byte is freed first."""
        board = self._board
        addresses = board.addresses
        self._bus = Bus(self._set_up_bus(), self._free_bus)
        servos = Port(self._bus, addresses["servos"], _SERVOS)
        self._servo_chip = ServoChip(servos, board.ratings["servo_clock_khz"])
        self._heat_adc = ads1115.Ads1115(Port(self._bus, addresses["heat_adc"], _HEAT_ADC), ads1115.RATE_64)
        self._force_adcs = tuple(
            [
                ads1115.Ads1115(Port(self._bus, addresses["force_adc_" + side], _FORCE_ADC), ads1115.RATE_860)
                for side in _SIDES
            ]
        )
        outputs = 1 << board.expander["buzzer"] | 1 << board.expander["current_select"]
        self._expander = Expander(Port(self._bus, addresses["expander"], _BUTTONS), outputs)
        self.display = Ssd1306(Port(self._bus, addresses["display"], _DISPLAY))

    def _free_bus(self) -> None:
        """Clock the bus free and set the controller up anew; it stays the same object."""
        self._set_up_bus()

    def _set_up_bus(self) -> machine.I2C:
        pins = self._board.pins
        hz = self._board.ratings["i2c_hz"]
        clock = machine.Pin(pins["i2c_scl"], machine.Pin.OPEN_DRAIN, machine.Pin.PULL_UP, value=1)
        data = machine.Pin(pins["i2c_sda"], machine.Pin.OPEN_DRAIN, machine.Pin.PULL_UP, value=1)
        clock_free(clock, data, time.sleep_us)
        longest_us = 2_000_000 // hz * _LONGEST_BITS
        block = pins["i2c_sda"] // 2 % 2  # the pins of the I2C blocks take turns in pairs
        i2c: machine.I2C = machine.I2C(block, scl=clock, sda=data, freq=hz, timeout=longest_us)  # type: ignore[call-overload]
        return i2c

    def _make_inputs(self) -> None:
        board = self._board
        expander = board.expander
        channels = board.channels
        for index in range(len(ROLLERS)):
            self._start_counting(index)
        fifos: Fifos = uctypes.struct(_PIO0_RXF, (uctypes.ARRAY | 0, len(ROLLERS) | uctypes.INT32))
        self._counters = QuadratureCounters(fifos, board.senses["encoders_reversed"])
        self.encoders = [QuadratureEncoder(self._counters, index) for index in range(len(ROLLERS))]
        self.forces = [
            ads1115.ForceSensor(
                self._force_adcs[index // _FEET],
                channels["force_sole" if index % _FEET else "force_top"],
                board.ratings["force_zero_" + ROLLERS[index]],
                board.ratings["force_mn_per_1024_" + ROLLERS[index]],
            )
            for index in range(len(ROLLERS))
        ]
        self._force_inputs = (channels["force_top"], channels["force_sole"])
        self.elements = [self._thermistor("element_" + side) for side in _SIDES]
        self.skins = [self._thermistor("skin_" + side) for side in _SIDES]
        self._heat_inputs = [channels[end + side] for side in _SIDES for end in ("element_", "skin_")]
        self.foot_switches = [Contact(self._expander, expander["foot_" + side]) for side in _SIDES]
        self.buttons = ButtonRow(self._expander, expander["button_first"])
        # The pull-down only catches a broken wire; on an RP2350 (erratum E9) the board's own resistor has to.
        stop = machine.Pin(board.pins["emergency_stop"], machine.Pin.IN, machine.Pin.PULL_DOWN)
        self.emergency_stop = EmergencyStop(stop)
        full_scale_mv = board.ratings["adc_reference_mv"] * board.ratings["supply_mv_per_v"] // 1_000
        self.supply = SupplyMeter(machine.ADC(machine.Pin(board.pins["supply"])), full_scale_mv)

    def _start_counting(self, index: int) -> None:
        """Start the state machine that counts an encoder from 0 on."""
        pins = self._board.pins
        first = machine.Pin(pins["encoder_" + ROLLERS[index] + "_a"], machine.Pin.IN, machine.Pin.PULL_UP)
        machine.Pin(pins["encoder_" + ROLLERS[index] + "_b"], machine.Pin.IN, machine.Pin.PULL_UP)
        number = self._board.channels["encoder_first"] + index
        counting = rp2.StateMachine(number, _count_edges, freq=STATE_MACHINE_HZ, in_base=first)
        counting.exec("set(y, 0)")
        counting.active(1)

    def _thermistor(self, name: str) -> ads1115.Thermistor:
        board = self._board
        return ads1115.Thermistor(self._heat_adc, board.channels[name], board.ratings["ntc_reference_mv"])

    def _motor_sign(self, roller: int) -> int:
        return -1 if self._board.senses["motors_reversed"] >> roller & 1 else 1

    def _make_outputs(self) -> None:
        board = self._board
        full_scale_ma = board.ratings["adc_reference_mv"] * board.ratings["current_ma_per_v"] // 1_000
        adcs = (
            machine.ADC(machine.Pin(board.pins["current_left"])),
            machine.ADC(machine.Pin(board.pins["current_right"])),
        )
        self._currents = Currents(adcs, self._expander, board.expander["current_select"], full_scale_ma)
        self.motors = [
            Bridge(*self._bridge_pwms[index], self._currents, index, self._motor_sign(index))
            for index in range(len(ROLLERS))
        ]
        self.heaters = [HeaterSwitch(pwm) for pwm in self._heater_pwms]
        firsts = [board.channels["servo_" + side + "_first"] for side in _SIDES]
        self.servos = [
            ServoChannel(self._servo_chip, first + index) for first in firsts for index in range(_SERVOS_PER_FOOT)
        ]
        self.relay = SafetyRelay(self._relay_pin, Contact(self._expander, board.expander["relay_contact"]))


def machine_name() -> str:
    """Return what MicroPython says it runs on, as "Raspberry Pi Pico with RP2040"."""
    name: str = sys.implementation._machine
    return name
