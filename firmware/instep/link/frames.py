"""The frames of the link: the only place that knows their layout; the laptop imports it from here.

    7E   type   sequence   data, 0..DATA_MOST bytes   CRC-16, low byte first   7E

HDLC's flags and transparency (RFC 1662): 7E stands only at a frame's ends, 7D before a byte that is sent XOR 20. So
are 7E, 7D and 03 sent, because 03 interrupts the program on a board whose REPL shares the line. The check is HDLC's
CRC-16 over type, sequence and data. What stands between frames (the REPL's text) is skipped.

Nothing here allocates after start-up.
"""

from array import array

from micropython import const

# Of the messages, not of the frames: both ends must speak the same one.
VERSION = 1

DATA_AT = 2
DATA_MOST = 200
_CHECK_BYTES = const(2)
_BODY_LEAST = const(4)
BODY_MOST = DATA_AT + DATA_MOST + _CHECK_BYTES

FLAG = 0x7E
ESCAPE = 0x7D
INTERRUPT = 0x03
FLIP = 0x20

# What is given to the line at once: an RP2040 takes 0.1 ms to make each byte, and the tick must not wait long.
PIECE_BYTES = 16

_CHECK_START = const(0xFFFF)
_CHECK_RESIDUE = const(0xF0B8)
_POLYNOMIAL = const(0x8408)
_BYTE = const(0xFF)


def _table() -> "array[int]":
    """Return the CRC's remainder of every byte."""
    table = array("H", [0] * 256)
    for byte in range(256):
        remainder = byte
        for _ in range(8):
            remainder = remainder >> 1 ^ _POLYNOMIAL if remainder & 1 else remainder >> 1
        table[byte] = remainder
    return table


_REMAINDERS = _table()


class Decoder:
    """Find frames in the bytes of a line; `body` then holds type, sequence and data, `data_bytes` tells how many.

    `damaged` counts the frames that were dropped, modulo 65536.
    """

    def __init__(self) -> None:
        self.body = bytearray(BODY_MOST)
        self.data_bytes = 0
        self.damaged = 0
        self.reset()

    def reset(self) -> None:
        """Skip everything up to the next flag."""
        self._size = 0
        self._check = _CHECK_START
        self._is_escaped = False
        self._is_skipping = True

    @property
    def kind(self) -> int:
        """Return the type of the frame that was found last."""
        return self.body[0]

    @property
    def sequence(self) -> int:
        """Return the sequence number of the frame that was found last."""
        return self.body[1]

    def feed(self, data: "bytes | bytearray", start: int, end: int) -> int:
        """Take bytes `start`..`end`; stop behind a whole frame and return where, or -1 when there is none yet.

        The frame stands in `body` until the next call.
        """
        while start < end:
            if self._take(data[start]):
                return start + 1
            start += 1
        return -1

    def _take(self, byte: int) -> bool:
        """Take one byte; return whether it completes a frame."""
        if byte == FLAG:
            return self._end_frame()
        if self._is_skipping:
            return False
        if byte == ESCAPE and not self._is_escaped:
            self._is_escaped = True
            return False
        if self._is_escaped:
            self._is_escaped = False
            byte ^= FLIP
            is_wrong = byte != FLAG and byte != ESCAPE and byte != INTERRUPT
        else:
            is_wrong = byte == INTERRUPT
        if is_wrong or self._size == BODY_MOST:
            self._is_skipping = True
            self.damaged = self.damaged + 1 & 0xFFFF
            return False
        self.body[self._size] = byte
        self._size += 1
        self._check = _REMAINDERS[(self._check ^ byte) & _BYTE] ^ self._check >> 8
        return False

    def _end_frame(self) -> bool:
        """End one frame and begin the next; return whether it was a whole one."""
        size = self._size
        is_whole = self._check == _CHECK_RESIDUE and size >= _BODY_LEAST and not self._is_escaped
        if size and not is_whole and not self._is_skipping:
            self.damaged = self.damaged + 1 & 0xFFFF
        is_found = is_whole and not self._is_skipping
        if is_found:
            self.data_bytes = size - DATA_AT - _CHECK_BYTES
        self.reset()
        self._is_skipping = False
        return is_found


class Encoder:
    """Make frames: `begin` with a body whose data stand from DATA_AT on, then take pieces until there is none.

    The body must not change meanwhile, and has BODY_MOST bytes: the check is written behind the data.
    """

    def __init__(self) -> None:
        self.piece = bytearray(PIECE_BYTES)
        self.body = bytearray(BODY_MOST)
        self._size = 0
        self._at = 0
        self._check = _CHECK_START
        self._is_flag_due = False
        self._is_escaped = False

    def begin(self, body: bytearray, kind: int, sequence: int, data_bytes: int) -> None:
        """Begin a frame of kind and sequence 0..255 and the first 0..DATA_MOST bytes of data."""
        self.body = body
        body[0] = kind
        body[1] = sequence
        self._size = DATA_AT + data_bytes + _CHECK_BYTES
        self._at = 0
        self._check = _CHECK_START
        self._is_flag_due = True
        self._is_escaped = False

    def drop(self) -> None:
        """Leave the frame unfinished: the next one's flag ends it, and its check does not hold."""
        self._at = self._size
        self._is_flag_due = self._is_escaped = False

    def is_done(self) -> bool:
        """Tell whether no piece is left."""
        return self._at == self._size and not self._is_flag_due

    def fill(self) -> int:
        """Put the next bytes of the frame into `piece` and return how many: 0 when it is done."""
        piece = self.piece
        count = 0
        while count < PIECE_BYTES and not self.is_done():
            piece[count] = self._next()
            count += 1
        return count

    def _next(self) -> int:
        """Return the next byte on the line: a flag, an escape, or a byte of the body."""
        if self._is_flag_due:
            self._is_flag_due = False
            return FLAG
        byte = self.body[self._at]
        if self._is_escaped:
            self._is_escaped = False
            byte ^= FLIP
        elif byte == FLAG or byte == ESCAPE or byte == INTERRUPT:
            self._is_escaped = True
            return ESCAPE
        self._at += 1
        if self._at <= self._size - _CHECK_BYTES:
            self._count_in(self.body[self._at - 1])
        self._is_flag_due = self._at == self._size
        return byte

    def _count_in(self, byte: int) -> None:
        """Let a byte into the check; write the check behind the last one."""
        self._check = _REMAINDERS[(self._check ^ byte) & _BYTE] ^ self._check >> 8
        if self._at == self._size - _CHECK_BYTES:
            check = self._check ^ 0xFFFF
            self.body[self._at] = check & _BYTE
            self.body[self._at + 1] = check >> 8
