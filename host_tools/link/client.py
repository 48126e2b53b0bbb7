"""The requests that a board answers: one method each."""

import itertools
import struct
from collections.abc import Callable
from dataclasses import dataclass

from host_tools.link.connection import Connection
from host_tools.link.errors import LinkError, RefusedError
from host_tools.link.telemetry import Telemetry, read_telemetry
from instep.link import protocol
from instep.storage.journal import Journal
from instep.stroke.program import NAME_BYTES

# The board checks a long program.
_INSTALL_S = 5.0
# Longer than the interval at which the live view asks again; without a laptop the board falls silent after it.
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
    """A stroke program that the board has."""

    name: str
    size: int
    minutes: int
    heat: int
    crc32: int


class Client(Connection):
    """A board that can be read, operated and given programs and settings."""

    def status(self) -> Telemetry:
        """Return the present telemetry."""
        return read_telemetry(self.ask(protocol.STATUS))

    def firmware_version(self) -> str:
        """Return the version of the board's firmware; empty for a firmware from before the first release."""
        try:
            return self.ask(protocol.FIRMWARE).decode("ascii", "replace")
        except RefusedError as refused:
            if refused.answer != protocol.ANSWER_UNKNOWN:
                raise
            return ""

    def is_session_running(self) -> bool:
        """Return True while a person is at the machine: the board must not be restarted then."""
        return self.status().is_session_running

    def enter_maintenance(self, force: bool = False) -> None:
        """Restart the board into maintenance mode, its outputs safe; refused during a session unless forced."""
        self.ask(protocol.MAINTENANCE, bytes([force]))

    def watch(self) -> None:
        """Request telemetry and display for the next 20 s, without waiting for the reply."""
        self.post(protocol.WATCH, bytes([_WATCH_S]))

    def stop(self) -> None:
        """Press STOP."""
        self.ask(protocol.STOP)

    def start(self) -> None:
        """Show the menu after a session; at the menu begin the questions."""
        self.ask(protocol.START)

    def choose(self, name: str) -> None:
        """Choose one of the board's programs."""
        self.ask(protocol.PROGRAM, name.encode()[:NAME_BYTES])

    def set_level(self, name: str, value: int) -> None:
        """Set one of LEVELS."""
        self.ask(protocol.LEVEL, struct.pack(protocol.LEVEL_FORMAT, LEVELS[name], value))

    def programs(self) -> list[BoardProgram]:
        """Return the board's programs in its order, an uploaded one last."""
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
        """Upload a compiled program, which the board checks and chooses; `on_sent` receives the bytes sent so far."""
        for at in range(0, len(image), protocol.CHUNK_MAX):
            chunk = image[at : at + protocol.CHUNK_MAX]
            self.ask(protocol.CHUNK, struct.pack("<H", at) + chunk)
            on_sent(at + len(chunk))
        self.ask(protocol.INSTALL, struct.pack("<H", len(image)), _INSTALL_S)

    def journal(self) -> Journal:
        """Return the journal; read it again from the start if an entry is added meanwhile."""
        image = self._journal_image()
        while image is None:
            image = self._journal_image()
        journal = Journal()
        if not journal.load(image):
            raise LinkError("The board's journal has another layout.", "Run `instep flash`.")
        return journal

    def _journal_image(self) -> bytes | None:
        """Return the journal's payload, None if its revision changes while it is read."""
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
        """Change a setting; the RefusedError for another value names the allowed ones."""
        self.ask(protocol.SETTING, f"{key}={value}".encode()[: protocol.CHUNK_MAX])

    def jog(self, axis: int, value: int) -> None:
        """Move an axis (foot * 10 + axis) toward `value` for another 200 ms."""
        self.ask(protocol.JOG, struct.pack(protocol.JOG_FORMAT, axis, value))

    def check(self) -> None:
        """Start the self-test; `status` returns its state."""
        self.ask(protocol.CHECK)
