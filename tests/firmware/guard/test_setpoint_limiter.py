"""Setpoints: one outside its axis, or a toe selector that moves with toes held, is replaced and trips."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.axes import AXES, AXES_PER_FOOT, HIGH, HOME, LOW, TOE_GRIP, TOE_REACH, TOE_SELECT
from instep.guard import faults
from tests.firmware.guard_rig import Bench, Well


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def wells(bench):
    bench.guard._wells = (Well(), Well())
    return bench.guard._wells


@pytest.mark.parametrize("index", range(AXES))
def test_a_setpoint_outside_its_axis_trips_and_stays_what_it_was(bench, index):
    axis = index % AXES_PER_FOOT
    for value, fault in (
        (LOW[axis], faults.NO_FAULT),
        (HIGH[axis], faults.NO_FAULT),
        (HIGH[axis] + 1, faults.FAULT_SETPOINT_RANGE),
    ):
        bench.setpoints[index] = value
        bench.guard.check_setpoints(bench.setpoints)
        assert bench.guard.fault == fault
        assert bench.setpoints[index] == min(value, HIGH[axis])
    below = Bench()
    below.setpoints[index] = LOW[axis] - 1
    below.guard.check_setpoints(below.setpoints)
    assert below.guard.fault == faults.FAULT_SETPOINT_RANGE
    assert below.setpoints == array("i", HOME * 2)


def test_a_setpoint_that_stays_outside_its_axis_is_put_back_in_every_tick(bench):
    for _ in range(5):
        bench.setpoints[0] = HIGH[0] + 1
        bench.guard.check_setpoints(bench.setpoints)
        assert bench.setpoints[0] == 0


@given(
    foot=st.integers(0, 1),
    moves=st.lists(
        st.tuples(st.sampled_from([0, 1, 8_000]), st.sampled_from([0, 1, 5_000]), st.sampled_from([0, 60_000]))
    ),
)
def test_the_selector_may_only_move_with_the_grip_open_and_the_reach_clear(foot, moves):
    bench = Bench()
    base = foot * AXES_PER_FOOT
    due = faults.NO_FAULT
    for station, grip, reach in moves:
        stood_at = bench.setpoints[base + TOE_SELECT]
        has_moved = station != stood_at
        bench.setpoints[base + TOE_SELECT] = station
        bench.setpoints[base + TOE_GRIP] = grip
        bench.setpoints[base + TOE_REACH] = reach
        if has_moved and (grip != 0 or reach != HOME[TOE_REACH]):
            due = faults.FAULT_TOE_INTERLOCK
            station = stood_at
        assert bench.ticks(1) == due
        assert bench.setpoints[base + TOE_SELECT] == station, "the selector does not move with toes held"
