"""The board's end of the link, a slice at a time: bytes in, one request acted on, replies and telemetry out."""

import struct

from instep.axes import TICKS_MASK, TICKS_PER_S
from instep.link import messages
from instep.link.frames import BODY_MOST, DATA_AT, Decoder, Encoder
from instep.link.telemetry import PARTS, TELEMETRY_BYTES
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from instep.link.commands import Commands
    from instep.link.telemetry import Telemetry

    class Port(Protocol):
        """A serial line; neither method waits, raises, or allocates."""

        def read_into(self, buffer: bytearray) -> int:
            """Put the bytes that have come into `buffer`, as many as fit; return how many."""

        def write(self, buffer: bytearray, start: int, end: int) -> int:
            """Send bytes `start`..`end` as far as there is room now; return how many were taken."""


# Bytes looked at in one slice; so many more wait in the board's own buffer without harm.
_PIECE_IN_BYTES = const(16)
_TELEMETRY_PER_S = const(20)
_TELEMETRY_TICKS = TICKS_PER_S // _TELEMETRY_PER_S


class Link:
    """Serve one laptop over `port`; `receive` and `send` come in the slack, `commands.tick` in the tick.

    `rows` are the display's, as they are shown.
    """

    def __init__(self, port: "Port", commands: "Commands", telemetry: "Telemetry", rows: "list[bytearray]") -> None:
        self.commands = commands
        self.telemetry = telemetry
        self._port = port
        self._rows = rows
        self._decoder = Decoder()
        self._encoder = Encoder()
        self._told = bytearray(BODY_MOST)
        self._piece_in = bytearray(_PIECE_IN_BYTES)
        self._in_at = 0
        self._in_end = 0
        self._out_at = 0
        self._out_end = 0
        self._is_reply_due = False
        self._part = 0
        self._sequence = 0
        self._told_at = 0
        self._watches_left = 0
        self._row = 0
        self._row_format = "%ds" % len(rows[0])  # copies a row in one call
        self._rows_told = [bytearray(len(row)) for row in rows]

    def is_quiet(self) -> bool:
        """Tell whether every reply has left."""
        return not self._is_reply_due and self._encoder.is_done() and self._out_at == self._out_end

    def receive(self, ticks: int) -> bool:
        """Look at the bytes that have come, up to the end of the next request, and act on it: at rest that allocates.

        Return whether there were any; `ticks` since power-up.
        """
        if self._in_at == self._in_end:
            self._in_at = 0
            self._in_end = self._port.read_into(self._piece_in)
            if not self._in_end:
                return False
        at = self._decoder.feed(self._piece_in, self._in_at, self._in_end)
        if at < 0:
            self._in_at = self._in_end
            return True
        self._in_at = at
        self._handle(ticks)
        return True

    def _handle(self, ticks: int) -> None:
        commands = self.commands
        decoder = self._decoder
        if self._encoder.body is commands.reply:
            self._encoder.drop()
        commands.handle(decoder.body, decoder.data_bytes, ticks)
        if commands.watch_s >= 0:
            if not self._watches_left:
                self._forget_rows()
            self._watches_left = commands.watch_s * _TELEMETRY_PER_S
            commands.watch_s = -1
        commands.reply[0] = decoder.kind | messages.REPLY
        commands.reply[1] = decoder.sequence
        self._is_reply_due = True

    def send(self, ticks: int) -> bool:
        """Hand a piece to the line, or make the next one ready; return whether there was anything to do."""
        if self._out_at < self._out_end:
            taken = self._port.write(self._encoder.piece, self._out_at, self._out_end)
            self._out_at += taken
            return taken > 0
        if self._encoder.is_done():
            return self._begin_next(ticks)
        self._out_at = 0
        self._out_end = self._encoder.fill()
        return True

    def _begin_next(self, ticks: int) -> bool:
        """Begin the reply that is due, or what is told unasked; return whether there is anything."""
        if self._is_reply_due:
            self._is_reply_due = False
            reply = self.commands.reply
            self._encoder.begin(reply, reply[0], reply[1], self.commands.reply_bytes)
            return True
        if not self._watches_left:
            return False
        if self._part or ticks - self._told_at & TICKS_MASK >= _TELEMETRY_TICKS:
            self._compose(ticks)
            return True
        return self._begin_row()

    def _compose(self, ticks: int) -> None:
        """Write the next part of the telemetry, which is as long as a slice may be; behind the last, begin to tell."""
        part = self._part
        if part == 0:
            self._told_at = ticks
        self.telemetry.write_part(part, self._told, DATA_AT, ticks)
        self._part = part + 1 if part + 1 < PARTS else 0
        if not self._part:
            self._watches_left -= 1
            self._tell(messages.TELEMETRY, TELEMETRY_BYTES)

    def _begin_row(self) -> bool:
        """Tell the next row of the display if it has changed."""
        row = self._row
        self._row = row + 1 if row + 1 < len(self._rows) else 0
        shown = self._rows[row]
        told = self._rows_told[row]
        if shown == told:
            return False
        self._told[DATA_AT] = row
        struct.pack_into(self._row_format, told, 0, shown)
        struct.pack_into(self._row_format, self._told, DATA_AT + 1, shown)
        self._tell(messages.ROW, 1 + len(shown))
        return True

    def _tell(self, kind: int, data_bytes: int) -> None:
        self._sequence = self._sequence + 1 & 0xFF
        self._encoder.begin(self._told, kind, self._sequence, data_bytes)

    def _forget_rows(self) -> None:
        for told in self._rows_told:
            told[0] = 0
