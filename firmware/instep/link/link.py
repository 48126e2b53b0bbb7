"""The board's end of the link, a slice at a time: bytes in, one request handled, replies and telemetry out."""

from instep.link import protocol
from instep.link.frames import Decoder, Encoder
from instep.link.watch import Watch
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from instep.link.dispatcher import Dispatcher
    from instep.link.telemetry import Telemetry

    class Port(Protocol):
        """A serial line; neither method waits, raises, or allocates."""

        def read_into(self, buffer: bytearray) -> int:
            """Put the bytes that have arrived into `buffer`, as many as fit; return how many."""

        def write(self, buffer: bytearray, start: int, end: int) -> int:
            """Send bytes `start`..`end` as far as there is room now; return how many were taken."""


# Bytes decoded in one slice; more may wait in the board's own buffer.
_PIECE_IN_BYTES = const(16)


class Link:
    """Serve one laptop over `port`; `receive` and `send` run in the slack.

    `rows` are the rows of the display as they are shown.
    """

    def __init__(
        self, port: "Port", dispatcher: "Dispatcher", telemetry: "Telemetry", rows: "list[bytearray]"
    ) -> None:
        self._port = port
        self._dispatcher = dispatcher
        self._decoder = Decoder()
        self._encoder = Encoder()
        self._watch = Watch(telemetry, self._encoder, rows)
        self._piece_in = bytearray(_PIECE_IN_BYTES)
        self._in_at = 0
        self._in_end = 0
        self._out_at = 0
        self._out_end = 0
        self._is_request_due = False
        self._is_reply_due = False

    def receive(self, ticks: int) -> bool:
        """Handle the request that was decoded, otherwise decode bytes, otherwise fetch some.

        Return False if there was nothing to do. Handling a request may allocate at rest. `ticks` since power-up.
        """
        if self._is_request_due:
            self._is_request_due = False
            self._handle(ticks)
        elif self._in_at < self._in_end:
            at = self._decoder.feed(self._piece_in, self._in_at, self._in_end)
            self._is_request_due = at >= 0
            self._in_at = at if at >= 0 else self._in_end
        else:
            self._in_at = 0
            self._in_end = self._port.read_into(self._piece_in)
            return self._in_end > 0
        return True

    def _handle(self, ticks: int) -> None:
        dispatcher = self._dispatcher
        decoder = self._decoder
        reply = dispatcher.reply
        # An earlier reply is dropped: its buffer is needed now.
        if self._encoder.body is reply:
            self._encoder.drop()
        dispatcher.handle(decoder.body, decoder.data_bytes, ticks)
        if dispatcher.watch_s >= 0:
            self._watch.begin(dispatcher.watch_s)
            dispatcher.watch_s = -1
        reply[0] = decoder.kind | protocol.REPLY
        reply[1] = decoder.sequence
        self._is_reply_due = True
        self._watch.request_machine()

    def send(self, ticks: int) -> bool:
        """Hand a piece of a frame to the line, or begin the next frame; return False if there was nothing to do."""
        if self._out_at == self._out_end:
            if self._encoder.is_done():
                return self._prepare_reply() if self._is_reply_due else self._watch.send_next(ticks)
            self._out_at = 0
            self._out_end = self._encoder.fill()
        taken = self._port.write(self._encoder.piece, self._out_at, self._out_end)
        self._out_at += taken
        return taken > 0

    def _prepare_reply(self) -> bool:
        """Write the next part of the reply; when it is complete begin its frame. Return True: there was something."""
        dispatcher = self._dispatcher
        if not dispatcher.complete_reply():
            self._is_reply_due = False
            reply = dispatcher.reply
            self._encoder.begin(reply, reply[0], reply[1], dispatcher.reply_bytes)
        return True
