"""The whole firmware at the end of a line in memory, which may lose requests; no wait takes real time."""

from host_tools.link.client import Client
from host_tools.link.wire import Wire
from instep.app import App
from instep.axes import TICKS_PER_S
from sim.filesystem import installed_filesystem
from tests.fakes import FakeHal
from tests.firmware.sessions import CALIBRATION, image
from tests.link_line import BoardBehindLine, MemoryLine

SLICES = 12


class LossyWire(Wire):
    """A wire that loses the next `losses` frames to the board."""

    def __init__(self, board):
        super().__init__(board.end)
        self._board = board

    def send(self, kind, sequence, data=b""):
        if self._board.losses:
            self._board.losses -= 1
        else:
            super().send(kind, sequence, data)


class InstantClock:
    """A clock on which a wait is over at once."""

    def __init__(self):
        self.time_s = 0.0

    def now_s(self):
        return self.time_s

    def sleep(self, seconds):
        self.time_s += seconds


class Board:
    """The firmware behind a line that can lose requests; as a clock it counts the ticks and the waits."""

    def __init__(self, **line):
        self.line = MemoryLine(**line)
        self.hal = FakeHal()
        programs = [image(name) for name in ("classic", "gentle")]
        self.app = App(self.hal, CALIBRATION, programs, installed_filesystem(), self.line)
        self.losses = 0
        self.time_s = 0.0
        self.end = BoardBehindLine(self.line, self._tick)

    def _tick(self):
        self.time_s += 1 / TICKS_PER_S
        self.app.tick()
        for _ in range(SLICES):
            self.app.slack()

    def now_s(self):
        """Return the time of the line's clock: it passes while the laptop looks or waits."""
        return self.time_s

    def sleep(self, seconds):
        self.time_s += seconds

    def open(self, port="memory"):
        return LossyWire(self)

    def client(self):
        return Client("memory", lambda port: self.open(), self)
