"""The small feet of the display: the rollers' places as bars, the toe or gap at hand under an arrow, both mirrored."""

import pytest

from instep.axes import LEFT, RIGHT, STATIONS
from instep.panel.footprint import ROWS, WIDTH, Footprint
from instep.units import MILLI

LENGTH_UM = 260_000
LEFT_FOOT = """\
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


def _points(foot, top_um=-1, sole_um=-1, milli_station=-1):
    """Return the picture as lines of points."""
    footprint = Footprint(foot)
    footprint.place(top_um, sole_um, LENGTH_UM, milli_station)
    lines = []
    for row in range(ROWS):
        columns = bytearray(WIDTH + 2)
        footprint.compose(row, columns, 1)
        assert columns[0] == columns[-1] == 0
        lines += ["".join(".#"[column >> y & 1] for column in columns[1:-1]) for y in range(8)]
    return lines


def _changed(foot, **where):
    pairs = zip(_points(foot), _points(foot, **where), strict=True)
    return [y for y, (bare, marked) in enumerate(pairs) if bare != marked]


def test_a_foot_has_its_outline_and_toes():
    assert _points(LEFT) == LEFT_FOOT.split()


def test_the_right_foot_is_the_left_one_mirrored():
    everywhere = {"top_um": 100_000, "sole_um": 200_000, "milli_station": 0}
    assert _points(RIGHT, **everywhere) == [line[::-1] for line in _points(LEFT, **everywhere)]
    assert _points(RIGHT) != _points(LEFT)


@pytest.mark.parametrize("foot", [LEFT, RIGHT])
def test_a_roller_is_a_bar_that_goes_from_the_toe_tips_to_the_heel(foot):
    places = [_changed(foot, sole_um=um) for um in range(0, LENGTH_UM + 1, LENGTH_UM // 26)]
    assert places[0] == [4] and places[-1] == [30]
    assert places == sorted(places) and all(len(lines) == 1 for lines in places)


def test_the_top_roller_is_a_thicker_bar_than_the_sole_roller():
    assert _changed(LEFT, top_um=130_000) == [17, 18]
    assert _points(LEFT, top_um=130_000)[17] == "#" * WIDTH


def test_a_roller_beyond_the_heel_stays_in_the_picture():
    assert _changed(LEFT, top_um=400_000) == [30, 31]


def test_every_toe_and_gap_has_an_arrow_of_its_own_over_it():
    arrows = {tuple(_points(LEFT, milli_station=station * MILLI)[:2]) for station in range(STATIONS)}
    assert len(arrows) == STATIONS
    assert _points(LEFT, milli_station=0)[:2] == ["............###...", ".............#...."]


def test_nothing_is_marked_while_everything_is_lifted():
    assert _changed(LEFT) == []
    assert _changed(LEFT, milli_station=STATIONS * MILLI) == []
