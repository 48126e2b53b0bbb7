"""Who must not be massaged is not: nothing moves or heats; who needs care gets the gentle massage only."""

import numpy as np
import pytest

from instep.axes import AXES_PER_FOOT, HOME, SOLE_PRESS, TOP_PRESS
from tests.scenarios.machine import MINUTE, finish, recording, simulate, truth

GENTLE_MAX_MN = 10_000
# What a bump under the spring adds for a moment.
BUMP_MN = 1_500
PRESSES = [foot * AXES_PER_FOOT + axis for foot in range(2) for axis in (TOP_PRESS, SOLE_PRESS)]
REFUSED = [
    ({"swollen": True}, "swollen"),
    ({"warts": True}, "skin"),
    ({"blisters": True}, "skin"),
    ({"clot": True}, "clot_or_injury"),
    ({"injury": True}, "clot_or_injury"),
    ({"gout": True}, "no_consent"),
    ({"diabetes": True}, "no_consent"),
    ({"numb": True}, "no_consent"),
    ({"pregnant": True}, "no_consent"),
    ({"thinners": True}, "no_consent"),
    ({"physician": False, "confirm": False}, "not_confirmed"),
    ({"swollen": True, "gout": True, "consent": True}, "swollen"),
]


@pytest.mark.parametrize(("answers", "reason"), REFUSED)
def test_a_refused_person_is_neither_moved_nor_heated_in_any_tick(answers, reason):
    simulation = finish(simulate(answers=answers, heat="high", every=1))
    seen = recording(simulation)
    assert (simulation.result, seen.summary["reason"]) == ("refused", reason)
    assert len(seen.tick) == simulation.ticks > 100
    assert (seen.setpoint == np.array(HOME * 2)).all()
    assert not np.ptp(truth(simulation).roller_m, axis=0).any()
    assert not np.ptp(truth(simulation).servo_value, axis=0).any()
    assert not seen.duty_permille.any() and not seen.heat_permille.any() and not seen.force_mn.any()
    assert not seen.summary["techniques"]


def test_a_person_who_confirms_after_the_advice_may_go_on():
    simulation = simulate(answers={"physician": False, "confirm": True})
    while not simulation.app.session.demands.wants_relay:
        simulation.advance(1)
        assert not simulation.is_over


@pytest.fixture(scope="module")
def gentle():
    answers = {"gout": True, "consent": True}
    return finish(simulate(answers=answers, minutes=30, intensity=5, pace=3, heat="high", every=5))


def test_gout_with_consent_gets_the_gentle_program_to_its_end(gentle):
    summary = recording(gentle).summary
    assert (summary["result"], summary["program"], summary["gentle"]) == ("done", "gentle", True)
    assert (summary["heat"], summary["pace"]) == ("off", 1)
    assert "pull" not in {run["technique"] for run in summary["techniques"]}
    assert gentle.app.session.status.clock.active_ticks <= 10 * MINUTE


def test_gentle_never_heats(gentle):
    assert not recording(gentle).heat_permille.any()


def test_gentle_never_presses_harder_than_ten_newtons(gentle):
    seen = recording(gentle)
    assert seen.setpoint[:, PRESSES].max() <= GENTLE_MAX_MN
    assert 5_000 < seen.force_mn.max() <= GENTLE_MAX_MN + BUMP_MN
