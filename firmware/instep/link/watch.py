"""What a watched board sends by itself, and when: the motion block, the other blocks in turn, changed display rows."""

from instep.axes import COUNTER_MASK, TICKS_PER_S
from instep.link import protocol
from instep.link.display_rows import DisplayRows
from instep.link.frames import BODY_MAX, DATA_AT
from instep.link.telemetry import BLOCK_PARTS
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.link.frames import Encoder
    from instep.link.telemetry import Telemetry

_MOTION_PER_S = const(20)
_MOTION_TICKS = TICKS_PER_S // _MOTION_PER_S
# Another block is due after this many motion blocks; the machine's block at once in another state.
_MOTIONS_PER_BLOCK = const(4)
_NO_STATE = const(-1)
# Blocks that are due, a bit for each BLOCK_.
_MACHINE_DUE = 1 << protocol.BLOCK_MACHINE
_ALL_DUE = _MACHINE_DUE | 1 << protocol.BLOCK_LEFT | 1 << protocol.BLOCK_RIGHT
_BLOCK_AT = DATA_AT + 1


class Watch:
    """Put one frame after the other into `encoder` while the laptop watches; nothing allocates."""

    def __init__(self, telemetry: "Telemetry", encoder: "Encoder", rows: "list[bytearray]") -> None:
        self._telemetry = telemetry
        self._encoder = encoder
        self._rows = DisplayRows(rows)
        self._body = bytearray(BODY_MAX)
        self._sequence = 0
        self._block = protocol.BLOCK_MOTION
        self._parts_left = 0
        self._watch_motions_left = 0  # motion blocks until the watch ends
        self._motion_at = 0
        self._motions_left = 0  # motion blocks until another block is due
        self._due = 0
        self._next_block = protocol.BLOCK_MACHINE
        self._sent_state = _NO_STATE
        self._is_motions_turn = True

    def begin(self, seconds: int) -> None:
        """Watch for some seconds, 0 to end; a new watch first sends everything once."""
        if not self._watch_motions_left:
            self._parts_left = 0
            self._due = _ALL_DUE
            self._rows.resend()
        self._watch_motions_left = seconds * _MOTION_PER_S

    def request_machine(self) -> None:
        """Let the machine's block be due: a request may have changed it."""
        self._due |= _MACHINE_DUE

    def send_next(self, ticks: int) -> bool:
        """Write the next part of a block or begin the next frame; return False if nothing is due."""
        if not self._watch_motions_left:
            return False
        if self._parts_left:
            self._write_part(ticks)
            return True
        # Motion and the rest alternate, so that neither waits for ever when there is no time for all.
        is_motion_due = ticks - self._motion_at & COUNTER_MASK >= _MOTION_TICKS
        if is_motion_due and self._is_motions_turn:
            self._is_motions_turn = False
            self._begin_motion(ticks)
            return True
        self._is_motions_turn = True
        # Rows last: telemetry is never older than the display that the laptop shows.
        return self._begin_due_block(ticks) or self._send_row() or is_motion_due

    def _begin_motion(self, ticks: int) -> None:
        """Begin the motion block, at even distances as long as there is time for it."""
        self._motion_at = self._motion_at + _MOTION_TICKS & COUNTER_MASK
        if ticks - self._motion_at & COUNTER_MASK >= _MOTION_TICKS:
            self._motion_at = ticks
        self._watch_motions_left -= 1
        self._motions_left -= 1
        self._begin_block(protocol.BLOCK_MOTION, ticks)

    def _begin_due_block(self, ticks: int) -> bool:
        """Begin the machine's or a foot's block; return False if none is due."""
        state = self._telemetry.state()
        if state != self._sent_state:
            self._sent_state = state
            self._due |= _MACHINE_DUE
        if self._motions_left <= 0:
            self._motions_left = _MOTIONS_PER_BLOCK
            self._due |= 1 << self._next_block
            is_last = self._next_block == protocol.BLOCK_RIGHT
            self._next_block = protocol.BLOCK_MACHINE if is_last else self._next_block + 1
        if not self._due:
            return False
        # The machine last: it is due after every request, a foot only in its turn.
        block = protocol.BLOCK_RIGHT
        while not self._due >> block & 1:
            block -= 1
        self._due ^= 1 << block
        self._begin_block(block, ticks)
        return True

    def _begin_block(self, block: int, ticks: int) -> None:
        self._block = block
        self._parts_left = BLOCK_PARTS
        self._write_part(ticks)

    def _write_part(self, ticks: int) -> None:
        """Write the next part of the block, all that a slice has time for; after the last one begin the frame."""
        block = self._block
        part = BLOCK_PARTS - self._parts_left
        data_bytes = self._telemetry.write_block_part(block, part, self._body, _BLOCK_AT, ticks)
        self._parts_left -= 1
        if not self._parts_left:
            self._body[DATA_AT] = block
            self._begin_frame(protocol.TELEMETRY, 1 + data_bytes)

    def _send_row(self) -> bool:
        """Begin the frame of the next row of the display if it has changed."""
        data_bytes = self._rows.write_next(self._body)
        if data_bytes:
            self._begin_frame(protocol.ROW, data_bytes)
        return data_bytes > 0

    def _begin_frame(self, kind: int, data_bytes: int) -> None:
        self._sequence = self._sequence + 1 & 0xFF
        self._encoder.begin(self._body, kind, self._sequence, data_bytes)
