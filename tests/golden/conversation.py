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
from instep.link import messages
from instep.session import states
from instep.session.bringup import JOGGING
from sim.prepare import prepare_board
from tests.golden.digest import Digest
from tests.link_line import BoardBehindLine, MemoryLine
from tests.scenarios.machine import options

_SLICES_MAX = 200
_REPLY_TICKS = 500
_STATE_TICKS = 20_000
_NAMES = {
    messages.HELLO: "HELLO",
    messages.STATUS: "STATUS",
    messages.WATCH: "WATCH",
    messages.STOP: "STOP",
    messages.START: "START",
    messages.PAUSE: "PAUSE",
    messages.RESUME: "RESUME",
    messages.NEXT: "NEXT",
    messages.LEVEL: "LEVEL",
    messages.PROGRAM: "PROGRAM",
    messages.PROGRAMS: "PROGRAMS",
    messages.CHUNK: "CHUNK",
    messages.INSTALL: "INSTALL",
    messages.JOURNAL: "JOURNAL",
    messages.SETTINGS: "SETTINGS",
    messages.SETTING: "SETTING",
    messages.JOG: "JOG",
    messages.CHECK: "CHECK",
    messages.MAINTENANCE: "MAINTENANCE",
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
        if message.kind == messages.ROW:
            self.rows.add(message.data)
        elif message.kind == messages.TELEMETRY:
            self.told.setdefault(f"TELEMETRY {message.data[0]}", Frames()).add(message.data)
        else:
            name = _NAMES.get(message.kind & ~messages.REPLY, f"kind {message.kind & ~messages.REPLY}")
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
                self.ask(messages.WATCH, bytes([20]))
            self.look()
        raise AssertionError(f"{states.NAMES[state]} does not come")


def conversation() -> dict[str, Any]:
    """Return the frames of the whole conversation by their sorts."""
    laptop = Laptop()
    _read(laptop)
    _change(laptop)
    _install(laptop)
    _be_refused(laptop)
    _bring_up(laptop)
    _massage(laptop)
    _leave(laptop)
    return {
        "display_rows": laptop.rows.value,
        "replies": {name: frames.value for name, frames in laptop.replies.items()},
        "telemetry": {name: frames.value for name, frames in laptop.told.items()},
    }


def _read(laptop: Laptop) -> None:
    laptop.line.to_board += b"MicroPython\r\n>>> "
    laptop.ask(messages.HELLO)
    laptop.ask(messages.STATUS)
    laptop.repeat(messages.STATUS)
    for number in range(7):
        laptop.ask(messages.PROGRAMS, bytes([number]))
    laptop.ask(messages.SETTINGS)
    _read_journal(laptop)


def _read_journal(laptop: Laptop) -> None:
    size = len(laptop.simulation.app.keeper.journal.payload())
    for at in range(0, size, messages.JOURNAL_MOST):
        laptop.ask(messages.JOURNAL, struct.pack("<H", at))


def _change(laptop: Laptop) -> None:
    for setting in (b"pace=3", b"pace=9", b"nothing", b"program=evening"):
        laptop.ask(messages.SETTING, setting)
    laptop.ask(messages.SETTINGS)
    for level, value in (
        (messages.LEVEL_INTENSITY, 4),
        (messages.LEVEL_INTENSITY, 6),
        (messages.LEVEL_PACE, 2),
        (messages.LEVEL_HEAT, 1),
        (messages.LEVEL_MINUTES, 20),
        (messages.LEVEL_MINUTES, 21),
        (messages.LEVEL_FEET, 2),
    ):
        laptop.ask(messages.LEVEL, struct.pack(messages.LEVEL_FORMAT, level, value))
    laptop.ask(messages.PROGRAM, b"nobody")
    laptop.ask(messages.PROGRAM, b"toes")
    laptop.ask(messages.STATUS)


def _install(laptop: Laptop) -> None:
    image = load_program("evening").data
    damaged = image[:-1] + bytes([image[-1] ^ 1])
    for data in (damaged, image):
        for at in range(0, len(data), messages.CHUNK_MOST):
            laptop.ask(messages.CHUNK, struct.pack("<H", at) + data[at : at + messages.CHUNK_MOST])
        laptop.ask(messages.INSTALL, struct.pack("<H", len(data)))
    laptop.ask(messages.CHUNK, struct.pack("<H", 999) + b"gap")
    laptop.ask(messages.PROGRAMS, bytes([6]))


def _be_refused(laptop: Laptop) -> None:
    for kind in (messages.PAUSE, messages.RESUME, messages.NEXT, _NOT_A_KIND, messages.WATCH):
        laptop.ask(kind)
    laptop.ask(messages.HELLO, b"more")


def _bring_up(laptop: Laptop) -> None:
    laptop.ask(messages.WATCH, bytes([20]))
    laptop.look(100)
    for _ in range(_JOGS):
        laptop.ask(messages.JOG, struct.pack(messages.JOG_FORMAT, SOLE_STROKE, JOG_HIGH[SOLE_STROKE]))
        laptop.look(10)
    for axis, value in ((SOLE_STROKE, JOG_HIGH[SOLE_STROKE] + 1), (SOLE_PRESS, 1_000), (AXES, 0)):
        laptop.ask(messages.JOG, struct.pack(messages.JOG_FORMAT, axis, value))
    assert laptop.simulation.app.bring_up.state == JOGGING
    laptop.ask(messages.STOP)
    laptop.look(300)
    laptop.ask(messages.CHECK)
    laptop.look(300)
    laptop.ask(messages.STATUS)
    laptop.ask(messages.STOP)
    laptop.look(300)


def _massage(laptop: Laptop) -> None:
    laptop.ask(messages.PROGRAM, b"quick")
    laptop.ask(messages.LEVEL, struct.pack(messages.LEVEL_FORMAT, messages.LEVEL_HEAT, 0))
    laptop.ask(messages.START)
    laptop.until(states.SCREENING)
    laptop.ask(messages.START)
    laptop.until(states.RUN)
    laptop.ask(messages.STATUS)
    laptop.look(800)
    laptop.ask(messages.PAUSE)
    laptop.until(states.PAUSED)
    laptop.ask(messages.LEVEL, struct.pack(messages.LEVEL_FORMAT, messages.LEVEL_INTENSITY, 2))
    laptop.look(300)
    laptop.ask(messages.RESUME)
    laptop.look(800)
    laptop.ask(messages.WATCH, bytes([20]))
    laptop.ask(messages.NEXT)
    laptop.look(800)
    laptop.ask(messages.SETTINGS)
    laptop.ask(messages.MAINTENANCE, bytes([0]))
    laptop.ask(messages.STOP)
    laptop.until(states.DONE)
    laptop.look(300)


def _leave(laptop: Laptop) -> None:
    _read_journal(laptop)
    laptop.ask(messages.WATCH, bytes([0]))
    laptop.ask(messages.MAINTENANCE, bytes([1]))
    laptop.look(60)
    assert laptop.simulation.app.may_restart()
