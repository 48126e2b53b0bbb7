"""The board's end of the link, a slice at a time: bytes in, one request acted on, replies and telemetry out."""

import struct

from instep.axes import COUNTER_MASK, TICKS_PER_S
from instep.link import protocol
from instep.link.frames import BODY_MAX, DATA_AT, Decoder, Encoder
from instep.link.telemetry import BLOCK_PARTS
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from instep.link.dispatcher import Dispatcher
    from instep.link.telemetry import Telemetry

    class Port(Protocol):
        """A serial line; neither method waits, raises, or allocates."""

        def read_into(self, buffer: bytearray) -> int:
            """Put the bytes that have come into `buffer`, as many as fit; return how many."""

        def write(self, buffer: bytearray, start: int, end: int) -> int:
            """Send bytes `start`..`end` as far as there is room now; return how many were taken."""


# Bytes looked at in one slice; so many more wait in the board's own buffer without harm.
_PIECE_IN_BYTES = const(16)
_MOTION_PER_S = const(20)
_MOTION_TICKS = TICKS_PER_S // _MOTION_PER_S
# After so many of what moves, machine, left foot or right foot has its turn; the machine at once in another state.
_MOTIONS = const(4)
_NO_STATE = const(-1)
# What is due to be told, a bit for each of TOLD_.
_MACHINE = 1 << protocol.BLOCK_MACHINE
_ALL = _MACHINE | 1 << protocol.BLOCK_LEFT | 1 << protocol.BLOCK_RIGHT
_TOLD_AT = DATA_AT + 1


class Link:
    """Serve one laptop over `port`; `receive` and `send` come in the slack, `commands.tick` in the tick.

    `rows` are the display's, as they are shown.
    """

    def __init__(self, port: "Port", commands: "Dispatcher", telemetry: "Telemetry", rows: "list[bytearray]") -> None:
        self.commands = commands
        self.telemetry = telemetry
        self._port = port
        self._rows = rows
        self._decoder = Decoder()
        self._encoder = Encoder()
        self._told = bytearray(BODY_MAX)
        self._piece_in = bytearray(_PIECE_IN_BYTES)
        self._in_at = 0
        self._in_end = 0
        self._out_at = 0
        self._out_end = 0
        self._is_request_due = False
        self._is_reply_due = False
        self._told_kind = protocol.BLOCK_MOTION
        self._parts_left = 0
        self._sequence = 0
        self._motion_at = 0
        self._motions_left = 0
        self._due = 0
        self._turn = protocol.BLOCK_MACHINE
        self._state_told = _NO_STATE
        self._is_motions_turn = True
        self._watches_left = 0
        self._row = 0
        self._row_format = "%ds" % len(rows[0])  # copies a row in one call
        self._rows_told = [bytearray(len(row)) for row in rows]

    def is_quiet(self) -> bool:
        """Tell whether every reply has left."""
        return not self._is_reply_due and self._encoder.is_done() and self._out_at == self._out_end

    def receive(self, ticks: int) -> bool:
        """Act on the request that was found, which at rest allocates, or look for one in the bytes, or fetch some.

        Return whether there was anything to do; `ticks` since power-up.
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
        commands = self.commands
        decoder = self._decoder
        if self._encoder.body is commands.reply:
            self._encoder.drop()
        commands.handle(decoder.body, decoder.data_bytes, ticks)
        if commands.watch_s >= 0:
            if not self._watches_left:
                self._forget_what_was_told()
            self._watches_left = commands.watch_s * _MOTION_PER_S
            commands.watch_s = -1
        commands.reply[0] = decoder.kind | protocol.REPLY
        commands.reply[1] = decoder.sequence
        self._is_reply_due = True
        # What it has changed is soon to be seen.
        self._due |= _MACHINE

    def send(self, ticks: int) -> bool:
        """Hand a piece to the line, or make ready what comes next; return whether there was anything to do."""
        if self._out_at == self._out_end:
            if self._encoder.is_done():
                return self._begin_next(ticks)
            self._out_at = 0
            self._out_end = self._encoder.fill()
        taken = self._port.write(self._encoder.piece, self._out_at, self._out_end)
        self._out_at += taken
        return taken > 0

    def _begin_next(self, ticks: int) -> bool:
        """Begin the reply that is due, or what is told unasked; return whether there is anything."""
        if self._is_reply_due:
            if not self.commands.complete_reply():
                self._is_reply_due = False
                reply = self.commands.reply
                self._encoder.begin(reply, reply[0], reply[1], self.commands.reply_bytes)
            return True
        if not self._watches_left:
            return False
        if self._parts_left:
            self._compose(ticks)
            return True
        # Motion and the rest take turns, so that neither is forgotten when there is no time for all.
        is_motion_due = ticks - self._motion_at & COUNTER_MASK >= _MOTION_TICKS
        if is_motion_due and self._is_motions_turn:
            self._is_motions_turn = False
            self._begin_motion(ticks)
            return True
        self._is_motions_turn = True
        # Rows last: whoever sees on the display what has changed finds it in the rest, too.
        return self._begin_rest(ticks) or self._begin_row() or is_motion_due

    def _begin_motion(self, ticks: int) -> None:
        """Begin to tell what moves: at even distances, as long as there is time for it."""
        self._motion_at = self._motion_at + _MOTION_TICKS & COUNTER_MASK
        if ticks - self._motion_at & COUNTER_MASK >= _MOTION_TICKS:
            self._motion_at = ticks
        self._watches_left -= 1
        self._motions_left -= 1
        self._told_kind = protocol.BLOCK_MOTION
        self._parts_left = BLOCK_PARTS
        self._compose(ticks)

    def _begin_rest(self, ticks: int) -> bool:
        """Begin to tell the machine or a foot, if one is due."""
        state = self.telemetry.state()
        if state != self._state_told:
            self._state_told = state
            self._due |= _MACHINE
        if self._motions_left <= 0:
            self._motions_left = _MOTIONS
            self._due |= 1 << self._turn
            self._turn = self._turn + 1 if self._turn < protocol.BLOCK_RIGHT else protocol.BLOCK_MACHINE
        if not self._due:
            return False
        # The machine last: it is due with every request, the feet by turns only.
        about = protocol.BLOCK_RIGHT
        while not self._due >> about & 1:
            about -= 1
        self._due ^= 1 << about
        self._told_kind = about
        self._parts_left = BLOCK_PARTS
        self._compose(ticks)
        return True

    def _compose(self, ticks: int) -> None:
        """Write the next part of what is told, which is as long as a slice may be; behind the last, begin to tell."""
        kind = self._told_kind
        data_bytes = self.telemetry.write_block_part(kind, BLOCK_PARTS - self._parts_left, self._told, _TOLD_AT, ticks)
        self._parts_left -= 1
        if not self._parts_left:
            self._told[DATA_AT] = kind
            self._tell(protocol.TELEMETRY, 1 + data_bytes)

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
        self._tell(protocol.ROW, 1 + len(shown))
        return True

    def _tell(self, kind: int, data_bytes: int) -> None:
        self._sequence = self._sequence + 1 & 0xFF
        self._encoder.begin(self._told, kind, self._sequence, data_bytes)

    def _forget_what_was_told(self) -> None:
        """Begin anew with all of it, at once; whoever asks now knows nothing."""
        self._parts_left = 0
        self._due = _ALL
        for told in self._rows_told:
            told[0] = 0
