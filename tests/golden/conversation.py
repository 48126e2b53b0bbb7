"""A conversation of a laptop with the whole simulated machine, in the machine's own time.

Telemetry is taken without its sequence number and apart from the replies, and the board gets time for all its slow
work in every tick: which rows of the display come in between, or what slow work comes first, changes nothing here.
"""

import struct
from typing import Any

from host_tools.link.wire import Message, Wire
from host_tools.program.load import load_program
from instep.axes import AXES, SOLE_PRESS, SOLE_STROKE
from instep.guard.limits import JOG_HIGH
from instep.link import protocol
from instep.session import states
from instep.session.jog import JOGGING
from sim.factory import prepare_board
from tests.golden.digest import Digest
from tests.link_line import BoardBehindLine, MemoryLine
from tests.scenarios.machine import options

_SLICES_MAX = 200
_REPLY_TICKS = 500
_STATE_TICKS = 20_000
_NAMES = {
    protocol.HELLO: "HELLO",
    protocol.STATUS: "STATUS",
    protocol.WATCH: "WATCH",
    protocol.STOP: "STOP",
    protocol.START: "START",
    protocol.PAUSE: "PAUSE",
    protocol.RESUME: "RESUME",
    protocol.NEXT: "NEXT",
    protocol.LEVEL: "LEVEL",
    protocol.PROGRAM: "PROGRAM",
    protocol.PROGRAMS: "PROGRAMS",
    protocol.CHUNK: "CHUNK",
    protocol.INSTALL: "INSTALL",
    protocol.JOURNAL: "JOURNAL",
    protocol.SETTINGS: "SETTINGS",
    protocol.SETTING: "SETTING",
    protocol.JOG: "JOG",
    protocol.CHECK: "CHECK",
    protocol.MAINTENANCE: "MAINTENANCE",
}
_NOT_A_KIND = 99
# A self-test comes before the first movement.
_JOGS = 40


class Frames:
    """Count and digest frames of one sort; `answers` counts the replies by their ANSWER_."""

    def __init__(self) -> None:
        self._count = 0
        self._digest = Digest()
        self._answers: dict[str, int] = {}

    def add(self, data: bytes) -> None:
        """Take a frame."""
        self._count += 1
        self._digest.add(struct.pack("<H", len(data)) + data)

    def add_reply(self, message: Message) -> None:
        """Take a reply, its sequence number included."""
        self.add(bytes([message.sequence]) + message.data)
        answer = str(message.data[0])
        self._answers[answer] = self._answers.get(answer, 0) + 1

    @property
    def value(self) -> dict[str, Any]:
        """Return what there was."""
        value: dict[str, Any] = {"frames": self._count, "sha256": self._digest.text}
        return value | {"answers": self._answers} if self._answers else value


class Laptop:
    """The laptop's end: one look a tick."""

    def __init__(self) -> None:
        line = MemoryLine()
        self.simulation = prepare_board(options("quick"), line)
        self.line = line
        self._wire = Wire(BoardBehindLine(line, self._tick))
        self._sequence = 0
        self._replied = -1
        self.replies: dict[str, Frames] = {}
        self.told: dict[str, Frames] = {}
        self.rows = Frames()

    def _tick(self) -> None:
        self.simulation.advance(1)
        for _ in range(_SLICES_MAX):
            if not self.simulation.app.slack():
                break

    def look(self, ticks: int = 1) -> None:
        """Let ticks pass and sort what comes."""
        for _ in range(ticks):
            for message in self._wire.receive():
                self._sort(message)

    def _sort(self, message: Message) -> None:
        if message.kind == protocol.ROW:
            self.rows.add(message.data)
        elif message.kind == protocol.TELEMETRY:
            self.told.setdefault(f"TELEMETRY {message.data[0]}", Frames()).add(message.data)
        else:
            name = _NAMES.get(message.kind & ~protocol.REPLY, f"kind {message.kind & ~protocol.REPLY}")
            self.replies.setdefault(name, Frames()).add_reply(message)
            self._replied = message.sequence

    def ask(self, kind: int, data: bytes = b"") -> None:
        """Send a request and wait for its reply."""
        self._sequence = (self._sequence + 1) % 256
        self._send(kind, data)

    def repeat(self, kind: int, data: bytes = b"") -> None:
        """Send the last request once more, as after a reply that was lost."""
        self._send(kind, data)

    def _send(self, kind: int, data: bytes) -> None:
        self._replied = -1
        self._wire.send(kind, self._sequence, data)
        for _ in range(_REPLY_TICKS):
            self.look()
            if self._replied == self._sequence:
                return
        raise AssertionError(f"no reply to {_NAMES.get(kind, kind)}")

    def until(self, state: int) -> None:
        """Watch until the session is in a state."""
        for tick in range(_STATE_TICKS):
            if self.simulation.app.session.state == state:
                return
            if tick % 1000 == 0:
                self.ask(protocol.WATCH, bytes([20]))
            self.look()
        raise AssertionError(f"{states.NAMES[state]} does not come")


