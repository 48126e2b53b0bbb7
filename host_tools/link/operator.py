"""Turn button presses on the laptop into requests, by the state of the machine, without waiting for replies."""

from dataclasses import dataclass

from host_tools.link.client import Client
from host_tools.link.errors import RefusedError
from host_tools.link.telemetry import Telemetry
from instep.levels import HEAT_MAX, INTENSITY_MAX, INTENSITY_MIN
from instep.link import protocol
from instep.session import states

_REPEAT_S = 0.5
_TRIES = 4
_AT_REST = (states.IDLE, states.DONE, states.REFUSED)
_MASSAGE = (states.RUN, states.CLOSING)


@dataclass
class _Waiting:
    """A request whose reply has not arrived."""

    kind: int
    data: bytes
    since_s: float
    tries: int = 1


class Operator:
    """Send the request of each button; `note` says why the last one had no effect, "" if it had one."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._clock = client.clock
        self._waiting: dict[int, _Waiting] = {}
        self.note = ""

    def press(self, button: str, now: Telemetry, programs: list[str]) -> None:
        """Send the request that a button means now; `programs` are the names of the machine's programs."""
        request = _meaning(button, now, programs)
        self.note = "" if request else f"{button.upper()}: only at the machine now."
        if request:
            kind, data = request
            self._waiting[self._client.post(kind, data)] = _Waiting(kind, data, self._clock.now_s())

    def look(self) -> None:
        """Take the replies that have arrived; repeat a request whose reply is overdue."""
        for sequence, waiting in list(self._waiting.items()):
            try:
                if self._client.reply_to(sequence, waiting.kind) is not None:
                    del self._waiting[sequence]
                elif self._clock.now_s() - waiting.since_s > _REPEAT_S:
                    self._repeat(sequence, waiting)
            except RefusedError as error:
                del self._waiting[sequence]
                self.note = error.message

    def forget(self) -> None:
        """Stop waiting for replies: the connection is lost."""
        self._waiting.clear()

    def _repeat(self, sequence: int, waiting: _Waiting) -> None:
        if waiting.tries == _TRIES:
            del self._waiting[sequence]
            self.note = "The board has not answered."
            return
        waiting.tries += 1
        waiting.since_s = self._clock.now_s()
        self._client.repeat(sequence, waiting.kind, waiting.data)


def _meaning(button: str, now: Telemetry, programs: list[str]) -> tuple[int, bytes] | None:
    """Return the request that a button means; None if only a person at the machine may press it."""
    state = now.state
    if button == "stop":
        return protocol.STOP, b""
    if button == "start":
        return _start(state)
    if button == "program":
        return _program(now, programs)
    if state == states.SCREENING:
        return None  # these buttons answer the questions, at the machine only
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
    if now.state == states.RUN or now.state == states.PAUSED:
        return protocol.NEXT, b""
    if now.state != states.IDLE or not programs:
        return None
    return protocol.PROGRAM, programs[(now["program"] + 1) % len(programs)].encode()
