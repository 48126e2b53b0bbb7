"""The board's hardware layer on MicroPython, over wires that allocate nothing; the heap is locked in every tick."""

import sys

import micropython
from instep.slack import UNLIMITED_US, SlackScheduler

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_EIO = 5
_COUNTER = 0x4005_0094  # of PWM block 7


class Chip:
    """A chip's registers of `width` bytes; `is_silent` = it acknowledges nothing."""

    def __init__(self, width=1):
        self.memory = bytearray(1_024)
        self.width = width
        self.pointer = 0
        self.is_silent = False


class I2c:
    """The bus."""

    def __init__(self):
        self.chips = {}
        self.error = OSError(_EIO)

    def _chip(self, address):
        chip = self.chips[address]
        if chip.is_silent:
            raise self.error
        return chip

    def writeto(self, address, buffer, stop=True):
        """Take a register's number and values."""
        chip = self._chip(address)
        chip.pointer = buffer[0] * chip.width
        for index in range(1, len(buffer)):
            chip.memory[chip.pointer + index - 1] = buffer[index]
        return len(buffer)

    def readfrom_into(self, address, buffer):
        """Give values."""
        chip = self._chip(address)
        for index in range(len(buffer)):
            buffer[index] = chip.memory[chip.pointer + index]


class Wire:
    """A pin, a PWM, an ADC, a watchdog or a state machine."""

    IN, OUT, OPEN_DRAIN, PULL_UP, PULL_DOWN, PERIODIC, SHIFT_LEFT, SHIFT_RIGHT = 0, 1, 2, 3, 4, 5, 6, 7

    def __init__(self, *arguments, **options):
        self.options = options
        self.level = options.get("value", 1)
        self.duty = 0

    def value(self, level=None):
        """Get or set the level."""
        if level is not None:
            self.level = level
        return self.level

    def on(self):
        """Go high."""
        self.level = 1

    def off(self):
        """Go low."""
        self.level = 0

    def duty_u16(self, duty):
        """Take a duty."""
        self.duty = duty

    def read_u16(self):
        """Give full scale."""
        return 65_535

    def feed(self):
        """Take food."""

    def exec(self, instruction):
        """Execute an instruction."""

    def active(self, on):
        """Start."""

    def __getitem__(self, index):
        """Give a word of a FIFO."""
        return -20_000


class Registers:
    """The chip's registers."""

    def __init__(self):
        self.written = 0
        self.count = 0

    def __getitem__(self, address):
        """Read."""
        self.count = (self.count + 4_999) & 0xFFFF
        return self.count if address == _COUNTER else 0

    def __setitem__(self, address, value):
        """Write."""
        self.written = value


class Module:
    """A module of the chip."""


def _module() -> "Any":
    return Module()


def _program(**options):
    return lambda function: function


def _clock():
    clock = _module()
    clock.us = 0
    clock.ticks_us = lambda: clock.us
    clock.ticks_diff = lambda end, start: end - start
    clock.sleep_us = clock.sleep_ms = lambda time: None
    return clock


def _install(i2c, clock):
    machine = _module()
    machine.Pin = machine.PWM = machine.ADC = machine.WDT = machine.Timer = Wire
    machine.I2C = lambda *arguments, **options: i2c
    machine.mem32 = machine.mem16 = Registers()
    machine.freq = lambda *hz: 125_000_000
    rp2 = _module()
    rp2.PIO = rp2.StateMachine = Wire
    rp2.asm_pio = _program
    memory = _module()
    for name in ("ARRAY", "INT32"):
        setattr(memory, name, 0)  # written out, MicroPython's compiler takes them for those of its own module
    memory.struct = Wire
    sys.modules["uctypes"] = memory
    sys.modules["machine"] = machine
    sys.modules["rp2"] = rp2
    sys.modules["time"] = clock


def _chips(addresses):
    chips = {}
    for name in addresses:
        chips[addresses[name]] = Chip(2 if "adc" in name else 1)
    return chips


def _convert(chip, code):
    chip.memory[0] = code >> 8
    chip.memory[1] = code & 0xFF


def _tick(hal, clock, number):
    """Do in one tick whatever a session does in any."""
    hal.begin_tick()
    for roller in range(4):
        hal.motors[roller].set_duty_permille(500 - number)
        hal.motors[roller].read_ma()
        hal.encoders[roller].read_counts()
        hal.forces[roller].read_mn()
    for foot in range(2):
        hal.heaters[foot].set_duty_permille(number)
        hal.elements[foot].read_code()
        hal.skins[foot].read_code()
        hal.foot_switches[foot].read()
    for servo in range(number & 3, 16, 3):
        hal.servos[servo].set_us(2_500 - number)
    hal.servos[15].release()
    hal.emergency_stop.read()
    hal.supply.read_mv()
    hal.buttons.read_mask()
    hal.relay.set(hal.relay.read())
    hal.enable_servos(number & 1 == 1)
    hal.set_buzzer(number & 1 == 1)
    hal.set_light(number & 2 == 2)
    hal.clock_monitor_ms()
    hal.bus_faults()
    hal.refresh()
    clock.us += 4_000
    hal.end_tick()
    clock.us += 6_000


def _extreme(board):
    """Let every factor be the greatest that a board file may hold."""
    from instep.hal.board import RATINGS

    for name, _, greatest in RATINGS:
        board.ratings[name] = greatest
    for name in board.ratings:
        if name.startswith("force_zero"):
            board.ratings[name] = -4_000


def run(ticks, is_extreme):
    """Return what the devices say in the end: every chip was silent, outputs were cut, the heap locked throughout."""
    lock = getattr(micropython, "heap_lock")  # noqa: B009
    unlock = getattr(micropython, "heap_unlock")  # noqa: B009
    i2c = I2c()
    clock = _clock()
    _install(i2c, clock)
    from instep.hal import rp2
    from instep.hal.board import Board

    with open("/board.bin", "rb") as file:
        board = Board(file.read())
    if is_extreme:
        _extreme(board)
    i2c.chips = _chips(board.addresses)
    for name in ("heat_adc", "force_adc_left", "force_adc_right"):
        _convert(i2c.chips[board.addresses[name]], 28_000 if is_extreme else 13_200)
    rp2.machine_name = lambda: "RP2040"
    hal = rp2.build(board)
    hal.start_watchdog()
    relay: Any = None  # nothing of the hardware's may allocate
    slack = SlackScheduler(hal.slack_work(), [], relay)
    calls: list[object] = []
    hal.start_deadman(lambda timer: calls.append(timer) if timer is None else None)
    rows = [bytearray(b"row of the display %2d" % row) for row in range(8)]
    picture = bytearray(range(40))
    silent = [i2c.chips[address] for address in sorted(i2c.chips)]
    faults = 0
    for number in range(ticks):
        chip = silent[number // 8 % len(silent)]
        lock()
        chip.is_silent = number & 6 == 2
        _tick(hal, clock, number % 500)
        hal.display.write_row(number & 7, rows[number + 3 & 7])
        hal.display.draw(number & 7, number % 80, picture)
        while slack.do_one(number, UNLIMITED_US):
            pass
        faults |= hal.bus_faults()
        chip.is_silent = False
        if number % 50 == 20:
            hal.cut_outputs()
            hal._on_timer(hal)
        unlock()
    for number in range(4):
        _tick(hal, clock, number)
        slack.do_one(number, UNLIMITED_US)
    return [
        faults,
        hal.bus_faults(),
        hal.supply.read_mv(),
        hal.motors[3].read_ma(),
        hal.forces[2].read_mn(),
        hal.skins[1].read_code(),
        len(calls),
    ]
