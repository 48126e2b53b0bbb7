"""A drawn stroke becomes waypoints: its turns and ends, in steps that a person would write."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.program.violations import Findings
from host_tools.program.waypoints import read_waypoints
from sim.page.strokes import simplest, waypoints_of

PLACES = st.lists(st.floats(0, 1_000), min_size=2, max_size=40)
CURVES = st.lists(st.floats(-5, 200), min_size=1, max_size=9)
EVEN = ([10.0], [30.0])


def places_of(waypoints, side="top"):
    return [waypoint[side] for waypoint in waypoints if side in waypoint]


def test_a_stroke_goes_to_its_turns_in_legs_of_about_a_quarter_of_the_foot():
    found = waypoints_of("top", [0, 500, 1_000, 400], *EVEN)
    assert places_of(found) == [250, 500, 750, 1_000, 700, 400]
    assert found[:2] == [{"arch_n": 8}, {"top_n": 10.0}]


def test_the_trembling_of_a_hand_is_no_turn():
    assert places_of(waypoints_of("sole", [0, 100, 60, 200, 170, 300], *EVEN), "sole") == [300]
    assert "heel_n" in waypoints_of("sole", [0, 300], *EVEN)[0]


def test_force_and_speed_follow_their_curves_over_the_whole_way():
    found = waypoints_of("top", [0, 1_000], [0.0, 20.0], [20.0, 60.0])
    moves = [waypoint for waypoint in found if "top" in waypoint]
    assert [move["top_n"] for move in moves] == [5.0, 10.0, 15.0, 20.0]
    assert [move["speed_mm_s"] for move in moves] == [25, 35, 45, 55]


@pytest.mark.parametrize("places", [[], [500], [500, 520, 480]])
def test_a_stroke_without_length_is_refused(places):
    with pytest.raises(ValueError, match="too short"):
        waypoints_of("top", places, *EVEN)


@given(
    PLACES, st.lists(st.floats(-5, 50), min_size=1, max_size=9), st.lists(st.floats(0, 200), min_size=1, max_size=9)
)
def test_any_stroke_is_one_that_the_checker_takes(places, forces, speeds):
    try:
        found = waypoints_of("top", places, forces, speeds)
    except ValueError:
        return
    findings = Findings("drawn.toml", {})
    written = [{key: simplest(value) for key, value in waypoint.items()} for waypoint in found]
    assert read_waypoints(findings, ("waypoints",), written) is not None, findings.violations
    assert all(abs(after - before) <= 375 for before, after in pairwise(places_of(found)))


def test_a_whole_number_is_written_without_a_point():
    assert [repr(simplest(value)) for value in (5.0, 5.5, "x", 7)] == ["5", "5.5", "'x'", "7"]
