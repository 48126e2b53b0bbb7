"""The display: the board's own driver draws into a copy of the glass, so that the page shows it point for point."""

from collections.abc import Iterator

from instep.axes import DISPLAY_COLUMNS, DISPLAY_POINTS, DISPLAY_ROWS
from instep.hal.ssd1306 import Ssd1306

# The driver's first byte says what follows (data sheet of the SSD1306): a command, or points.
_COMMAND = 0x80
_DATA = 0x40
_COLUMN_HIGH = 0x10
_PAGE = 0xB0
_LOW = 0x0F
_HEAD_BYTES = 7


class Rows:
    """The rows as texts, for the simulated person; assigning a row shows it."""

    def __init__(self, display: "PageDisplay") -> None:
        self._display = display

    def __iter__(self) -> Iterator[str]:
        return iter([bytes(row).decode() for row in self._display.text])

    def __getitem__(self, index: "int | slice") -> "str | list[str]":
        return list(self)[index]

    def __setitem__(self, index: slice, rows: "list[str]") -> None:
        for number in range(DISPLAY_ROWS):
            self._display.write_row(number, bytearray(rows[number].encode()))


class PageDisplay:
    """The device of the simulated hardware; `points` is what the glass shows, a byte for eight points of a column.

    Writing allocates nothing, because the firmware draws with its heap locked.
    """

    def __init__(self) -> None:
        self.text = [bytearray(b" " * DISPLAY_COLUMNS) for _ in range(DISPLAY_ROWS)]
        self.points = bytearray(DISPLAY_ROWS * DISPLAY_POINTS)
        self.rows = Rows(self)
        self.is_silent = False
        self._chip = Ssd1306(self)  # type: ignore[arg-type] # of the bus, only `write` is used

    def write_row(self, row: int, text: bytearray) -> None:
        """Show 1..21 characters in row 0..7; the rest of the row stays."""
        shown = self.text[row]
        for column in range(len(text)):
            shown[column] = text[column]
        self._chip.write_row(row, text)

    def draw(self, row: int, column: int, picture: bytearray) -> None:
        """Show columns of points from `column` on."""
        self._chip.draw(row, column, picture)

    def refresh(self) -> None:
        """Send everything that has changed to the glass."""
        while self._chip.slack():
            pass

    def write(self, data: "bytes | bytearray | memoryview[int]") -> bool:
        """Take a transfer of the driver to the glass."""
        if data[0] == _COMMAND and data[_HEAD_BYTES - 1] == _DATA:
            start = DISPLAY_POINTS * (data[1] & ~_PAGE) + (data[3] & _LOW | (data[5] & ~_COLUMN_HIGH) << 4)
            self.points[start : start + len(data) - _HEAD_BYTES] = data[_HEAD_BYTES:]
        return True
