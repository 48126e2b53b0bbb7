"""Make the hardware of a board over MicroPython's `machine` and `rp2`, which no other module of `instep` imports.

`run.py` forgets this module once `build` has returned, so its memory is free again.
"""

# ruff: noqa: F405 (the words of the PIO assembler)
import sys
import time

import machine
import rp2
import uctypes

from instep.axes import FOOT_NAMES, ROLLERS, ROLLERS_PER_FOOT, SERVOS_PER_FOOT
from instep.hal import ads1115
from instep.hal.board import ROLLER_NAMES, BoardError
from instep.hal.bridge import Bridge, Currents, HeaterSwitch
from instep.hal.bus import Bus, Port
from instep.hal.chip_care import ChipCare
from instep.hal.clock_monitor import ClockMonitor
from instep.hal.exchange import Exchange
from instep.hal.force_schedule import ForceSchedule
from instep.hal.gpio_override import GpioOverride
from instep.hal.hardware import Hardware
from instep.hal.i2c_recovery import Controller
from instep.hal.mcp9808 import Mcp9808
from instep.hal.mcp23017 import ButtonRow, Contact, Expander, ExpanderOutput
from instep.hal.pca9685 import ServoChannel, ServoChip
from instep.hal.power_outputs import PowerOutputs
from instep.hal.quadrature import STATE_MACHINE_HZ, QuadratureCounters, QuadratureEncoder
from instep.hal.ssd1306 import Ssd1306
from instep.hal.switches import EmergencyStop, Light, SafetyRelay, SupplyMeter
from instep.hal.usb_endpoint import UsbEndpoint
from instep.units import HZ_PER_MHZ, MV_PER_V
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rp2.asm_pio import *  # noqa: F403

    from instep.hal.board import Board

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
# VREG of the RP2040 (its data sheet, 2.10.7): the core's voltage in steps of 50 mV. 200 MHz is certified from 1.15 V
# on, 133 MHz with the 1.1 V after a reset. An RP2350 starts with a voltage that its fastest clock may have.
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
_THERMOMETERS = const(32)


