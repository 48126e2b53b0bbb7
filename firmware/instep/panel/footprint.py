"""A small picture of each foot with what touches it: rollers as bars, the toe or gap at hand under an arrow.

Eighteen columns by four rows of the display. The toes are on top; the right foot is the left one mirrored.
"""

from instep.axes import LEFT, MILLI_STATION, STATIONS
from micropython import const

WIDTH = 18
ROWS = 4
_POINTS = const(8)

# The left foot, seen by the person whose foot it is.
_OUTLINE = """\
..................
..................
..................
............####..
.........##.#..#..
......##.##.#..#..
...##.##.##.#..#..
.#.##.##.##.#..#..
.#.##.##.##.####..
.#................
..#############...
.#.............#..
.#..............#.
.#..............#.
.#..............#.
..#.............#.
..#............#..
..#............#..
..#...........#...
..#...........#...
..#..........#....
..#..........#....
..#..........#....
..#..........#....
..#..........#....
..#..........#....
..#..........#....
..#..........#....
..#..........#....
...#........#.....
....#......#......
.....######.......
"""

# The middle column of each toe and gap, big toe first.
_STATION_COLUMNS = bytes((13, 11, 9, 8, 6, 5, 4, 2, 1))
# From the toe tips to the heel.
_TIP = const(4)
_HEEL = const(30)
_NO_STATION = -1
_NOTHING = -1


def _columns() -> bytes:
    """Return the outline as columns of eight points, row by row of the display (called at start-up)."""
    lines = _OUTLINE.split("\n")
    columns = bytearray(ROWS * WIDTH)
    for y in range(ROWS * _POINTS):
        for x in range(WIDTH):
            if lines[y][x] == "#":
                columns[y // _POINTS * WIDTH + x] |= 1 << y % _POINTS
    return bytes(columns)


class Footprint:
    """One foot's picture; `picture` is what `compose` has last drawn."""

    def __init__(self, foot: int) -> None:
        self._is_mirrored = foot != LEFT
        self._outline = _columns()
        self.picture = bytearray(WIDTH)
        self._top = self._sole = _NOTHING
        self._station = _NO_STATION

    def place(self, top_um: int, sole_um: int, length_um: int, milli_station: int) -> None:
        """Say where the rollers stand (um from the toe tips, negative: lifted) and the toe tool (negative: clear)."""
        self._top = _line(top_um, length_um)
        self._sole = _line(sole_um, length_um)
        is_at_toes = 0 <= milli_station < STATIONS * MILLI_STATION
        self._station = milli_station // MILLI_STATION if is_at_toes else _NO_STATION

    def compose(self, row: int) -> None:
        """Draw row 0..3 of the picture."""
        for x in range(WIDTH):
            at = WIDTH - 1 - x if self._is_mirrored else x
            column = self._outline[row * WIDTH + x]
            column |= _bar(self._top, row) | _bar(self._top + 1, row) if self._top >= 0 else 0
            if x & 1:
                column |= _bar(self._sole, row)
            self.picture[at] = column
        if row == 0 and self._station != _NO_STATION:
            self._point()

    def _point(self) -> None:
        """Draw the arrow over the toe or gap."""
        middle = _STATION_COLUMNS[self._station]
        for x in range(max(0, middle - 1), min(WIDTH, middle + 2)):
            at = WIDTH - 1 - x if self._is_mirrored else x
            self.picture[at] |= 0b11 if x == middle else 0b01


def _line(place_um: int, length_um: int) -> int:
    """Return the line of points at a place along the foot."""
    if place_um < 0:
        return _NOTHING
    return min(_HEEL, _TIP + place_um * (_HEEL - _TIP) // length_um)


def _bar(line: int, row: int) -> int:
    """Return the point of `line` in a column of `row`."""
    return 1 << line % _POINTS if line >= 0 and line // _POINTS == row else 0
