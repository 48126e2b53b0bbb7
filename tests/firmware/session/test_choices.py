"""What a person may choose, and what remains of it for feet that need care."""

import pytest

from instep import levels
from instep.axes import HIGH, SOLE_PRESS
from instep.session.choices import REFUSED_FIRMER, REFUSED_HEAT, REFUSED_NOTHING, Choices

FIRM_MN = 25_000
SKIN_LIMIT_CENTI_C = 4_300


@pytest.fixture
def choices():
    return Choices()


def test_a_new_person_gets_the_defaults(choices):
    assert (choices.intensity, choices.pace, choices.minutes) == (3, 2, 15)
    assert (choices.feet_mask(), choices.heat_centi_c(), choices.is_gentle) == (0b11, 0, False)
    assert (choices.force_permille(), choices.pace_permille()) == (1000, 1000)


def test_intensity_stays_within_one_to_five(choices):
    steps = [1, 1, 1, 1, -1, -1, -1, -1, -1, -1]
    seen = []
    for step in steps:
        choices.step_intensity(step)
        seen.append(choices.intensity)
    assert seen == [4, 5, 5, 5, 4, 3, 2, 1, 1, 1]


def test_each_intensity_presses_harder_than_the_one_before(choices):
    forces = []
    for choices.intensity in range(levels.INTENSITY_MIN, levels.INTENSITY_MAX + 1):
        forces.append(choices.force_permille())
    assert forces == sorted(set(forces))
    assert len(forces) == len(levels.FORCE_PERMILLE)


def test_each_pace_is_faster_than_the_one_before(choices):
    paces = []
    for choices.pace in range(levels.PACE_MIN, levels.PACE_MAX + 1):
        paces.append(choices.pace_permille())
    assert paces == sorted(set(paces))
    assert len(paces) == len(levels.PACE_PERMILLE)


def test_the_heat_button_goes_round_and_stays_under_the_limit(choices):
    seen = []
    for _ in range(5):
        choices.step_heat()
        seen.append(choices.heat_centi_c())
    assert seen == [3700, 3900, 4100, 0, 3700]
    assert max(levels.HEAT_CENTI_C) < SKIN_LIMIT_CENTI_C
    assert len(levels.HEAT_NAMES) == len(levels.HEAT_CENTI_C) == levels.HEAT_MAX + 1


@pytest.mark.parametrize(("name", "mask"), [("left", 0b01), ("right", 0b10), ("both", 0b11)])
def test_the_feet_are_those_of_the_name(choices, name, mask):
    choices.feet = levels.FEET_NAMES.index(name)
    assert choices.feet_mask() == mask


def test_without_care_a_roller_may_be_asked_for_the_axis_most(choices):
    assert choices.press_max_mn() == HIGH[SOLE_PRESS]


@pytest.mark.parametrize("minutes", levels.MINUTES)
def test_care_means_no_heat_slowest_light_and_short(choices, minutes):
    choices.minutes, choices.heat, choices.pace, choices.intensity = minutes, levels.HEAT_MAX, levels.PACE_MAX, 5
    choices.soften()
    assert (choices.heat_centi_c(), choices.pace_permille()) == (0, levels.PACE_PERMILLE[0])
    assert choices.press_max_mn() * 1000 <= FIRM_MN * 400
    assert choices.minutes <= 10


def test_care_cannot_be_talked_back_into_heat_or_force(choices):
    choices.soften()
    for _ in range(4):
        choices.step_heat()
        choices.step_intensity(1)
        assert choices.heat_centi_c() == 0
        assert choices.press_max_mn() * 1000 <= FIRM_MN * 400


def test_the_next_person_finds_what_was_chosen_before_the_gentle_session(choices):
    choices.minutes, choices.heat, choices.pace, choices.intensity = 20, 2, 3, 5
    choices.remember()
    choices.soften()
    choices.recover()
    assert (choices.minutes, choices.heat, choices.pace, choices.is_gentle) == (20, 2, 3, False)
    assert choices.intensity == 5


def test_a_gentle_session_refuses_more_and_says_so_for_a_while(choices):
    choices.soften()
    choices.step_intensity(-1)
    choices.step_intensity(1)
    assert (choices.intensity, choices.refused) == (3, REFUSED_NOTHING)
    choices.step_intensity(1)
    assert (choices.intensity, choices.refused) == (3, REFUSED_FIRMER)
    choices.step_heat()
    assert (choices.heat, choices.refused) == (0, REFUSED_HEAT)
    for _ in range(400):
        assert choices.refused == REFUSED_HEAT
        choices.tick()
    assert choices.refused == REFUSED_NOTHING
