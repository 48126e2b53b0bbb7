"""Waypoints of a path: what stands together in one, and the toe interlock from one to the next."""

import pytest
from hypothesis import given, settings

from host_tools.program.techniques import WAYPOINT, WAYPOINTS_MAX
from host_tools.program.violations import Findings
from host_tools.program.waypoints import read_waypoints
from instep.stroke.program import REACH_CLEAR
from tests.strategies import waypoints

CLEAR = {"reach": "clear"}


def read(*tables):
    """Return the waypoints that are read, and the problems by field."""
    findings = Findings("my.toml", {})
    found = read_waypoints(findings, ("waypoints",), list(tables))
    return found, [(violation.field, violation.problem) for violation in findings.violations]


def test_values_are_read_in_program_units():
    found, problems = read({"top": 300, "top_n": 12.5, "speed_mm_s": 30.5}, {"wait_s": 0.5}, CLEAR)
    assert problems == []
    assert found == ({"top": 300, "top_n": 1_250, "speed_mm_s": 305}, {"wait_s": 50}, {"reach": REACH_CLEAR})


@settings(max_examples=25)
@given(waypoints())
def test_every_path_that_keeps_the_interlock_is_read_back(path):
    def written(key, value):
        return "clear" if key == "reach" and value == REACH_CLEAR else value / WAYPOINT[key].per_unit

    whole = [
        {key: int(text) if WAYPOINT[key].per_unit == 1 and text != "clear" else text for key, text in table.items()}
        for table in ({key: written(key, value) for key, value in waypoint.items()} for waypoint in path)
    ]
    found, problems = read(*whole)
    assert (found, problems) == (path, [])


@pytest.mark.parametrize(
    ("table", "field", "problem"),
    [
        ({}, "waypoint 1", "moves nothing"),
        ({"speed_mm_s": 30}, "waypoint 1", "moves nothing"),
        ({"top_n": 5, "speed_mm_s": 30}, "waypoint 1, speed_mm_s", "has nothing to move"),
        ({"toe": 2, "top": 5}, "waypoint 1, toe", "stands with other fields"),
        ({"wait_s": 1, "top": 5}, "waypoint 1, wait_s", "stands with other fields"),
        ({"reach": "far"}, "waypoint 1, reach", "is unknown"),
        (7, "waypoint 1", "is not a waypoint"),
    ],
)
def test_a_waypoint_that_makes_no_sense_is_refused(table, field, problem):
    assert read(table)[1] == [(field, problem)]


@pytest.mark.parametrize(
    ("toes", "problem"),
    [
        ({"grip_n": 2}, "while grip_n is 2"),
        ({"turn_deg": -3}, "while turn_deg is -3"),
        ({"reach": 0}, "while reach is 0"),
    ],
)
def test_the_selector_moves_and_the_stroke_ends_with_the_toe_axes_clear_only(toes, problem):
    assert read(toes, {"toe": 2})[1] == [
        ("waypoint 2", f"moves the selector {problem}"),
        ("waypoint 2", f"ends the stroke {problem}"),
    ]
    assert read({"toe": 2}, toes)[1] == [("waypoint 2", f"ends the stroke {problem}")]


@pytest.mark.parametrize("value", [None, {}, [], [CLEAR] * (WAYPOINTS_MAX + 1)])
def test_a_path_has_1_to_200_waypoints(value):
    findings = Findings("my.toml", {})
    assert read_waypoints(findings, ("waypoints",), value) is None
    assert len(findings.violations) == 1
    assert read(*[CLEAR] * WAYPOINTS_MAX)[1] == []
