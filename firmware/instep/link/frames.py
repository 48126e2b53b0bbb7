"""The frames of the link: the only place that knows their layout; the laptop imports it from here.

    7E   kind   sequence   data, 0..DATA_MAX bytes   CRC-16, low byte first   7E

HDLC's flags and transparency (RFC 1662): 7E occurs only at the ends of a frame. In between, 7E, 7D and 03 are sent as
7D and the byte XOR 20; 03 would interrupt the program on a board, whose REPL shares the line. The check is HDLC's
CRC-16 over kind, sequence and data. Bytes between frames, such as the REPL's text, are skipped.

Nothing here allocates after start-up.
"""

from array import array

from micropython import const

# Version of the messages: both ends must speak the same one.
VERSION = 2

DATA_AT = 2
DATA_MAX = 200
_CHECK_BYTES = const(2)
_BODY_MIN = const(4)
BODY_MAX = DATA_AT + DATA_MAX + _CHECK_BYTES

FLAG = 0x7E
ESCAPE = 0x7D
INTERRUPT = 0x03
FLIP = 0x20

# Bytes of a frame that are encoded in one slice: an RP2040 takes 27 us to encode a byte and 50 us to hand it to USB,
# and a slice of slow work takes 1 ms at most.
PIECE_BYTES = 10
# A flag, all bytes and the check escaped, and a flag.
_LINE_MAX = 2 + 2 * (PIECE_BYTES + _CHECK_BYTES)

_CHECK_START = const(0xFFFF)
_CHECK_RESIDUE = const(0xF0B8)
_POLYNOMIAL = const(0x8408)
_BYTE = const(0xFF)

# A decoder's modes.
_PLAIN = const(0)
_ESCAPED = const(1)
_SKIPPED = const(2)


def _table() -> "array[int]":
    """Return the CRC's remainder for every byte."""
    table = array("H", [0] * 256)
    for byte in range(256):
        remainder = byte
        for _ in range(8):
            remainder = remainder >> 1 ^ _POLYNOMIAL if remainder & 1 else remainder >> 1
        table[byte] = remainder
    return table


_REMAINDERS = _table()


class Decoder:
    """Find frames in the bytes of a line; `body` then holds kind, sequence and `data_bytes` of data.

    `damaged` counts the corrupted frames, modulo 65536.
    """

    def __init__(self) -> None:
        self.body = bytearray(BODY_MAX)
        self.data_bytes = 0
        self.damaged = 0
        self.reset()

    def reset(self) -> None:
        """Skip everything up to the next flag."""
        self._size = 0
        self._check = _CHECK_START
        self._mode = _SKIPPED

    @property
    def kind(self) -> int:
        """Return the kind of the last frame."""
        return self.body[0]

    @property
    def sequence(self) -> int:
        """Return the sequence number of the last frame."""
        return self.body[1]

    def feed(self, data: "bytes | bytearray", start: int, end: int) -> int:
        """Take bytes `start`..`end`; stop behind a whole frame and return where, or -1 when there is none yet.

        The frame stands in `body` until the next call. All is done in one loop over locals: a call for every byte
        would cost the board more than everything that is done with it.
        """
        body = self.body
        remainders = _REMAINDERS
        size = self._size
        check = self._check
        mode = self._mode
        for at in range(start, end):
            byte = data[at]
            if byte == FLAG:
                if self._end_frame(size, check, mode):
                    return at + 1
                size = 0
                check = _CHECK_START
                mode = _PLAIN
            elif byte == ESCAPE and mode == _PLAIN:
                mode = _ESCAPED
            elif mode != _SKIPPED:
                if mode == _ESCAPED:
                    byte ^= FLIP
                must_be_escaped = byte == FLAG or byte == ESCAPE or byte == INTERRUPT
                if must_be_escaped != (mode == _ESCAPED) or size == BODY_MAX:
                    mode = _SKIPPED
                    self._count_damaged()
                else:
                    mode = _PLAIN
                    body[size] = byte
                    size += 1
                    check = remainders[(check ^ byte) & _BYTE] ^ check >> 8
        self._size = size
        self._check = check
        self._mode = mode
        return -1

    def _end_frame(self, size: int, check: int, mode: int) -> bool:
        """End one frame and begin the next; return True if the ended one is valid."""
        self._size = 0
        self._check = _CHECK_START
        self._mode = _PLAIN
        if mode == _PLAIN and check == _CHECK_RESIDUE and size >= _BODY_MIN:
            self.data_bytes = size - DATA_AT - _CHECK_BYTES
            return True
        if size and mode != _SKIPPED:
            self._count_damaged()
        return False

    def _count_damaged(self) -> None:
        self.damaged = self.damaged + 1 & 0xFFFF


class Encoder:
    """Encode frames: `begin` with a body that holds data from DATA_AT on, then `fill` until it returns 0.

    The body must not change meanwhile.
    """

    def __init__(self) -> None:
        self.piece = bytearray(_LINE_MAX)
        self.body = bytearray(BODY_MAX)
        self._at = 0
        self._end = 0
        self._check = _CHECK_START

    def begin(self, body: bytearray, kind: int, sequence: int, data_bytes: int) -> None:
        """Begin a frame with kind and sequence 0..255 and 0..DATA_MAX bytes of data."""
        self.body = body
        body[0] = kind
        body[1] = sequence
        self._at = 0
        self._end = DATA_AT + data_bytes
        self._check = _CHECK_START

    def drop(self) -> None:
        """Leave the frame unfinished: the next frame's flag ends it, and the receiver drops it for its check."""
        self._at = self._end

    def is_done(self) -> bool:
        """Return True if no piece is left."""
        return self._at == self._end

    def fill(self) -> int:
        """Encode the next bytes of the frame into `piece`; return how many, 0 when the frame is done.

        One loop over locals, as in the decoder.
        """
        start = self._at
        end = min(start + PIECE_BYTES, self._end)
        if start == end:
            return 0
        piece = self.piece
        body = self.body
        remainders = _REMAINDERS
        check = self._check
        count = 0
        if start == 0:
            piece[0] = FLAG
            count = 1
        for at in range(start, end):
            byte = body[at]
            check = remainders[(check ^ byte) & _BYTE] ^ check >> 8
            if byte == FLAG or byte == ESCAPE or byte == INTERRUPT:
                piece[count] = ESCAPE
                count += 1
                byte ^= FLIP
            piece[count] = byte
            count += 1
        self._at = end
        self._check = check
        return count if end < self._end else self._finish(count)

    def _finish(self, count: int) -> int:
        """Append check and flag to the last piece of the frame; return its length."""
        check = self._check ^ 0xFFFF
        count = self._put(count, check & _BYTE)
        count = self._put(count, check >> 8)
        self.piece[count] = FLAG
        return count + 1

    def _put(self, count: int, byte: int) -> int:
        if byte == FLAG or byte == ESCAPE or byte == INTERRUPT:
            self.piece[count] = ESCAPE
            count += 1
            byte ^= FLIP
        self.piece[count] = byte
        return count + 1
