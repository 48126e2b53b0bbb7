import itertools
from array import array

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from instep.stroke.trajectory import RAMP_TICKS, Trajectory, eased_ticks, ticks_at_full_speed

PLACES = st.integers(-340_000, 340_000)
CRUISES = st.integers(1, 3_000)
# The slowest stroke of the longest foot.
LONGEST = 40_000


def moved(goals: list[int], ticks: int) -> list[list[int]]:
    """Return the setpoints after each tick of a move from zero to `goals`."""
    setpoints = array("i", [0] * 10)
    move = Trajectory(setpoints, 0)
    move.clear()
    for axis, goal in enumerate(goals):
        move.add(axis, goal)
    move.begin(ticks)
    rows = [list(setpoints)]
    while not move.is_over:
        move.advance()
        rows.append(list(setpoints))
    return rows


@example([340_000, -1, 7], LONGEST)
@given(st.lists(PLACES, min_size=1, max_size=10), CRUISES)
def test_all_axes_arrive_together_exactly_and_in_time(goals, cruise):
    ticks = eased_ticks(cruise)
    rows = moved(goals, ticks)
    assert len(rows) == ticks + 1
    assert rows[-1][: len(goals)] == goals


@example(1, LONGEST)
@example(340_000, LONGEST)
@given(st.integers(1, 340_000), CRUISES)
def test_speed_never_exceeds_distance_over_cruising_time(distance, cruise):
    rows = moved([distance], eased_ticks(cruise))
    fastest = max(after[0] - before[0] for before, after in itertools.pairwise(rows))
    assert fastest <= -(-distance // max(cruise, RAMP_TICKS))


@example(1, LONGEST)
@example(340_000, LONGEST)
@given(st.integers(1, 340_000), CRUISES)
def test_speed_changes_by_no_more_than_the_ramp_allows(distance, cruise):
    rows = moved([distance], eased_ticks(cruise))
    speeds = [0, *(after[0] - before[0] for before, after in itertools.pairwise(rows)), 0]
    changes = [abs(after - before) for before, after in itertools.pairwise(speeds)]
    assert max(changes) <= distance // (RAMP_TICKS * max(cruise, RAMP_TICKS)) + 2


@example(-340_000, LONGEST, 2_000)
@given(st.integers(-340_000, 340_000).filter(bool), CRUISES, st.integers(0, 2_000))
def test_braking_stands_within_80_ms_and_never_overshoots_the_goal(goal, cruise, brake_at):
    setpoints = array("i", [0] * 10)
    move = Trajectory(setpoints, 0)
    move.add(0, goal)
    move.begin(eased_ticks(cruise))
    while not move.is_over and brake_at:
        move.advance()
        brake_at -= 1
    ticks = 0
    move.is_over = False
    while not move.is_over:
        move.brake()
        ticks += 1
    assert ticks <= 8
    assert 0 <= setpoints[0] * (1 if goal > 0 else -1) <= abs(goal)
    assert setpoints[1:] == array("i", [0] * 9)


def test_a_move_back_is_the_mirror_image_of_the_move_out():
    out = moved([123_457], 300)
    back = moved([-123_457], 300)
    assert [row[0] for row in out] == [-row[0] for row in back]


def test_an_axis_that_is_there_already_takes_no_part():
    setpoints = array("i", [7] * 10)
    move = Trajectory(setpoints, 0)
    assert move.add(0, 7) == 0
    assert move.add(1, 3) == 4


@pytest.mark.parametrize(
    ("rate", "pace", "speed"), [(0, 500, 1_000), (400, 500, 200), (1_000, 2_000, 1_000), (1, 1, 1)]
)
def test_a_way_is_as_fast_as_rate_and_pace_let_it_but_no_faster_than_its_axis(rate, pace, speed):
    assert ticks_at_full_speed(1_000, rate, pace, 10_001) == -(-10_001 // speed)
