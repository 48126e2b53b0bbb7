"""Press a board's buttons from the laptop: what each may do in the state that the machine is in, without waiting."""

import time
from dataclasses import dataclass

from host_tools.link.client import Client
from host_tools.link.errors import RefusedError
from host_tools.link.telemetry import Telemetry
from instep.levels import HEAT_MAX, INTENSITY_MAX, INTENSITY_MIN
from instep.link import protocol
from instep.session import states

_AGAIN_S = 0.5
_TRIES = 4
_AT_REST = (states.IDLE, states.DONE, states.REFUSED)
_MASSAGE = (states.RUN, states.CLOSING)


@dataclass
class _Waiting:
    """A request without an answer as yet."""

    kind: int
    data: bytes
    since_s: float
    tries: int = 1


class Operator:
    """Turn buttons into requests; `note` says why the last one did nothing, "" when it did."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._waiting: dict[int, _Waiting] = {}
        self.note = ""

    def press(self, button: str, now: Telemetry, programs: list[str]) -> None:
        """Ask for what a button means now; `programs` are the names of those that the machine has."""
        request = _meaning(button, now, programs)
        self.note = "" if request else f"{button.upper()}: only at the machine now."
        if request:
            kind, data = request
            self._waiting[self._client.post(kind, data)] = _Waiting(kind, data, time.monotonic())

    def look(self) -> None:
        """Take the answers that have come, and ask again where one is missing."""
        for sequence, waiting in list(self._waiting.items()):
            try:
                if self._client.reply_to(sequence, waiting.kind) is not None:
                    del self._waiting[sequence]
                elif time.monotonic() - waiting.since_s > _AGAIN_S:
                    self._ask_again(sequence, waiting)
            except RefusedError as error:
                del self._waiting[sequence]
                self.note = error.message

    def forget(self) -> None:
        """Expect no more answers: the connection is lost."""
        self._waiting.clear()

    def _ask_again(self, sequence: int, waiting: _Waiting) -> None:
        if waiting.tries == _TRIES:
            del self._waiting[sequence]
            self.note = "The board has not answered."
            return
        waiting.tries += 1
        waiting.since_s = time.monotonic()
        self._client.repeat(sequence, waiting.kind, waiting.data)


def _meaning(button: str, now: Telemetry, programs: list[str]) -> tuple[int, bytes] | None:
    """Return the request that a button stands for; None when only a person at the machine may press it."""
    state = now.state
    if button == "stop":
        return protocol.STOP, b""
    if button == "start":
        return _start(state)
    if button == "program":
        return _program(now, programs)
    if state == states.SCREENING:
        return None  # there they are answers
    if button == "heat":
        return _level(protocol.LEVEL_HEAT, (now["heat"] + 1) % (HEAT_MAX + 1))
    step = 1 if button == "plus" else -1
    return _level(protocol.LEVEL_INTENSITY, max(INTENSITY_MIN, min(INTENSITY_MAX, now["intensity"] + step)))


def _level(level: int, value: int) -> tuple[int, bytes]:
    return protocol.LEVEL, bytes((level, value))


def _start(state: int) -> tuple[int, bytes] | None:
    if state in _AT_REST:
        return protocol.START, b""
    if state in _MASSAGE:
        return protocol.PAUSE, b""
    return (protocol.RESUME, b"") if state == states.PAUSED else None


def _program(now: Telemetry, programs: list[str]) -> tuple[int, bytes] | None:
    if now.state == states.RUN:
        return protocol.NEXT, b""
    if now.state != states.IDLE or not programs:
        return None
    return protocol.PROGRAM, programs[(now["program"] + 1) % len(programs)].encode()
