"""Make the hardware of a board over MicroPython's `machine` and `rp2`, which no other module of `instep` imports.

Nothing of this is needed once `build` has returned: what it made does not know it, and its memory can be given back.
"""

# ruff: noqa: F405 (the words of the PIO assembler)
import sys
import time

import machine
import rp2
import uctypes

from instep.axes import FOOT_NAMES, ROLLERS_PER_FOOT, SERVOS_PER_FOOT
from instep.hal import ads1115
from instep.hal.board import ROLLER_NAMES, BoardError
from instep.hal.bridge import Bridge, Currents, HeaterSwitch
from instep.hal.bus import Bus, Port
from instep.hal.clock_monitor import ClockMonitor
from instep.hal.gpio_override import GpioOverride
from instep.hal.hardware import Hardware, Parts
from instep.hal.i2c_recovery import Controller
from instep.hal.mcp23017 import ButtonRow, Contact, Expander
from instep.hal.pca9685 import ServoChannel, ServoChip
from instep.hal.quadrature import STATE_MACHINE_HZ, QuadratureCounters, QuadratureEncoder
from instep.hal.ssd1306 import Ssd1306
from instep.hal.switches import EmergencyStop, SafetyRelay, SupplyMeter
from instep.units import HZ_PER_MHZ, MV_PER_V
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rp2.asm_pio import *  # noqa: F403

    from instep.hal.board import Board
    from instep.hal.machine_api import Fifos

# Chip -> IO_BANK0, place of OUTOVER in its registers, PWM, WATCHDOG. RP2040 data sheet 2.2, 2.19.6.1; RP2350 data
# sheet 2.2, 9.11.1.
_REGISTERS = {
    "rp2040": (0x4001_4000, 8, 0x4005_0000, 0x4005_8000),
    "rp2350": (0x4002_8000, 12, 0x400A_8000, 0x400D_8000),
}
# Both chips' PIO0: what its four state machines have pushed; the other PIOs follow.
_PIO0_RXF = const(0x5020_0020)
_PIO_STRIDE = const(0x10_0000)
_PIO_MACHINES = const(4)
# VREG of the RP2040 (its data sheet, 2.10.7): the core's voltage in steps of 50 mV. It is certified for 200 MHz from
# 1.15 V on, and up to 133 MHz for the 1.1 V that it starts with; an RP2350 starts with what its fastest needs.
_VREG = const(0x4006_4000)
_VOLTAGE_SHIFT = const(4)
_VOLTAGE_MASK = const(0xF0)
_VOLTAGE_1150_MV = const(12)
_USUAL_MAX_MHZ = const(133)
_SETTLE_MS = const(1)
_REASON = const(0x08)
_REASON_TIMER = const(1)  # the other bit is a reset that was asked for, as by machine.reset


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


def build(board: "Board") -> Hardware:
    """Return the hardware of `board`, everything off; raise BoardError if this is another chip."""
    if board.chip not in machine_name().lower():
        raise BoardError("board file is for %s, this is %s" % (board.chip, machine_name()))
    _set_clock(board)
    parts = _Maker(board).parts
    _measure_all(parts)
    return Hardware(parts)


def _set_clock(board: "Board") -> None:
    """Let the core run as fast as the board's file says; all that is derived from its clock is made afterwards."""
    mhz = board.ratings["core_mhz"]
    if board.chip == "rp2040" and mhz > _USUAL_MAX_MHZ:
        machine.mem32[_VREG] = machine.mem32[_VREG] & ~_VOLTAGE_MASK | _VOLTAGE_1150_MV << _VOLTAGE_SHIFT
        time.sleep_ms(_SETTLE_MS)
    if machine.freq() != mhz * HZ_PER_MHZ:
        machine.freq(mhz * HZ_PER_MHZ)


def _measure_all(parts: Parts) -> None:
    """Measure everything once, in 40 ms: what was never measured would look like a fault in the first ticks."""
    for channel in parts.heat_inputs:
        parts.heat_adc.start(channel)
        time.sleep_us(ads1115.READY_128_US)
        parts.heat_adc.fetch()
    for channel in parts.force_inputs:
        for adc in parts.force_adcs:
            adc.start(channel)
        time.sleep_us(ads1115.READY_860_US)
        for adc in parts.force_adcs:
            adc.fetch()
    parts.expander.flush()
    parts.expander.read()
    parts.supply.sample()


