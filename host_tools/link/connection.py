"""Requests to a board and its replies, over a port that may lose frames; what a watched board sends is collected."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from host_tools.link.clock import Clock, SystemClock
from host_tools.link.errors import LinkError, OtherVersionError, RefusedError
from host_tools.link.telemetry import Telemetry, TelemetryBlocks
from host_tools.link.wire import Message, Wire, open_wire
from host_tools.ports import AUTO
from instep.axes import DISPLAY_COLUMNS, DISPLAY_ROWS
from instep.link import protocol
from instep.link.frames import VERSION

_TRIES = 3
_REPLY_S = 0.7
# For each try of the first request: a board that was just switched on or flashed is silent for 2 s and more.
_HELLO_S = 1.7
_POLL_S = 0.002
_SEQUENCES = 256


class Connection:
    """A connection to the board at `port`; `rows` are the text of its display while it is watched.

    `on_message` is called with every message that arrives, if it is set.
    Methods raise PortError or LinkError when the board is out of reach, RefusedError when it refuses a request.
    """

    def __init__(
        self, port: str = AUTO, opener: Callable[[str], Wire] | None = None, clock: Clock | None = None
    ) -> None:
        self.port = port
        self.clock = clock or SystemClock()
        self.rows = [" " * DISPLAY_COLUMNS for _ in range(DISPLAY_ROWS)]
        self.on_message: Callable[[Message], None] | None = None
        self._opener = opener or open_wire
        self._sequence = 0
        self._replies: dict[int, Message] = {}
        self._blocks = TelemetryBlocks()
        self._wire = self._opener(port)
        try:
            self._greet()
        except BaseException:
            self._wire.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the port."""
        self._wire.close()

    def reconnect(self) -> None:
        """Open the port again, after the board was unplugged or restarted."""
        self._wire.close()
        self._wire = self._opener(self.port)
        self._greet()

    def _greet(self) -> None:
        """Agree on the version; HELLO also makes the board forget the previous client's sequence number."""
        try:
            data = self.ask(protocol.HELLO, reply_s=_HELLO_S)
        except LinkError:
            raise LinkError(
                f"The board at {self.port} does not answer.",
                "If it was just switched on, try again. Otherwise it runs no Instep, or waits for maintenance:"
                " run `instep flash`, or unplug it and plug it in again.",
            ) from None
        version = data[0] if data else 0
        if version != VERSION:
            raise OtherVersionError(
                f"The board's firmware speaks version {version} of the link, this Instep version {VERSION}.",
                "Run `instep flash` to bring the board up to date.",
            )

    @property
    def telemetry(self) -> Telemetry | None:
        """Return the latest telemetry of a watched board, a new object after every frame; None before the first."""
        return self._blocks.latest

    def pump(self) -> None:
        """Take the frames that have arrived."""
        for message in self._wire.receive():
            if self.on_message is not None:
                self.on_message(message)
            if message.kind == protocol.TELEMETRY:
                self._blocks.add(message.data)
            elif message.kind == protocol.ROW:
                self._take_row(message.data)
            elif message.kind & protocol.REPLY:
                self._replies[message.sequence] = message

    def _take_row(self, data: bytes) -> None:
        """Take a row of the display, its number and its text; ignore a number that the display does not have."""
        if len(data) == 1 + DISPLAY_COLUMNS and data[0] < DISPLAY_ROWS:
            self.rows[data[0]] = data[1:].decode("ascii", "replace")

    def post(self, kind: int, data: bytes = b"") -> int:
        """Send a request without waiting for the reply; return its sequence number, for `reply_to`."""
        self._sequence = (self._sequence + 1) % _SEQUENCES
        self._replies.pop(self._sequence, None)
        self._wire.send(kind, self._sequence, data)
        return self._sequence

    def repeat(self, sequence: int, kind: int, data: bytes = b"") -> None:
        """Send a posted request again: the board replies again, but does not carry it out again."""
        self._wire.send(kind, sequence, data)

    def reply_to(self, sequence: int, kind: int) -> bytes | None:
        """Return the data of the reply to a request, None before it arrives; raise RefusedError for a refusal."""
        message = self._replies.pop(sequence, None)
        if message is None or message.kind != kind | protocol.REPLY or not message.data:
            return None
        answer, data = message.data[0], message.data[1:]
        if answer != protocol.ANSWER_DONE:
            raise RefusedError(answer, data.decode("utf-8", "replace"))
        return data

    def ask(self, kind: int, data: bytes = b"", reply_s: float = _REPLY_S) -> bytes:
        """Send a request, up to three times, and return the data of the reply."""
        sequence = self.post(kind, data)
        for try_ in range(_TRIES):
            if try_:
                self.repeat(sequence, kind, data)
            until_s = self.clock.now_s() + reply_s
            while self.clock.now_s() < until_s:
                self.pump()
                reply = self.reply_to(sequence, kind)
                if reply is not None:
                    return reply
                self.clock.sleep(_POLL_S)
        raise LinkError(
            f"The board at {self.port} has stopped answering.", "Unplug it, plug it in again, and try again."
        )