def conversation() -> dict[str, Any]:
    """Return the frames of the whole conversation by their sorts."""
    laptop = Laptop()
    _read(laptop)
    _change(laptop)
    _install(laptop)
    _be_refused(laptop)
    _jog(laptop)
    _massage(laptop)
    _leave(laptop)
    return {
        "display_rows": laptop.rows.value,
        "replies": {name: frames.value for name, frames in laptop.replies.items()},
        "telemetry": {name: frames.value for name, frames in laptop.told.items()},
    }


def _read(laptop: Laptop) -> None:
    laptop.line.to_board += b"MicroPython\r\n>>> "
    laptop.ask(protocol.HELLO)
    laptop.ask(protocol.STATUS)
    laptop.repeat(protocol.STATUS)
    for number in range(7):
        laptop.ask(protocol.PROGRAMS, bytes([number]))
    laptop.ask(protocol.SETTINGS)
    _read_journal(laptop)


def _read_journal(laptop: Laptop) -> None:
    size = len(laptop.simulation.app.store.journal.payload())
    for at in range(0, size, protocol.JOURNAL_MAX):
        laptop.ask(protocol.JOURNAL, struct.pack("<H", at))


def _change(laptop: Laptop) -> None:
    for setting in (b"pace=3", b"pace=9", b"nothing", b"program=evening"):
        laptop.ask(protocol.SETTING, setting)
    laptop.ask(protocol.SETTINGS)
    for level, value in (
        (protocol.LEVEL_INTENSITY, 4),
        (protocol.LEVEL_INTENSITY, 6),
        (protocol.LEVEL_PACE, 2),
        (protocol.LEVEL_HEAT, 1),
        (protocol.LEVEL_MINUTES, 20),
        (protocol.LEVEL_MINUTES, 21),
        (protocol.LEVEL_FEET, 2),
    ):
        laptop.ask(protocol.LEVEL, struct.pack(protocol.LEVEL_FORMAT, level, value))
    laptop.ask(protocol.PROGRAM, b"nobody")
    laptop.ask(protocol.PROGRAM, b"toes")
    laptop.ask(protocol.STATUS)


def _install(laptop: Laptop) -> None:
    image = load_program("evening").data
    damaged = image[:-1] + bytes([image[-1] ^ 1])
    for data in (damaged, image):
        for at in range(0, len(data), protocol.CHUNK_MAX):
            laptop.ask(protocol.CHUNK, struct.pack("<H", at) + data[at : at + protocol.CHUNK_MAX])
        laptop.ask(protocol.INSTALL, struct.pack("<H", len(data)))
    laptop.ask(protocol.CHUNK, struct.pack("<H", 999) + b"gap")
    laptop.ask(protocol.PROGRAMS, bytes([6]))


def _be_refused(laptop: Laptop) -> None:
    for kind in (protocol.PAUSE, protocol.RESUME, protocol.NEXT, _NOT_A_KIND, protocol.WATCH):
        laptop.ask(kind)
    laptop.ask(protocol.HELLO, b"more")


def _jog(laptop: Laptop) -> None:
    laptop.ask(protocol.WATCH, bytes([20]))
    laptop.look(100)
    for _ in range(_JOGS):
        laptop.ask(protocol.JOG, struct.pack(protocol.JOG_FORMAT, SOLE_STROKE, JOG_HIGH[SOLE_STROKE]))
        laptop.look(10)
    for axis, value in ((SOLE_STROKE, JOG_HIGH[SOLE_STROKE] + 1), (SOLE_PRESS, 1_000), (AXES, 0)):
        laptop.ask(protocol.JOG, struct.pack(protocol.JOG_FORMAT, axis, value))
    assert laptop.simulation.app.jog.state == JOGGING
    laptop.ask(protocol.STOP)
    laptop.look(300)
    laptop.ask(protocol.CHECK)
    laptop.look(300)
    laptop.ask(protocol.STATUS)
    laptop.ask(protocol.STOP)
    laptop.look(300)


def _massage(laptop: Laptop) -> None:
    laptop.ask(protocol.PROGRAM, b"quick")
    laptop.ask(protocol.LEVEL, struct.pack(protocol.LEVEL_FORMAT, protocol.LEVEL_HEAT, 0))
    laptop.ask(protocol.START)
    laptop.until(states.SCREENING)
    laptop.ask(protocol.START)
    laptop.until(states.RUN)
    laptop.ask(protocol.STATUS)
    laptop.look(800)
    laptop.ask(protocol.PAUSE)
    laptop.until(states.PAUSED)
    laptop.ask(protocol.LEVEL, struct.pack(protocol.LEVEL_FORMAT, protocol.LEVEL_INTENSITY, 2))
    laptop.look(300)
    laptop.ask(protocol.RESUME)
    laptop.look(800)
    laptop.ask(protocol.WATCH, bytes([20]))
    laptop.ask(protocol.NEXT)
    laptop.look(800)
    laptop.ask(protocol.SETTINGS)
    laptop.ask(protocol.MAINTENANCE, bytes([0]))
    laptop.ask(protocol.STOP)
    laptop.until(states.DONE)
    laptop.look(300)


def _leave(laptop: Laptop) -> None:
    _read_journal(laptop)
    laptop.ask(protocol.WATCH, bytes([0]))
    laptop.ask(protocol.MAINTENANCE, bytes([1]))
    laptop.look(60)
    assert laptop.simulation.app.may_restart()