@rp2.asm_pio(in_shiftdir=rp2.PIO.SHIFT_LEFT, out_shiftdir=rp2.PIO.SHIFT_RIGHT)
def _count_edges() -> None:
    """Count the edges of two neighbouring pins in Y and push Y in every turn; OSR holds the pins' last levels.

    A turn makes a number of 4 bits, last << 2 | now (A in bit 0), and jumps to the instruction of that number. That
    table has to start at address 0, so the program fills the whole memory of its PIO.
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
    for _ in range(6):
        nop()


def build(board: "Board") -> Hardware:
    """Return the hardware of `board`, everything off; raise BoardError if this is another chip."""
    if board.chip not in machine_name().lower():
        raise BoardError("board file is for %s, this is %s" % (board.chip, machine_name()))
    _set_clock(board)
    return _Maker(board).make()


def _set_clock(board: "Board") -> None:
    """Set the core's clock as the board's file says; all that is derived from it is made afterwards."""
    mhz = board.ratings["core_mhz"]
    if board.chip == "rp2040" and mhz > _USUAL_MAX_MHZ:
        machine.mem32[_VREG] = machine.mem32[_VREG] & ~_VOLTAGE_MASK | _VOLTAGE_1150_MV << _VOLTAGE_SHIFT
        time.sleep_ms(_SETTLE_MS)
    if machine.freq() != mhz * HZ_PER_MHZ:
        machine.freq(mhz * HZ_PER_MHZ)


class _Maker:
    """Make the hardware of `board`: the outputs first, so that all are off before anything else happens."""

    def __init__(self, board: "Board") -> None:
        self._board = board
        self._make_outputs()
        self._make_chips()
        self._make_meters()

    def make(self) -> Hardware:
        """Return the hardware after its first measurement of all sensors, which takes 40 ms."""
        forces = self._channel("force_top"), self._channel("force_sole")
        heat_inputs = [self._channel(end + side) for side in FOOT_NAMES for end in ("element_", "skin_")]
        self._measure_all(forces, heat_inputs)
        sensors = [self._force_sensor(index) for index in range(ROLLERS)]
        for sensor in sensors:
            sensor.update()
        schedule = ForceSchedule(self._force_adcs, forces, sensors)
        chips = self._expander, self._currents, self._servo_chip, self._display
        care = ChipCare(*chips, schedule, self._heat_adc, heat_inputs, self._clock, self._thermometers)
        inputs = self._counters, self._expander, self._currents, self._supply
        exchange = Exchange(self._bus, *inputs, care, self._relay_pin)
        buzzer = ExpanderOutput(self._expander, self._board.expander["buzzer"])
        hardware = Hardware(machine, exchange, self._outputs, self._bus, self._clock, buzzer, self._light)
        hardware.forces = sensors
        self._add_rollers(hardware)
        self._add_wells(hardware)
        self._add_others(hardware)
        return hardware

    def _measure_all(self, force_inputs: "tuple[int, int]", heat_inputs: "list[int]") -> None:
        """Measure everything once: a sensor that was never measured would look like a fault in the first ticks."""
        for channel in heat_inputs:
            self._heat_adc.start(channel)
            time.sleep_us(ads1115.READY_128_US)
            self._heat_adc.fetch()
        for channel in force_inputs:
            for adc in self._force_adcs:
                adc.start(channel)
            time.sleep_us(ads1115.READY_860_US)
            for adc in self._force_adcs:
                adc.fetch()
        for thermometer in self._thermometers:
            thermometer.visit()
            thermometer.visit()
        self._expander.flush()
        self._expander.read()
        self._supply.sample()

    def _make_outputs(self) -> None:
        """Drive every output to off."""
        pins = self._board.pins
        self._relay_pin = machine.Pin(pins["relay"], machine.Pin.OUT, value=0)
        servo_disable = machine.Pin(pins["servo_disable"], machine.Pin.OUT, value=1)
        self._light = Light(machine.Pin(pins["status_light"], machine.Pin.OUT, value=0))
        bridge_pins = ["bridge_" + roller + wire for roller in ROLLER_NAMES for wire in ("_in1", "_in2")]
        self._bridge_pwms = [self._pwm(pin, "bridge_pwm_hz") for pin in bridge_pins]
        self._heater_pwms = [self._pwm("heater_" + side, "heater_pwm_hz") for side in FOOT_NAMES]
        pwms = tuple(self._bridge_pwms + self._heater_pwms)
        powered = [pins[pin] for pin in bridge_pins] + [pins["heater_" + side] for side in FOOT_NAMES]
        io_bank, override_shift, pwm, watchdog = _REGISTERS[self._board.chip]
        override = GpioOverride(machine.mem32, io_bank, override_shift, powered)
        was_reset: bool = machine.mem32[watchdog + _REASON] & _REASON_TIMER != 0
        self._outputs = PowerOutputs(machine, pwms, override, self._relay_pin, servo_disable, was_reset)
        self._clock = ClockMonitor(machine.mem32, pwm, machine.freq())

    def _make_chips(self) -> None:
        """Make the bus and its chips; a bus that the last reset left in the middle of a byte is freed first."""
        board = self._board
        addresses = board.addresses
        data, clock = board.pins["i2c_sda"], board.pins["i2c_scl"]
        block = data // 2 % 2  # the pins of the I2C blocks take turns in pairs
        controller = Controller(machine, block, clock, data, board.ratings["i2c_hz"], time.sleep_us)
        self._bus = bus = Bus(controller.set_up(), controller.free)
        servos = Port(bus, addresses["servos"], _SERVOS)
        self._servo_chip = ServoChip(servos, board.ratings["servo_clock_khz"])
        self._heat_adc = ads1115.Ads1115(Port(bus, addresses["heat_adc"], _HEAT_ADC), ads1115.RATE_128)
        force_ports = [Port(bus, addresses["force_adc_" + side], _FORCE_ADC) for side in FOOT_NAMES]
        self._force_adcs = [ads1115.Ads1115(port, ads1115.RATE_860) for port in force_ports]
        outputs = 1 << board.expander["buzzer"] | 1 << board.expander["current_select"]
        self._expander = Expander(Port(bus, addresses["expander"], _BUTTONS), outputs)
        self._display = Ssd1306(Port(bus, addresses["display"], _DISPLAY))
        places = [addresses["thermometer_" + side] for side in FOOT_NAMES]
        self._thermometers = [Mcp9808(Port(bus, place, _THERMOMETERS)) for place in places]

    def _make_meters(self) -> None:
        """Make the inputs of the chip itself: encoder counters, currents, supply."""
        board = self._board
        for index in range(ROLLERS):
            self._start_counting(index)
        rxf = _PIO0_RXF + self._channel("encoder_first") // _PIO_MACHINES * _PIO_STRIDE
        fifos = uctypes.struct(rxf, (uctypes.ARRAY | 0, ROLLERS | uctypes.INT32))
        self._counters = QuadratureCounters(fifos, board.senses["encoders_reversed"])
        full_scale_ma = board.ratings["adc_reference_mv"] * board.ratings["current_ma_per_v"] // MV_PER_V
        adcs = self._adc("current_left"), self._adc("current_right")
        self._currents = Currents(adcs, self._expander, board.expander["current_select"], full_scale_ma)
        full_scale_mv = board.ratings["adc_reference_mv"] * board.ratings["supply_mv_per_v"] // MV_PER_V
        self._supply = SupplyMeter(self._adc("supply"), full_scale_mv)

    def _add_rollers(self, hardware: Hardware) -> None:
        hardware.motors = [self._bridge(index) for index in range(ROLLERS)]
        hardware.encoders = [QuadratureEncoder(self._counters, index) for index in range(ROLLERS)]
        firsts = [self._channel("servo_" + side + "_first") for side in FOOT_NAMES]
        hardware.servos = [
            ServoChannel(self._servo_chip, first + index) for first in firsts for index in range(SERVOS_PER_FOOT)
        ]

    def _add_wells(self, hardware: Hardware) -> None:
        hardware.heaters = [HeaterSwitch(pwm) for pwm in self._heater_pwms]
        hardware.elements = [self._thermistor("element_" + side) for side in FOOT_NAMES]
        hardware.skins = [self._thermistor("skin_" + side) for side in FOOT_NAMES]
        hardware.thermometers = self._thermometers

    def _add_others(self, hardware: Hardware) -> None:
        expander = self._board.expander
        hardware.foot_switches = [Contact(self._expander, expander["foot_" + side]) for side in FOOT_NAMES]
        hardware.buttons = ButtonRow(self._expander, expander["button_first"])
        # The pull-down only catches a broken wire; on an RP2350 (erratum E9) the board's own resistor has to.
        stop = machine.Pin(self._board.pins["emergency_stop"], machine.Pin.IN, machine.Pin.PULL_DOWN)
        hardware.emergency_stop = EmergencyStop(stop)
        hardware.relay = SafetyRelay(self._relay_pin, Contact(self._expander, expander["relay_contact"]))
        hardware.supply = self._supply
        hardware.display = self._display
        hardware.usb = UsbEndpoint(machine.mem16)

    def _channel(self, name: str) -> int:
        return self._board.channels[name]

    def _pwm(self, pin: str, rating: str) -> machine.PWM:
        wire = machine.Pin(self._board.pins[pin], machine.Pin.OUT, value=0)
        return machine.PWM(wire, freq=self._board.ratings[rating], duty_u16=0)

    def _adc(self, pin: str) -> machine.ADC:
        return machine.ADC(machine.Pin(self._board.pins[pin]))

    def _start_counting(self, index: int) -> None:
        """Start the state machine that counts an encoder from 0 on."""
        pins = self._board.pins
        first = machine.Pin(pins["encoder_" + ROLLER_NAMES[index] + "_a"], machine.Pin.IN, machine.Pin.PULL_UP)
        machine.Pin(pins["encoder_" + ROLLER_NAMES[index] + "_b"], machine.Pin.IN, machine.Pin.PULL_UP)
        number = self._channel("encoder_first") + index
        counting = rp2.StateMachine(number, _count_edges, freq=STATE_MACHINE_HZ, in_base=first)
        counting.exec("set(y, 0)")
        counting.active(1)

    def _thermistor(self, name: str) -> ads1115.Thermistor:
        return ads1115.Thermistor(self._heat_adc, self._channel(name), self._board.ratings["ntc_reference_mv"])

    def _force_sensor(self, index: int) -> ads1115.ForceSensor:
        return ads1115.ForceSensor(
            self._force_adcs[index // ROLLERS_PER_FOOT],
            self._channel("force_sole" if index % ROLLERS_PER_FOOT else "force_top"),
            self._board.ratings["force_zero_" + ROLLER_NAMES[index]],
            self._board.ratings["force_mn_per_1024_" + ROLLER_NAMES[index]],
        )

    def _bridge(self, index: int) -> Bridge:
        in1, in2 = self._bridge_pwms[2 * index : 2 * index + 2]
        sign = -1 if self._board.senses["motors_reversed"] >> index & 1 else 1
        return Bridge(in1, in2, self._currents, index, sign)


def machine_name() -> str:
    """Return the board's name in MicroPython, such as "Raspberry Pi Pico with RP2040"."""
    name: str = sys.implementation._machine
    return name
