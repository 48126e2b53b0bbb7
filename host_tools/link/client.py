"""Talk to a board: one method a request; what it tells unasked is kept in `telemetry` and `rows`."""

import itertools
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from host_tools.link.errors import LinkError, OtherVersionError, RefusedError
from host_tools.link.telemetry import Telemetry, TelemetryBlocks, read_telemetry
from host_tools.link.wire import Message, Wire, open_wire
from host_tools.ports import AUTO
from instep.axes import DISPLAY_COLUMNS, DISPLAY_ROWS
from instep.link import protocol
from instep.link.frames import VERSION
from instep.storage.journal import Journal
from instep.stroke.program import NAME_BYTES

_TRIES = 3
_REPLY_S = 0.7
# Checking a long program on the board.
_INSTALL_S = 5.0
_POLL_S = 0.002
_SEQUENCES = 256
# Asked for again long before; when a laptop goes away its board falls silent.
_WATCH_S = 20

LEVELS = {
    "intensity": protocol.LEVEL_INTENSITY,
    "pace": protocol.LEVEL_PACE,
    "heat": protocol.LEVEL_HEAT,
    "minutes": protocol.LEVEL_MINUTES,
    "feet": protocol.LEVEL_FEET,
}


@dataclass(frozen=True)
class BoardProgram:
    """A program that the board has."""

    name: str
    size: int
    minutes: int
    heat: int
    crc32: int


