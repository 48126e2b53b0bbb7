"""A small picture of a foot and its tools: rollers as bars, an arrow over the toe or gap being treated.

Eighteen columns by four rows of the display. The toes are on top; the right foot is the left one mirrored.
"""

from instep.axes import LEFT, STATIONS
from instep.units import MILLI
from micropython import const

WIDTH = 18
ROWS = 4
_POINTS = const(8)

# The left foot, seen by the person whose foot it is: columns of eight points, top point in bit 0, row by row.
# tests/firmware/panel/test_footprint.py shows it as a picture.
_OUTLINE = (
    b"\x00\x80\x00\xc0\xc0\x00\xe0\xe0\x00\xf0\xf0\x00\xf8\x08\x08\xf8\x00\x00"
    b"\x00\x7b\x84\x05\x05\x04\x05\x05\x04\x05\x05\x04\x05\x05\x05\x09\xf0\x00"
    b"\x00\x00\xff\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xf0\x0c\x03\x00\x00"
    b"\x00\x00\x1f\x20\x40\x80\x80\x80\x80\x80\x80\x40\x20\x1f\x00\x00\x00\x00"
)

# The middle column of each toe and gap, big toe first.
_STATION_COLUMNS = bytes((13, 11, 9, 8, 6, 5, 4, 2, 1))
# From the toe tips to the heel.
_TIP = const(4)
_HEEL = const(30)
_NO_STATION = -1
_NOTHING = -1


class Footprint:
    """The picture of one foot: `place` the tools, then `compose` its rows."""

    def __init__(self, foot: int) -> None:
        self._is_mirrored = foot != LEFT
        self._top = self._sole = _NOTHING
        self._station = _NO_STATION

    def place(self, top_um: int, sole_um: int, length_um: int, milli_station: int) -> None:
        """Set the rollers' places (um from the toe tips, negative: lifted) and the toe tool's (negative: clear)."""
        self._top = _line(top_um, length_um)
        self._sole = _line(sole_um, length_um)
        is_at_toes = 0 <= milli_station < STATIONS * MILLI
        self._station = milli_station // MILLI if is_at_toes else _NO_STATION

    def compose(self, row: int, columns: bytearray, start: int) -> None:
        """Draw row 0..3 of the picture into WIDTH `columns` from `start` on."""
        top = _bar(self._top, row) | _bar(self._top + 1, row) if self._top != _NOTHING else 0
        sole = _bar(self._sole, row)
        at = start + WIDTH - 1 if self._is_mirrored else start
        step = -1 if self._is_mirrored else 1
        first = row * WIDTH
        for x in range(first, first + WIDTH):
            columns[at] = _OUTLINE[x] | top | (sole if x & 1 else 0)
            at += step
        if row == 0 and self._station != _NO_STATION:
            self._point(columns, start)

    def _point(self, columns: bytearray, start: int) -> None:
        """Draw the arrow over the toe or gap."""
        middle = _STATION_COLUMNS[self._station]
        for x in range(max(0, middle - 1), min(WIDTH, middle + 2)):
            at = WIDTH - 1 - x if self._is_mirrored else x
            columns[start + at] |= 0b11 if x == middle else 0b01


def _line(place_um: int, length_um: int) -> int:
    """Return the line of points at a place along the foot."""
    if place_um < 0:
        return _NOTHING
    return min(_HEEL, _TIP + place_um * (_HEEL - _TIP) // length_um)


def _bar(line: int, row: int) -> int:
    """Return the point of `line` in a column of `row`."""
    return 1 << line % _POINTS if line >= 0 and line // _POINTS == row else 0
