"""The dose along a foot, and its distance from a wish."""

import numpy as np
import pytest

from host_tools.massage import foot_shape
from sim.search.profile import along, at_places, deviation, hats, wished
from sim.search.wish import Wish

ROWS, COLUMNS = foot_shape.grid()
FLAT = Wish("", 10, "off", {"sole": ((0, 4.0), (1000, 4.0))})
LENGTH_MM = 260.0


def test_the_dose_along_a_foot_is_the_greatest_of_each_row():
    view = np.zeros((len(ROWS), len(COLUMNS)))
    view[:, 3] = ROWS
    view[7, 5] = 9.0
    assert along(view)[7] == 9.0 and along(view)[100] == ROWS[100]


def test_a_wish_lies_on_straight_lines_between_its_places_and_is_soft_at_its_edges():
    aim = wished(((200, 2.0), (800, 8.0)), "sole", LENGTH_MM)
    assert at_places(aim, "sole", (400, 500)) == pytest.approx([4.0, 5.0], abs=0.01)
    assert 0.5 < at_places(aim, "sole", (200,))[0] < 2.0
    assert not at_places(aim, "sole", (50, 950)).any()


def test_the_top_ends_at_the_ankle():
    aim = wished(((0, 4.0), (1000, 4.0)), "top", LENGTH_MM)
    assert at_places(aim, "top", (900,)) == pytest.approx([4.0])
    assert not aim[ROWS > 0.9].any()


def test_a_dose_that_is_the_wish_has_no_deviation_and_none_at_all_has_the_whole():
    aim = wished(FLAT.doses["sole"], "sole", LENGTH_MM)
    nothing = np.zeros(len(ROWS))
    feet = [{"sole": aim, "top": nothing}, {"sole": 1.1 * aim, "top": nothing}]
    assert deviation(FLAT, feet, [LENGTH_MM, LENGTH_MM]) == pytest.approx(0.05)
    assert deviation(FLAT, [{"sole": nothing}] * 2, [LENGTH_MM, LENGTH_MM]) == pytest.approx(1.0)


def test_near_a_place_counts_most_and_all_rows_between_count_once():
    near = hats("sole", (0, 400, 1000))
    assert at_places(near[1], "sole", (400,)) == pytest.approx([1.0], abs=0.01)
    assert near.sum(axis=0)[(ROWS > 0) & (ROWS < 1)] == pytest.approx(1.0)
