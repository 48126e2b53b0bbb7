"""How long a session may last, and how warm the wells get."""

import pytest

from instep.levels import HEAT_CENTI_C, HEAT_NAMES
from sim.reasons import reason_of
from sim.view_source import SimulatedSource
from tests.scenarios.machine import MINUTE, finish, into_stroke, press, simulate, until

OVERSHOOT_C = 0.5
READY_WITHIN_C = 1.1
SKIN_COLUMN_MAX_C = 43.0


def test_a_session_of_thirty_minutes_ends_before_they_are_over():
    simulation = until(simulate("quick", minutes=30, pace=1, intensity=5, heat="off"), "run")
    plan = simulation.app.session.status.clock
    plan.ticks = plan.active_ticks = 27 * MINUTE
    finish(simulation)
    assert simulation.result == "done"
    assert 28 * MINUTE < plan.ticks <= 30 * MINUTE


def test_a_session_that_was_paused_ends_before_thirty_minutes_are_over_whatever_was_chosen():
    simulation = until(simulate("quick", minutes=20, heat="off"), "run")
    plan = simulation.app.session.status.clock
    plan.ticks, plan.active_ticks = 27 * MINUTE, 10 * MINUTE
    finish(simulation)
    assert simulation.result == "done"
    assert 28 * MINUTE < plan.ticks <= 30 * MINUTE


def test_pauses_cannot_stretch_a_session_beyond_thirty_minutes():
    simulation = into_stroke(simulate("quick", heat="off"))
    simulation.app.session.status.clock.ticks = 29 * MINUTE
    press(simulation, "start")
    finish(simulation, 120)
    assert (simulation.result, reason_of(simulation.app)) == ("stopped", "paused_too_long")
    assert simulation.app.session.status.clock.ticks <= 30 * MINUTE


@pytest.mark.parametrize("heat", HEAT_NAMES)
@pytest.mark.parametrize("ambient_c", [10.0, 35.0])
def test_every_heat_level_is_reached_and_not_passed(heat, ambient_c):
    simulation = until(simulate(heat=heat, ambient_c=ambient_c), "run")
    target_c = HEAT_CENTI_C[HEAT_NAMES.index(heat)] / 100
    view = SimulatedSource(simulation).view()
    for foot in view.feet:
        assert foot.skin_c >= target_c - READY_WITHIN_C or heat == "off"
    simulation.advance(2 * MINUTE)
    warmest_c = max(foot.skin_c for foot in SimulatedSource(simulation).view().feet)
    max_c = max(target_c, ambient_c, 36.0) + OVERSHOOT_C
    assert warmest_c <= max_c < SKIN_COLUMN_MAX_C
    if heat == "off":
        assert not any(simulation.plant.commands.heat)


def test_heat_can_be_changed_while_it_runs():
    simulation = until(simulate(heat="low"), "run")
    for expected in ("medium", "high", "off"):
        press(simulation, "heat")
        assert SimulatedSource(simulation).view().heat == expected
    simulation.advance(1)
    assert not any(simulation.plant.commands.heat)
