"""The proved places and speeds are those of the setpoints."""

import pytest
from hypothesis import given, settings

from host_tools.program.load import load_program
from host_tools.program.prove import max_places, max_speeds
from instep.axes import AXES, AXES_PER_FOOT, HOME, TOE_REACH
from instep.levels import FORCE_PERMILLE, PACE_PERMILLE
from instep.stroke.program import Program
from instep.stroke.scheduler import IDLE
from tests.host_tools.program.played import MAX_MM, scheduled
from tests.strategies import programs


@settings(max_examples=20)
@given(programs())
def test_the_promised_places_and_speeds_are_those_of_the_setpoints(drawn):
    _, data = drawn
    program = Program(data)
    scheduler = scheduled(data, MAX_MM, MAX_MM, max(FORCE_PERMILLE), max(PACE_PERMILLE))
    places, speeds = [0] * AXES_PER_FOOT, [0] * AXES_PER_FOOT
    before = list(scheduler.setpoints)
    while scheduler.state != IDLE:
        scheduler.tick()
        for index in range(AXES):
            axis, place = index % AXES_PER_FOOT, scheduler.setpoints[index]
            if axis != TOE_REACH:
                places[axis] = max(places[axis], abs(place))
            speeds[axis] = max(speeds[axis], abs(place - before[index]))
            before[index] = place
    assert all(places[axis] == maximum for axis, maximum in enumerate(max_places(program)) if axis != TOE_REACH)
    assert all(speeds[axis] <= maximum for axis, maximum in enumerate(max_speeds(program)))
    assert list(scheduler.setpoints) == list(HOME) * 2


@pytest.mark.parametrize(("name", "expected_um"), [("toes", 54_000), ("gentle", 45_000), ("quick", 0)])
def test_the_travel_along_a_toe_is_the_longest_toe_or_gap_of_the_largest_foot(name, expected_um):
    assert max_places(Program(load_program(name).data))[TOE_REACH] == expected_um
