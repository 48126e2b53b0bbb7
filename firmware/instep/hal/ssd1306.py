"""The display SSD1306, 128 by 64 points: a copy of its memory here, sent in pieces that take 0.5 ms on the bus.

Commands from Solomon Systech's SSD1306 data sheet, rev. 1.1. micropython-lib's driver sends the whole memory at once,
25 ms at 400 kHz, two ticks and a half; so it is not used.
"""

from instep.hal import font
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.bus import Port

ROWS = 8
COLUMNS = 21
POINTS = 128

_PITCH = font.WIDTH + 1
_PIECE = const(16)  # points wide, so that a row's pieces are the bits of a byte
_PIECES = const(8)
_ALL_PIECES = const(0xFF)
_NOTHING_SHOWN = const(0)  # a character that no row asks for

# In front of a piece: three commands, each announced by 0x80 (page, column low, column high), then 0x40 for data.
_HEAD = const(7)
_PAGE = const(0xB0)
_COLUMN_HIGH = const(0x10)

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

# The chip cannot be asked whether it has kept its settings: they and the memory are sent anew every 5 s.
_CHECKS_TO_RENEW = const(256)


class Ssd1306:
    """The chip behind `port`; `slack` does the work, a piece a call."""

    def __init__(self, port: "Port") -> None:
        self._port = port
        self._points = bytearray(ROWS * POINTS)
        self._texts = [bytearray(COLUMNS) for _ in range(ROWS)]
        self._drawn = [bytearray([_NOTHING_SHOWN] * COLUMNS) for _ in range(ROWS)]
        self._lengths = bytearray(ROWS)
        self._waiting = 0  # a bit per row whose text is not in the points yet
        self._stale = bytearray(ROWS)  # a bit per piece that the chip does not show yet
        self._piece = bytearray(_HEAD + _PIECE)
        for at in range(0, _HEAD - 1, 2):
            self._piece[at] = 0x80
        self._piece[_HEAD - 1] = 0x40
        self._is_set_up = False
        self._is_on = False
        self._checks = 0

    def write_row(self, row: int, text: "bytes | bytearray") -> None:
        """Show 1..21 ASCII characters in row 0..7, over what stood there; the rest of the row stays as it is."""
        length = len(text)
        kept = self._texts[row]
        for column in range(length):
            kept[column] = text[column]
        if not self._waiting >> row & 1 or length > self._lengths[row]:
            self._lengths[row] = length
        self._waiting |= 1 << row

    def draw(self, row: int, column: int, picture: "bytes | bytearray") -> None:
        """Show columns of 8 points (bit 0 on top) in row 0..7 from `column` on; all within 0..127."""
        if self._waiting >> row & 1:
            self._draw_text(row)
        for index in range(len(picture)):
            self._put(row, column + index, picture[index])
        # The characters that stood there have to be drawn again by the next text.
        drawn = self._drawn[row]
        last = min(COLUMNS - 1, (column + len(picture) - 1) // _PITCH)
        for character in range(column // _PITCH, last + 1):
            drawn[character] = _NOTHING_SHOWN

    def slack(self) -> bool:
        """Do one piece of the work that waits, at most 1 ms; return whether more waits."""
        if self._waiting:
            self._draw_next_text()
        elif not self._is_set_up:
            self._try_set_up()
        elif not self._send_next() and not self._is_on:
            self._is_on = self._port.write(_ON)
        return not self._port.is_silent and (self._waiting != 0 or not self._is_on or self._stale_row() < ROWS)

    def check(self) -> None:
        """Ask whether the chip answers; set it up anew if it has not, and now and then in any case."""
        self._checks += 1
        if not self._port.write(_NOP) or self._checks == _CHECKS_TO_RENEW:
            self._checks = 0
            self._is_set_up = False

    def _try_set_up(self) -> None:
        self._is_set_up = self._port.write(_SET_UP)
        self._is_on = False
        for row in range(ROWS):
            self._stale[row] = _ALL_PIECES

    def _draw_next_text(self) -> None:
        for row in range(ROWS):
            if self._waiting >> row & 1:
                self._draw_text(row)
                return

    def _draw_text(self, row: int) -> None:
        self._waiting &= ~(1 << row)
        text = self._texts[row]
        drawn = self._drawn[row]
        for column in range(self._lengths[row]):
            if text[column] != drawn[column]:
                drawn[column] = text[column]
                self._draw_character(row, column * _PITCH, text[column])

    def _draw_character(self, row: int, column: int, character: int) -> None:
        if not font.FIRST <= character <= font.LAST:
            character = font.FIRST
        glyph = (character - font.FIRST) * font.WIDTH
        for index in range(font.WIDTH):
            self._put(row, column + index, font.GLYPHS[glyph + index])
        self._put(row, column + font.WIDTH, 0)

    def _put(self, row: int, column: int, points: int) -> None:
        at = row * POINTS + column
        if self._points[at] != points:
            self._points[at] = points
            self._stale[row] |= 1 << column // _PIECE

    def _send_next(self) -> bool:
        """Send the next piece that is stale; return whether there was one."""
        row = self._stale_row()
        if row == ROWS:
            return False
        stale = self._stale[row]
        piece = 0
        while not stale >> piece & 1:
            piece += 1
        self._send(row, piece)
        return True

    def _stale_row(self) -> int:
        """Return the first row with a stale piece; ROWS if there is none."""
        for row in range(ROWS):
            if self._stale[row]:
                return row
        return ROWS

    def _send(self, row: int, piece: int) -> None:
        buffer = self._piece
        column = piece * _PIECE
        buffer[1] = _PAGE | row
        buffer[3] = column & 0x0F
        buffer[5] = _COLUMN_HIGH | column >> 4
        at = row * POINTS + column
        for index in range(_PIECE):
            buffer[_HEAD + index] = self._points[at + index]
        if self._port.write(buffer):
            self._stale[row] &= ~(1 << piece)
        else:
            self._is_set_up = False
