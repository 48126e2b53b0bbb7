"""What the laptop promises of time is what the scheduler takes, to the tick."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host_tools.program.load import load_program
from host_tools.program.model import Phase, Settings
from host_tools.program.timing import Case, phase_ticks, program_ticks
from instep.levels import FORCE_PERMILLE, PACE_PERMILLE
from instep.stroke.program import Program
from tests.host_tools.program.played import FEET_MM, MAX_MM, MIN_MM, compiled, played_ticks, promised_ticks, scheduled
from tests.strategies import programs


@settings(max_examples=30)
@given(programs(), FEET_MM, FEET_MM, st.sampled_from(FORCE_PERMILLE), st.sampled_from(PACE_PERMILLE))
def test_the_scheduler_takes_the_promised_ticks(drawn, left_mm, right_mm, force, pace):
    _, data = drawn
    promised = promised_ticks(data, left_mm, right_mm, force, pace)
    assert played_ticks(scheduled(data, left_mm, right_mm, force, pace)) == promised


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