class Client:
    """One board at `port`.

    Methods raise PortError or LinkError when it is out of reach, RefusedError when it says no.
    """

    def __init__(self, port: str = AUTO, opener: Callable[[str], Wire] = open_wire) -> None:
        self.port = port
        self._opener = opener
        self._sequence = 0
        self._replies: dict[int, Message] = {}
        self._blocks = TelemetryBlocks()
        self.rows = [" " * DISPLAY_COLUMNS for _ in range(DISPLAY_ROWS)]
        self._wire = opener(port)
        try:
            self._greet()
        except BaseException:
            self._wire.close()
            raise

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the port go."""
        self._wire.close()

    def reconnect(self) -> None:
        """Open the port anew, after the board was unplugged or restarted."""
        self._wire.close()
        self._wire = self._opener(self.port)
        self._greet()

    def _greet(self) -> None:
        """Agree on the version; what is still on its way to an earlier client is none of ours."""
        try:
            data = self.ask(protocol.HELLO)
        except LinkError:
            raise LinkError(
                f"The board at {self.port} does not answer.",
                "It runs no Instep, or waits for maintenance: run `make flash`, or unplug it and plug it in again.",
            ) from None
        version = data[0] if data else 0
        if version != VERSION:
            raise OtherVersionError(
                f"The board's firmware speaks version {version} of the link, this Instep version {VERSION}.",
                "Run `make flash` to bring the board up to date.",
            )

    @property
    def telemetry(self) -> Telemetry | None:
        """Return the newest that the board has told of itself unasked, another object whenever there is news."""
        return self._blocks.latest

    # How requests and answers go.

    def pump(self) -> None:
        """Take what has come since."""
        for message in self._wire.receive():
            if message.kind == protocol.TELEMETRY:
                self._blocks.add(message.data)
            elif message.kind == protocol.ROW:
                self._take_row(message.data)
            elif message.kind & protocol.REPLY:
                self._replies[message.sequence] = message

    def _take_row(self, data: bytes) -> None:
        """Take a row of the display: its number, then its text; ignore one that the display does not have."""
        if len(data) == 1 + DISPLAY_COLUMNS and data[0] < DISPLAY_ROWS:
            self.rows[data[0]] = data[1:].decode("ascii", "replace")

    def post(self, kind: int, data: bytes = b"") -> int:
        """Send a request without waiting and return its sequence number, for `reply_to`."""
        self._sequence = (self._sequence + 1) % _SEQUENCES
        self._replies.pop(self._sequence, None)
        self._wire.send(kind, self._sequence, data)
        return self._sequence

    def repeat(self, sequence: int, kind: int, data: bytes = b"") -> None:
        """Send a posted request once more: the board answers again without doing it again."""
        self._wire.send(kind, sequence, data)

    def reply_to(self, sequence: int, kind: int) -> bytes | None:
        """Return the data behind the answer to a request, None while there is no answer; raise RefusedError."""
        message = self._replies.pop(sequence, None)
        if message is None or message.kind != kind | protocol.REPLY or not message.data:
            return None
        answer, more = message.data[0], message.data[1:]
        if answer != protocol.ANSWER_DONE:
            raise RefusedError(answer, more.decode("utf-8", "replace"))
        return more

    def ask(self, kind: int, data: bytes = b"", reply_s: float = _REPLY_S) -> bytes:
        """Send a request, again if need be, and return the data behind its answer."""
        sequence = self.post(kind, data)
        for try_ in range(_TRIES):
            if try_:
                self.repeat(sequence, kind, data)
            until_s = time.monotonic() + reply_s
            while time.monotonic() < until_s:
                self.pump()
                reply = self.reply_to(sequence, kind)
                if reply is not None:
                    return reply
                time.sleep(_POLL_S)
        raise LinkError(
            f"The board at {self.port} has stopped answering.", "Unplug it, plug it in again, and try again."
        )

    # What can be asked for.

    def status(self) -> Telemetry:
        """Return what the machine does now."""
        return read_telemetry(self.ask(protocol.STATUS))

    def is_session_running(self) -> bool:
        """Tell whether somebody is at the machine: it must not be restarted then."""
        return self.status().is_session_running

    def enter_maintenance(self, force: bool = False) -> None:
        """Let the board make its outputs safe and restart into maintenance; refused while a session runs."""
        self.ask(protocol.MAINTENANCE, bytes([force]))

    def watch(self) -> None:
        """Ask for telemetry for the next seconds, without waiting."""
        self.post(protocol.WATCH, bytes([_WATCH_S]))

    def stop(self) -> None:
        """Press STOP."""
        self.ask(protocol.STOP)

    def start(self) -> None:
        """Go to the menu, or begin the questions from there."""
        self.ask(protocol.START)

    def choose(self, name: str) -> None:
        """Choose a program that the board has."""
        self.ask(protocol.PROGRAM, name.encode()[:NAME_BYTES])

    def set_level(self, name: str, value: int) -> None:
        """Set the level of a name in LEVELS."""
        self.ask(protocol.LEVEL, struct.pack(protocol.LEVEL_FORMAT, LEVELS[name], value))

    def programs(self) -> list[BoardProgram]:
        """Return the programs that the board has, in its order; one that was sent comes last."""
        found = []
        for number in itertools.count():
            try:
                data = self.ask(protocol.PROGRAMS, bytes([number]))
            except RefusedError:
                break
            name = data[:NAME_BYTES].rstrip(b"\0").decode()
            size, minutes, heat, low, high = struct.unpack_from(protocol.PROGRAM_FIGURES_FORMAT, data, NAME_BYTES)
            found.append(BoardProgram(name, size, minutes, heat, low | high << 16))
        return found

    def install(self, image: bytes, on_sent: Callable[[int], None] = lambda sent: None) -> None:
        """Send a compiled program; the board checks it again and chooses it. `on_sent` gets the bytes sent so far."""
        for at in range(0, len(image), protocol.CHUNK_MAX):
            chunk = image[at : at + protocol.CHUNK_MAX]
            self.ask(protocol.CHUNK, struct.pack("<H", at) + chunk)
            on_sent(at + len(chunk))
        self.ask(protocol.INSTALL, struct.pack("<H", len(image)), _INSTALL_S)

    def journal(self) -> Journal:
        """Return the journal, read whole: begun anew when an entry came in between."""
        while True:
            image = self._journal_image()
            if image is not None:
                break
        journal = Journal()
        if not journal.load(image):
            raise LinkError("The board's journal has another layout.", "Run `make flash`.")
        return journal

    def _journal_image(self) -> bytes | None:
        image = b""
        first_revision = None
        while True:
            data = self.ask(protocol.JOURNAL, struct.pack("<H", len(image)))
            revision, size = struct.unpack_from(protocol.JOURNAL_FORMAT, data)
            if first_revision not in (None, revision):
                return None
            first_revision = revision
            image += data[struct.calcsize(protocol.JOURNAL_FORMAT) :]
            if len(image) >= size:
                return image

    def settings(self) -> dict[str, str]:
        """Return the settings as text, by key."""
        lines = self.ask(protocol.SETTINGS).decode().split("\n")
        return dict(line.split("=", 1) for line in lines if "=" in line)

    def change_setting(self, key: str, value: str) -> None:
        """Give a setting another value; RefusedError names what is allowed."""
        self.ask(protocol.SETTING, f"{key}={value}".encode()[: protocol.CHUNK_MAX])

    def jog(self, axis: int, value: int) -> None:
        """Let an axis (foot * 10 + axis) go toward `value` for another 200 ms."""
        self.ask(protocol.JOG, struct.pack(protocol.JOG_FORMAT, axis, value))

    def check(self) -> None:
        """Begin the self-test; `status` tells how it goes."""
        self.ask(protocol.CHECK)
