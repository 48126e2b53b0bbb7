"""The display SSD1306, 128 by 64 points: a copy of its memory here, sent in pieces of 0.6 ms each.

Commands from Solomon Systech's SSD1306 data sheet, rev. 1.1. micropython-lib's driver sends the whole memory at once,
25 ms at 400 kHz, two ticks and a half; so it is not used.
"""

import struct

from instep.axes import DISPLAY_COLUMNS, DISPLAY_ROWS
from instep.hal import font
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.bus import Port


_PITCH = font.WIDTH + 1
_GLYPH_FORMAT = "6s"

# A row is sent in seven pieces of three characters each, the last with the two points that are left over. In front of
# a piece stand three commands, each announced by 0x80 (page, column low, column high), then 0x40 for data: the pieces
# are kept with these heads, so that nothing is copied to send one.
_PIECES = const(7)
_PIECE_POINTS = const(18)
_PIECE_CHARACTERS = const(3)
_HEAD = const(7)
_PIECE_BYTES = const(25)
_ROW_BYTES = const(177)  # seven heads and 128 points
_ALL_PIECES = const(0x7F)
_PAGE = const(0xB0)
_COLUMN_HIGH = const(0x10)

# A character that no row asks for.
_NO_CHARACTER = const(0)

_COMMANDS = b"\x00"
_NOP = b"\x00\xe3"
_ON = b"\x00\xaf"
_SET_UP = (
    _COMMANDS
    + b"\xd5\x80"  # clock, as after a reset
    + b"\xa8\x3f"  # 64 lines
    + b"\xd3\x00\x40"  # no offset, first line 0
    + b"\x8d\x14"  # charge pump on
    + b"\x20\x02"  # page addressing
    + b"\xa1\xc8"  # upside up with the pins above the glass
    + b"\xda\x12"  # lines alternate between the two sides
    + b"\x81\xcf\xd9\xf1\xdb\x40"  # contrast, precharge, VCOMH as the glass's maker says
    + b"\xa4\xa6"  # show the memory, not inverted
)

# The chip cannot be asked whether it has kept its settings: they and the memory are sent again every 5 s.
_CHECKS_TO_RENEW = const(256)


class Ssd1306:
    """The chip behind `port`; `slack` sends what has changed, a piece a call."""

    def __init__(self, port: "Port") -> None:
        self._port = port
        self._frame = bytearray(DISPLAY_ROWS * _ROW_BYTES)
        self._pieces = _heads(self._frame)
        self._glyphs = [font.GLYPHS[at : at + font.WIDTH] + b"\0" for at in range(0, len(font.GLYPHS), font.WIDTH)]
        self._drawn = [bytearray(b" " * DISPLAY_COLUMNS) for _ in range(DISPLAY_ROWS)]
        self._stale = bytearray(DISPLAY_ROWS)  # a bit per piece that the chip does not show yet
        self._is_set_up = False
        self._is_on = False
        self._checks = 0

    def write_row(self, row: int, text: "bytes | bytearray") -> None:
        """Show 1..21 ASCII characters in row 0..7, over what stood there; the rest of the row stays as it is."""
        drawn = self._drawn[row]
        for column in range(len(text)):
            character = text[column]
            if character != drawn[column]:
                drawn[column] = character
                self._draw_character(row, column, character)

    def draw(self, row: int, column: int, picture: "bytes | bytearray") -> None:
        """Show columns of 8 points (bit 0 on top) in row 0..7 from `column` on; all within 0..127.

        The characters that stood there are drawn again by the next text.
        """
        frame = self._frame
        drawn = self._drawn[row]
        for index in range(len(picture)):
            piece = min((column + index) // _PIECE_POINTS, _PIECES - 1)
            at = row * _ROW_BYTES + (piece + 1) * _HEAD + column + index
            if frame[at] != picture[index]:
                frame[at] = picture[index]
                self._stale[row] |= 1 << piece
                drawn[min((column + index) // _PITCH, DISPLAY_COLUMNS - 1)] = _NO_CHARACTER

    def slack(self) -> bool:
        """Send one piece, at most 0.8 ms; return True if more waits."""
        if not self._is_set_up:
            self._try_set_up()
        elif not self._send_next() and not self._is_on:
            self._is_on = self._port.write(_ON)
        return not self._port.is_silent and (not self._is_on or self._stale_row() < DISPLAY_ROWS)

    def check(self) -> None:
        """Check that the chip answers; set it up again if it does not, and every 5 s in any case."""
        self._checks += 1
        if not self._port.write(_NOP) or self._checks == _CHECKS_TO_RENEW:
            self._checks = 0
            self._is_set_up = False

    def _try_set_up(self) -> None:
        self._is_set_up = self._port.write(_SET_UP)
        self._is_on = False
        for row in range(DISPLAY_ROWS):
            self._stale[row] = _ALL_PIECES

    def _draw_character(self, row: int, column: int, character: int) -> None:
        if not font.FIRST <= character <= font.LAST:
            character = font.FIRST
        piece = column // _PIECE_CHARACTERS
        at = row * _ROW_BYTES + (piece + 1) * _HEAD + column * _PITCH
        struct.pack_into(_GLYPH_FORMAT, self._frame, at, self._glyphs[character - font.FIRST])
        if column == DISPLAY_COLUMNS - 1:
            self._frame[at + _PITCH] = self._frame[at + _PITCH + 1] = 0
        self._stale[row] |= 1 << piece

    def _send_next(self) -> bool:
        """Send the next piece that is stale; return False if there is none."""
        row = self._stale_row()
        if row == DISPLAY_ROWS:
            return False
        stale = self._stale[row]
        piece = 0
        while not stale >> piece & 1:
            piece += 1
        if self._port.write(self._pieces[row * _PIECES + piece]):
            self._stale[row] = stale & ~(1 << piece)
        else:
            self._is_set_up = False
        return True

    def _stale_row(self) -> int:
        """Return the first row with a stale piece; DISPLAY_ROWS if there is none."""
        for row in range(DISPLAY_ROWS):
            if self._stale[row]:
                return row
        return DISPLAY_ROWS


def _heads(frame: bytearray) -> "list[memoryview]":
    """Put its head in front of every piece of `frame`, and return the pieces."""
    whole = memoryview(frame)
    pieces = []
    for row in range(DISPLAY_ROWS):
        for piece in range(_PIECES):
            at = row * _ROW_BYTES + piece * _PIECE_BYTES
            column = piece * _PIECE_POINTS
            head = (0x80, _PAGE | row, 0x80, column & 0x0F, 0x80, _COLUMN_HIGH | column >> 4, 0x40)
            for index in range(_HEAD):
                frame[at + index] = head[index]
            end = at + _PIECE_BYTES if piece < _PIECES - 1 else (row + 1) * _ROW_BYTES
            pieces.append(whole[at:end])
    return pieces