class _Maker:
    """Make the parts of `board`."""

    def __init__(self, board: "Board") -> None:
        self._board = board
        self.parts = Parts()
        self.parts.chip = machine
        self.parts.buzzer = board.expander["buzzer"]
        self._make_pins()
        self._make_bus()
        self._make_inputs()
        self._make_outputs()

    def _make_pins(self) -> None:
        """Drive every output to off before anything else."""
        pins = self._board.pins
        self.parts.relay_pin = machine.Pin(pins["relay"], machine.Pin.OUT, value=0)
        self.parts.servo_disable = machine.Pin(pins["servo_disable"], machine.Pin.OUT, value=1)
        self.parts.light = machine.Pin(pins["status_light"], machine.Pin.OUT, value=0)
        self._bridge_pwms = [
            (
                self._pwm("bridge_" + roller + "_in1", "bridge_pwm_hz"),
                self._pwm("bridge_" + roller + "_in2", "bridge_pwm_hz"),
            )
            for roller in ROLLER_NAMES
        ]
        self._heater_pwms = [self._pwm("heater_" + side, "heater_pwm_hz") for side in FOOT_NAMES]
        self.parts.pwms = tuple([pwm for pair in self._bridge_pwms for pwm in pair] + self._heater_pwms)
        powered = [pins["bridge_" + roller + wire] for roller in ROLLER_NAMES for wire in ("_in1", "_in2")]
        powered += [pins["heater_" + side] for side in FOOT_NAMES]
        io_bank, override_shift, pwm, watchdog = _REGISTERS[self._board.chip]
        self.parts.cutoff = GpioOverride(machine.mem32, io_bank, override_shift, powered)
        self.parts.clock = ClockMonitor(machine.mem32, pwm, machine.freq())
        reason: int = machine.mem32[watchdog + _REASON]
        self.parts.was_reset_by_watchdog = reason & _REASON_TIMER != 0

    def _pwm(self, pin: str, rating: str) -> machine.PWM:
        wire = machine.Pin(self._board.pins[pin], machine.Pin.OUT, value=0)
        return machine.PWM(wire, freq=self._board.ratings[rating], duty_u16=0)

    def _make_bus(self) -> None:
        """Make the bus and its chips; a bus that the last reset left in the middle of a byte is freed first."""
        board = self._board
        addresses = board.addresses
        block = board.pins["i2c_sda"] // 2 % 2  # the pins of the I2C blocks take turns in pairs
        controller = Controller(
            machine, block, board.pins["i2c_scl"], board.pins["i2c_sda"], board.ratings["i2c_hz"], time.sleep_us
        )
        bus = Bus(controller.set_up(), controller.free)
        self.parts.bus = bus
        servos = Port(bus, addresses["servos"], _SERVOS)
        self.parts.servo_chip = ServoChip(servos, board.ratings["servo_clock_khz"])
        self.parts.heat_adc = ads1115.Ads1115(Port(bus, addresses["heat_adc"], _HEAT_ADC), ads1115.RATE_128)
        self.parts.force_adcs = [
            ads1115.Ads1115(Port(bus, addresses["force_adc_" + side], _FORCE_ADC), ads1115.RATE_860)
            for side in FOOT_NAMES
        ]
        outputs = 1 << board.expander["buzzer"] | 1 << board.expander["current_select"]
        self.parts.expander = Expander(Port(bus, addresses["expander"], _BUTTONS), outputs)
        self.parts.display = Ssd1306(Port(bus, addresses["display"], _DISPLAY))

    def _make_inputs(self) -> None:
        board = self._board
        expander = board.expander
        channels = board.channels
        for index in range(len(ROLLER_NAMES)):
            self._start_counting(index)
        rxf = _PIO0_RXF + channels["encoder_first"] // _PIO_MACHINES * _PIO_STRIDE
        fifos: Fifos = uctypes.struct(rxf, (uctypes.ARRAY | 0, len(ROLLER_NAMES) | uctypes.INT32))
        self.parts.counters = QuadratureCounters(fifos, board.senses["encoders_reversed"])
        self.parts.encoders = [QuadratureEncoder(self.parts.counters, index) for index in range(len(ROLLER_NAMES))]
        self.parts.forces = [
            ads1115.ForceSensor(
                self.parts.force_adcs[index // ROLLERS_PER_FOOT],
                channels["force_sole" if index % ROLLERS_PER_FOOT else "force_top"],
                board.ratings["force_zero_" + ROLLER_NAMES[index]],
                board.ratings["force_mn_per_1024_" + ROLLER_NAMES[index]],
            )
            for index in range(len(ROLLER_NAMES))
        ]
        self.parts.force_inputs = (channels["force_top"], channels["force_sole"])
        self.parts.elements = [self._thermistor("element_" + side) for side in FOOT_NAMES]
        self.parts.skins = [self._thermistor("skin_" + side) for side in FOOT_NAMES]
        self.parts.heat_inputs = [channels[end + side] for side in FOOT_NAMES for end in ("element_", "skin_")]
        self.parts.foot_switches = [Contact(self.parts.expander, expander["foot_" + side]) for side in FOOT_NAMES]
        self.parts.buttons = ButtonRow(self.parts.expander, expander["button_first"])
        # The pull-down only catches a broken wire; on an RP2350 (erratum E9) the board's own resistor has to.
        stop = machine.Pin(board.pins["emergency_stop"], machine.Pin.IN, machine.Pin.PULL_DOWN)
        self.parts.emergency_stop = EmergencyStop(stop)
        full_scale_mv = board.ratings["adc_reference_mv"] * board.ratings["supply_mv_per_v"] // MV_PER_V
        self.parts.supply = SupplyMeter(machine.ADC(machine.Pin(board.pins["supply"])), full_scale_mv)

    def _start_counting(self, index: int) -> None:
        """Start the state machine that counts an encoder from 0 on."""
        pins = self._board.pins
        first = machine.Pin(pins["encoder_" + ROLLER_NAMES[index] + "_a"], machine.Pin.IN, machine.Pin.PULL_UP)
        machine.Pin(pins["encoder_" + ROLLER_NAMES[index] + "_b"], machine.Pin.IN, machine.Pin.PULL_UP)
        number = self._board.channels["encoder_first"] + index
        counting = rp2.StateMachine(number, _count_edges, freq=STATE_MACHINE_HZ, in_base=first)
        counting.exec("set(y, 0)")
        counting.active(1)

    def _thermistor(self, name: str) -> ads1115.Thermistor:
        board = self._board
        return ads1115.Thermistor(self.parts.heat_adc, board.channels[name], board.ratings["ntc_reference_mv"])

    def _motor_sign(self, roller: int) -> int:
        return -1 if self._board.senses["motors_reversed"] >> roller & 1 else 1

    def _make_outputs(self) -> None:
        board = self._board
        full_scale_ma = board.ratings["adc_reference_mv"] * board.ratings["current_ma_per_v"] // MV_PER_V
        adcs = (
            machine.ADC(machine.Pin(board.pins["current_left"])),
            machine.ADC(machine.Pin(board.pins["current_right"])),
        )
        self.parts.currents = Currents(adcs, self.parts.expander, board.expander["current_select"], full_scale_ma)
        self.parts.motors = [
            Bridge(*self._bridge_pwms[index], self.parts.currents, index, self._motor_sign(index))
            for index in range(len(ROLLER_NAMES))
        ]
        self.parts.heaters = [HeaterSwitch(pwm) for pwm in self._heater_pwms]
        firsts = [board.channels["servo_" + side + "_first"] for side in FOOT_NAMES]
        self.parts.servos = [
            ServoChannel(self.parts.servo_chip, first + index) for first in firsts for index in range(SERVOS_PER_FOOT)
        ]
        self.parts.relay = SafetyRelay(
            self.parts.relay_pin, Contact(self.parts.expander, board.expander["relay_contact"])
        )


def machine_name() -> str:
    """Return what MicroPython says it runs on, as "Raspberry Pi Pico with RP2040"."""
    name: str = sys.implementation._machine
    return name
