"""A board for the whole firmware on a MicroPython VM: devices that stand still and allocate nothing when used."""

from instep.app import App
from instep.axes import ROLLERS, SERVOS
from instep.hal.calibration import Calibration
from instep.storage.filesystem import Filesystem
from instep.storage.store import Store

SUPPLY_MV = 12_000
CODE_37_C = 12_000
FULL_SPEED_COUNTS = 116


class Number:
    """A reading that the test sets."""

    def __init__(self, value):
        self.value = value

    def read(self):
        """Return the value."""
        return self.value

    read_ma = read_counts = read_mn = read_code = read_mv = read_mask = read_centi_c = read


class Motor(Number):
    """A bridge and the roller behind it; `maximum` is the largest duty so far."""

    def __init__(self, encoder):
        super().__init__(0)
        self.encoder = encoder
        self.speed = 0
        self.maximum = 0

    def set_duty_permille(self, duty_permille):
        """Set the duty of a tick; the roller follows within some ticks."""
        self.maximum = max(self.maximum, abs(duty_permille))
        self.speed += (duty_permille * FULL_SPEED_COUNTS // 1000 - self.speed) // 4
        self.encoder.value += self.speed

    def coast(self):
        """Switch the output off."""
        self.speed = 0


class Output:
    """A servo, heater or relay; `value` is its last command."""

    def __init__(self):
        self.value = 0

    def set(self, value):
        """Take a value."""
        self.value = value

    def read(self):
        """Return the value."""
        return self.value

    def release(self):
        """Switch the output off."""
        self.value = 0

    set_us = set_duty_permille = set


class Display:
    """A display that accepts every row and picture."""

    def write_row(self, row, text):
        """Take a row."""

    def draw(self, row, column, picture):
        """Take a picture."""


class Board:
    """All devices."""

    def __init__(self):
        self.encoders = [Number(0) for _ in range(ROLLERS)]
        self.motors = [Motor(encoder) for encoder in self.encoders]
        self.forces = [Number(0) for _ in range(ROLLERS)]
        self.servos = [Output() for _ in range(SERVOS)]
        self.heaters = [Output(), Output()]
        self.elements = [Number(CODE_37_C), Number(CODE_37_C)]
        self.skins = [Number(CODE_37_C), Number(CODE_37_C)]
        self.thermometers = [Number(3_700), Number(3_700)]
        self.foot_switches = [Number(True), Number(True)]
        self.emergency_stop = Number(False)
        self.relay = Output()
        self.supply = Number(SUPPLY_MV)
        self.buttons = Number(0)
        self.display = Display()
        self.clock_ms = 0

    def enable_servos(self, on):
        """Switch the servos."""

    def refresh(self):
        """Let 10 ms pass."""
        self.clock_ms = self.clock_ms + 10 & 0x1FFFFFFF

    def bus_faults(self):
        """Return that all devices answer."""
        return 0

    def slack_work(self):
        """Return no slow work."""
        return ()

    def start_deadman(self, callback):
        """Take the callback."""

    def cut_outputs(self):
        """Cut."""

    def was_reset_by_watchdog(self):
        """Return that it was not."""
        return False

    def clock_monitor_ms(self):
        """Return a clock that agrees."""
        return self.clock_ms


class Line:
    """A serial line: `put` bytes for the board, what it sends is counted and dropped."""

    def __init__(self):
        self.waiting = bytearray(512)
        self.at = self.end = 0
        self.sent = 0
        self.last = bytearray(256)

    def read_into(self, buffer):
        """Hand over what waits."""
        count = min(len(buffer), self.end - self.at)
        for index in range(count):
            buffer[index] = self.waiting[self.at + index]
        self.at += count
        return count

    def write(self, buffer, start, end):
        """Take everything."""
        for index in range(start, end):
            if buffer[index] == 3:
                raise ValueError("an interrupt is sent")
        self.sent = self.sent + end - start & 0xFFFFFF
        return end - start


def make(calibration, programs, line, image=None):
    """Return a board, its storage set up, with the firmware; `calibration` maps the fields, `programs` are images.

    `image` tests the files that the firmware is installed as.
    """
    board = Board()
    installer = Store(Filesystem())
    installer.load()
    installer.set_up()
    installer.flush()
    return board, App(board, Calibration(calibration), programs, Filesystem(), line, image)
