"""A row of text that is written without allocating."""

import struct

from instep.axes import DISPLAY_COLUMNS
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.texts import Texts

ROW_FORMAT = "21s"  # copies a row in one call
_SPACE = const(32)
_ZERO = const(48)
_COLON = const(58)
_POINT = const(46)
_BLANK = b" " * DISPLAY_COLUMNS


class Row:
    """The row being composed; text that does not fit is cut off."""

    def __init__(self) -> None:
        self.text = bytearray(DISPLAY_COLUMNS)
        self._at = 0

    def clear(self) -> None:
        """Fill the row with spaces and go to its start."""
        struct.pack_into(ROW_FORMAT, self.text, 0, _BLANK)
        self._at = 0

    def go_to(self, column: int) -> None:
        """Append the next text from `column` on."""
        self._at = column

    def put(self, text: bytes) -> None:
        """Append ASCII text."""
        self._put_part(text, 0, len(text))

    def put_text(self, texts: "Texts", number: int, part: int = 0) -> None:
        """Append a text of a table."""
        texts.find(number, part)
        self._put_part(texts.text, texts.start, texts.end)

    def _put_part(self, text: bytes, start: int, end: int) -> None:
        row = self.text
        at = self._at
        end = min(end, start + DISPLAY_COLUMNS - at)
        while start < end:
            row[at] = text[start]
            at += 1
            start += 1
        self._at = at

    def put_line(self, texts: "Texts", number: int, part: int, line: int) -> int:
        """Append line number `line` of a text, wrapped at spaces; return `line` minus the lines of the text.

        A negative result: the text has that line. Otherwise the result is the line's number in the text that follows.
        A word longer than a row is cut.
        """
        texts.find(number, part)
        text = texts.text
        start = texts.start
        last = texts.end
        while start < last:
            end = min(start + DISPLAY_COLUMNS, last)
            if end < last:
                while end > start and text[end] != _SPACE:
                    end -= 1
                if end == start:
                    end += DISPLAY_COLUMNS
            if line == 0:
                self._put_part(text, start, end)
            line -= 1
            start = end + 1
        return line

    def put_number(self, value: int) -> None:
        """Append an integer 0..999 999; a negative one is shown as 0."""
        value = max(0, value)
        divisor = 1
        while divisor * 10 <= value:
            divisor *= 10
        while divisor:
            self._put(_ZERO + value // divisor % 10)
            divisor //= 10

    def put_clock(self, seconds: int) -> None:
        """Append minutes and seconds, as 14:05."""
        self.put_number(seconds // 60)
        self._put(_COLON)
        self._put(_ZERO + seconds % 60 // 10)
        self._put(_ZERO + seconds % 10)

    def put_temperature(self, centi_c: int) -> None:
        """Append a temperature with one decimal, as 38.9 C."""
        deci_c = (max(0, centi_c) + 5) // 10
        self.put_number(deci_c // 10)
        self._put(_POINT)
        self._put(_ZERO + deci_c % 10)
        self.put(b" C")

    def _put(self, character: int) -> None:
        if self._at < DISPLAY_COLUMNS:
            self.text[self._at] = character
            self._at += 1
