"""The longest and the shortest times of a program hold for every foot, intensity and pace, and are reached."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host_tools.program.extremes import is_separable, max_stroke_ticks, max_ticks, min_ticks
from host_tools.program.load import load_program
from host_tools.program.model import Phase
from host_tools.program.timing import LENGTHS_UM, Case, phase_ticks, program_ticks
from instep.levels import FORCE_PERMILLE, PACE_PERMILLE
from instep.stroke.program import REACH_CLEAR, Program
from tests.host_tools.program.played import FEET_MM, MAX_MM, MIN_MM, compiled, played_ticks, promised_ticks, scheduled
from tests.strategies import programs


@settings(max_examples=15)
@given(programs(), FEET_MM, FEET_MM, st.sampled_from(FORCE_PERMILLE), st.sampled_from(PACE_PERMILLE))
def test_all_feet_and_levels_stay_between_minimum_and_maximum(drawn, left_mm, right_mm, force, pace):
    _, data = drawn
    program = Program(data)
    for closing, ticks in enumerate(promised_ticks(data, left_mm, right_mm, force, pace)):
        assert min_ticks(program, bool(closing)) <= ticks <= max_ticks(program, bool(closing))


@settings(max_examples=30)
@given(programs(), FEET_MM, FEET_MM, st.sampled_from(FORCE_PERMILLE), st.sampled_from(PACE_PERMILLE))
def test_no_stroke_lasts_longer_than_the_longest(drawn, left_mm, right_mm, force, pace):
    _, data = drawn
    program = Program(data)
    case = Case(min(left_mm, right_mm) * 1000, max(left_mm, right_mm) * 1000, force, pace_permille=pace)
    for phase in range(program.phase_count):
        assert max(phase_ticks(program, phase, case).strokes) <= max_stroke_ticks(program, phase)


@pytest.mark.parametrize("name", ["demo", "quick"])
def test_a_small_and_a_large_foot_at_the_slowest_pace_take_the_greatest_time(name):
    data = load_program(name).data
    pace = min(PACE_PERMILLE)
    for closing, maximum in enumerate((max_ticks(Program(data), False), max_ticks(Program(data), True))):
        taken = [played_ticks(scheduled(data, MIN_MM, MAX_MM, force, pace))[closing] for force in FORCE_PERMILLE]
        assert max(taken) == maximum


# A larger foot has longer toes, and their tips are nearer to where the reach is clear.
TO_THE_TIPS = Phase("path", "both", 1, {}, ({"reach": 1000}, {"reach": REACH_CLEAR}))


@pytest.mark.parametrize("data", [load_program("demo").data, load_program("toes").data, compiled(TO_THE_TIPS)])
def test_the_minimum_time_is_that_of_the_quickest_foot_and_intensity(data):
    program = Program(data)
    pace = max(PACE_PERMILLE)
    cases = [Case(length, length, force, pace_permille=pace) for length in LENGTHS_UM for force in FORCE_PERMILLE]
    assert min_ticks(program, False) == min(program_ticks(program, case, case, False) for case in cases)


@pytest.mark.parametrize(
    ("feet", "waypoints", "expected"),
    [
        ("both", ({"top_n": 2000}, {"top": 500}, {"top": 0}), True),
        ("both", ({"top": 500, "top_n": 2000}, {"top": 0}), False),
        ("alternate", ({"top_n": 2000}, {"top": 500}, {"top": 0}), False),
    ],
)
def test_steps_of_foot_and_intensity_together_and_alternate_feet_are_not_separable(feet, waypoints, expected):
    phase = Phase("path", feet, 1, {}, waypoints)
    assert is_separable(Program(compiled(phase))) == expected
