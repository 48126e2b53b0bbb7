"""How long a session may last, and how warm the wells get."""

import pytest

from instep.axes import TICKS_PER_S
from instep.levels import HEAT_CENTI_C, HEAT_NAMES
from sim.reasons import reason_of
from sim.view_source import SimulatedSource
from tests.scenarios.machine import MINUTE, finish, into_stroke, press, simulate, until

FIRST_STROKE_S = 30
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
def test_every_heat_level_is_reached_under_the_strokes_and_not_passed(heat, ambient_c):
    simulation = until(simulate(heat=heat, ambient_c=ambient_c), "run")
    target_c = HEAT_CENTI_C[HEAT_NAMES.index(heat)] / 100
    warmest_c = 0.0
    for _ in range(5):
        simulation.advance(MINUTE)
        warmest_c = max(warmest_c, *(foot.skin_c for foot in SimulatedSource(simulation).view().feet))
    for foot in SimulatedSource(simulation).view().feet:
        assert foot.skin_c >= target_c - READY_WITHIN_C or heat == "off"
    max_c = max(target_c, ambient_c, 36.0) + OVERSHOOT_C
    assert warmest_c <= max_c < SKIN_COLUMN_MAX_C
    if heat == "off":
        assert not any(simulation.plant.commands.heat)


@pytest.mark.parametrize("heat", HEAT_NAMES)
@pytest.mark.parametrize("ambient_c", [10.0, 35.0])
def test_the_first_stroke_comes_within_thirty_seconds_of_the_last_answer(heat, ambient_c):
    simulation = until(simulate("quick", heat=heat, ambient_c=ambient_c), "self-test")
    answered_at = simulation.ticks
    until(simulation, "warm")
    press(simulation, "start")
    while not simulation.app.scheduler.has_begun():
        simulation.advance(1)
    assert simulation.ticks - answered_at <= FIRST_STROKE_S * TICKS_PER_S


def test_ten_minutes_have_nine_and_a_half_of_strokes():
    simulation = finish(simulate("quick", minutes=10, ambient_c=10.0))
    assert simulation.result == "done"
    assert 9.5 * MINUTE <= simulation.app.session.status.clock.active_ticks <= 10 * MINUTE


def test_heat_can_be_changed_while_it_runs():
    simulation = until(simulate(heat="low"), "run")
    for expected in ("medium", "high", "off"):
        press(simulation, "heat")
        assert SimulatedSource(simulation).view().heat == expected
    simulation.advance(1)
    assert not any(simulation.plant.commands.heat)
