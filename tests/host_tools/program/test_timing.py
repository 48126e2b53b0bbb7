"""What the laptop promises of time is what the scheduler takes, to the tick."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host_tools.program.compile import compile_program
from host_tools.program.extremes import is_separable, max_stroke_ticks, max_ticks, min_ticks
from host_tools.program.load import load_program
from host_tools.program.model import Phase, Settings
from host_tools.program.model import Program as ModelProgram
from host_tools.program.prove import max_places, max_speeds
from host_tools.program.timing import LENGTHS_UM, Case, phase_ticks, program_ticks
from instep.axes import AXES, AXES_PER_FOOT, HIGH, HOME, SOLE_PRESS, TOE_REACH
from instep.levels import FORCE_PERMILLE, PACE_PERMILLE
from instep.stroke.foot_scaling import FootLengths
from instep.stroke.program import REACH_CLEAR, Program
from instep.stroke.scheduler import IDLE, Scheduler
from tests.strategies import programs

FEET_MM = st.integers(203, 323)
MIN_MM, MAX_MM = 203, 323
BOTH = 3


def scheduled(data: bytes, left_mm: int, right_mm: int, force: int, pace: int) -> Scheduler:
    scheduler = Scheduler()
    scheduler.set_levels(force, HIGH[SOLE_PRESS], pace)
    assert scheduler.load(Program(data), FootLengths(left_mm * 1000, right_mm * 1000), BOTH)
    scheduler.start(single_cycle=True)
    return scheduler


def played_ticks(scheduler: Scheduler) -> tuple[int, int]:
    """Play to the end; return the ticks of the cycle and those of the closing."""
    cycle = closing = 0
    while scheduler.state != IDLE:
        if scheduler.is_closing:
            closing += 1
        else:
            cycle += 1
        scheduler.tick()
    return cycle, closing


def promised_ticks(data: bytes, left_mm: int, right_mm: int, force: int, pace: int) -> tuple[int, int]:
    longer_um = max(left_mm, right_mm) * 1000
    left = Case(left_mm * 1000, longer_um, force, pace_permille=pace)
    right = Case(right_mm * 1000, longer_um, force, pace_permille=pace)
    program = Program(data)
    return program_ticks(program, left, right, False), program_ticks(program, left, right, True)


@settings(max_examples=30)
@given(programs(), FEET_MM, FEET_MM, st.sampled_from(FORCE_PERMILLE), st.sampled_from(PACE_PERMILLE))
def test_the_scheduler_takes_the_promised_ticks(drawn, left_mm, right_mm, force, pace):
    _, data = drawn
    promised = promised_ticks(data, left_mm, right_mm, force, pace)
    assert played_ticks(scheduled(data, left_mm, right_mm, force, pace)) == promised


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


@pytest.mark.parametrize("name", ["demo", "quick"])
def test_a_small_and_a_large_foot_at_the_slowest_pace_take_the_greatest_time(name):
    data = load_program(name).data
    pace = min(PACE_PERMILLE)
    for closing, maximum in enumerate((max_ticks(Program(data), False), max_ticks(Program(data), True))):
        taken = [played_ticks(scheduled(data, MIN_MM, MAX_MM, force, pace))[closing] for force in FORCE_PERMILLE]
        assert max(taken) == maximum


SHORT_CLOSING = Phase("rest", "both", 1, {"seconds": 100}, is_closing=True)
# A larger foot has longer toes, and their tips are nearer to where the reach is clear.
TO_THE_TIPS = Phase("path", "both", 1, {}, ({"reach": 1000}, {"reach": REACH_CLEAR}))


def compiled(phase: Phase) -> bytes:
    return compile_program(ModelProgram("one", "", "", 10, "off", (phase, SHORT_CLOSING)))


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


@pytest.mark.parametrize(("name", "expected_um"), [("toes", 54_000), ("gentle", 45_000), ("quick", 0)])
def test_the_travel_along_a_toe_is_the_longest_toe_or_gap_of_the_largest_foot(name, expected_um):
    assert max_places(Program(load_program(name).data))[TOE_REACH] == expected_um


def test_alternate_feet_keep_half_a_stroke_apart():
    sole = {"force_out_n": 2000, "force_back_n": 500, "speed_out_mm_s": 400, "speed_back_mm_s": 400}

    def ticks(feet: str, repeats: int) -> int:
        phase = Phase("sole", feet, repeats, sole)
        return program_ticks(Program(compiled(phase)), Case(), Case(), False)

    stroke = ticks("both", 3) - ticks("both", 2)
    # Half of the first stroke, which also presses from nothing: up to 0.1 s more.
    assert abs(ticks("alternate", 3) - ticks("both", 3) - stroke // 2) <= 10


@pytest.mark.parametrize(("left_mm", "right_mm"), [(MIN_MM, MAX_MM), (MAX_MM, MIN_MM)])
def test_alternate_feet_of_different_length_take_the_promised_ticks(left_mm, right_mm):
    slide: Settings = {"gaps": (1, 4), "slides": 2, "hold_n": 500, "slide_mm_s": 200}
    data = compiled(Phase("slide", "alternate", 2, slide))
    promised = promised_ticks(data, left_mm, right_mm, 1000, 1000)
    assert played_ticks(scheduled(data, left_mm, right_mm, 1000, 1000)) == promised


def test_a_foot_in_time_with_a_longer_one_takes_the_longer_of_both_times_in_every_step():
    program = Program(load_program("toes").data)
    small = phase_ticks(program, 1, Case(203_000, 203_000)).total
    large = phase_ticks(program, 1, Case(323_000, 323_000)).total
    assert phase_ticks(program, 1, Case(203_000, 323_000)).total > max(small, large)
