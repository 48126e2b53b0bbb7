"""The shipped programs are what the massage says of them."""

from dataclasses import replace

import pytest

from host_tools.program.extremes import slowest_cases
from host_tools.program.load import SHIPPED, load_program, shipped
from host_tools.program.model import Phase
from host_tools.program.plan import planned_figures
from host_tools.program.prove import max_places, prove
from host_tools.program.timing import LENGTHS_UM, Case, program_ticks
from instep.axes import AXES_PER_FOOT, SOLE_PRESS, TICKS_PER_S, TOE_GRIP, TOE_REACH, TOP_PRESS
from instep.levels import GENTLE_MINUTES, GENTLE_PRESS_MAX_MN
from instep.stroke.program import AXIS_WAIT, REACH_CLEAR, Program
from instep.stroke.step_timing import lane_target

DEMO_MAX_S = 20
EVENNESS_MAX = 4.0
TOUCHED_MIN = 0.85


def cycle(name: str) -> list[Phase]:
    return [phase for phase in load_program(name).program.phases if not phase.is_closing]


def test_the_seven_programs_ship_under_their_own_names():
    assert shipped() == ("classic", "demo", "duo", "evening", "gentle", "quick", "toes")
    assert all(load_program(name).program.name == name for name in shipped())
    assert all(load_program(name).path.parent == SHIPPED for name in shipped())


def test_classic_gives_the_five_techniques_in_the_order_of_the_massage():
    phases = cycle("classic")
    assert [phase.technique for phase in phases] == ["smooth", "top", "sole", "pull", "slide"]
    assert [phase.feet for phase in phases] == ["both", "each", "each", "each", "each"]
    smooth, top, sole, pull, slide = phases
    assert (smooth.repeats, top.repeats, sole.repeats) == (2, 4, 4)
    assert all(phase.number("force_out_n") > phase.number("force_back_n") for phase in (smooth, top, sole))
    assert pull.selection("toes") == (1, 2, 3, 4, 5)
    assert slide.selection("gaps") == (1, 2, 3, 4)
    assert 2 <= slide.number("slides") <= 3


@pytest.mark.parametrize("name", ["classic", "duo", "quick", "toes", "gentle"])
def test_one_cycle_and_the_closing_fit_the_session_of_every_foot_at_every_pace(name):
    loaded = load_program(name)
    proof = prove(Program(loaded.data))
    assert proof.cycle.max_s + proof.closing.max_s < loaded.program.minutes * 60


def test_duo_gives_what_classic_gives_to_both_feet_at_once_half_a_stroke_apart():
    classic, duo = load_program("classic").program, load_program("duo").program
    assert all(phase.feet == "alternate" for phase in duo.phases)
    assert [replace(phase, feet="") for phase in duo.phases] == [replace(phase, feet="") for phase in classic.phases]
    assert (duo.minutes, duo.heat) == (classic.minutes, classic.heat)


@pytest.mark.parametrize("name", ["classic", "duo"])
def test_no_place_is_planned_to_get_more_than_four_times_the_median_dose(name):
    for figures in planned_figures(Program(load_program(name).data)):
        assert figures.top_evenness is not None and figures.top_evenness <= EVENNESS_MAX
        assert figures.sole_evenness is not None and figures.sole_evenness <= EVENNESS_MAX


def test_duo_is_planned_to_touch_each_foot_nearly_always_and_classic_to_touch_one_foot_at_a_time():
    duo, classic = (planned_figures(Program(load_program(name).data)) for name in ("duo", "classic"))
    assert min(figures.touched for figures in duo) >= TOUCHED_MIN
    assert max(figures.touched for figures in classic) < TOUCHED_MIN


def test_duo_gives_more_firm_strokes_than_classic_in_the_same_time():
    duo, classic = (planned_figures(Program(load_program(name).data)) for name in ("duo", "classic"))
    assert min(figures.firm_minutes for figures in duo) > 1.3 * max(figures.firm_minutes for figures in classic)


def test_quick_is_ten_minutes_of_top_and_sole():
    assert [phase.technique for phase in cycle("quick")] == ["top", "sole"]
    assert load_program("quick").program.minutes == 10


def test_toes_is_pull_and_slide():
    assert [phase.technique for phase in cycle("toes")] == ["pull", "slide"]


def test_gentle_is_light_cold_short_and_pulls_no_toe():
    loaded = load_program("gentle")
    places = max_places(Program(loaded.data))
    assert max(places[TOP_PRESS], places[SOLE_PRESS]) <= GENTLE_PRESS_MAX_MN
    assert places[TOE_GRIP] == 0
    assert (loaded.program.heat, loaded.program.minutes) == ("off", GENTLE_MINUTES)


def test_evening_returns_more_slowly_than_it_goes_out_and_is_softer_than_classic():
    strokes = [phase for phase in cycle("evening") if phase.technique in ("smooth", "top", "sole")]
    assert all(phase.number("speed_back_mm_s") < phase.number("speed_out_mm_s") for phase in strokes)
    evening, classic = (max_places(Program(load_program(name).data)) for name in ("evening", "classic"))
    assert evening[TOP_PRESS] < classic[TOP_PRESS]
    assert evening[SOLE_PRESS] < classic[SOLE_PRESS]


def moved_from_home(program: Program) -> set[int]:
    lanes = [program.lane_offset(lane) for lane in range(program.lane_count)]
    home = {axis: REACH_CLEAR if axis == TOE_REACH else 0 for axis in range(AXES_PER_FOOT)}
    return {program.data[at] for at in lanes if lane_target(program.data, at) != home.get(program.data[at])}


def test_demo_moves_every_axis_in_less_than_20_s_on_every_foot():
    program = Program(load_program("demo").data)
    assert moved_from_home(program) - {AXIS_WAIT} == set(range(AXES_PER_FOOT))
    for length in LENGTHS_UM:
        case = Case(length, length)
        ticks = program_ticks(program, case, case, False) + program_ticks(program, case, case, True)
        assert ticks < DEMO_MAX_S * TICKS_PER_S


def test_the_slowest_cases_are_one_of_each_intensity():
    assert len({case.force_permille for case in slowest_cases()}) == 5
