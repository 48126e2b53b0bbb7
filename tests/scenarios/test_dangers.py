"""Dangers injected into the sensors of a running session: noticed in time, and single wild samples are not."""

import pytest

from instep.axes import TOP_STROKE
from instep.guard import faults
from sim.faults.expected_reactions import are_presses_lifting
from sim.reasons import reason_of
from tests.scenarios.machine import finish, into_stroke, is_let_go, is_powered_off, simulate, state_of, until, wait

FORCE_MN = 61_000
WILD_FORCE_MN = 200_000
SKIN_CODE_43_5_C = 10_340
WILD_CODES = (0, 32_767, 6_000)
HEAT_SAMPLE_TICKS = 10


@pytest.fixture
def stroking():
    return into_stroke(simulate("quick", heat="low"))


def _hold(simulation, view, index, value, ticks):
    """Let a reading say `value` for so many ticks."""
    for _ in range(ticks):
        view[index] = value
        simulation.advance(1)


def _is_safe(simulation):
    return is_powered_off(simulation) and not simulation.plant.commands.relay[0]


@pytest.mark.parametrize("roller", range(4))
def test_force_over_60_n_is_safe_within_20_ms(roller):
    simulation = into_stroke(simulate("quick", heat="low"))
    _hold(simulation, simulation.plant.readings.force_mn, roller, FORCE_MN, 2)
    assert simulation.app.guard.fault == faults.FAULT_FORCE_HIGH
    assert _is_safe(simulation)
    finish(simulation)
    assert (simulation.result, reason_of(simulation.app)) == ("fault", "force_high")
    assert is_let_go(simulation)


@pytest.mark.parametrize("state", ["fit", "warm"])
def test_force_over_60_n_is_noticed_before_the_strokes_too(state):
    simulation = until(simulate(heat="low"), state)
    simulation.advance(100)
    _hold(simulation, simulation.plant.readings.force_mn, 1, FORCE_MN, 2)
    assert simulation.app.guard.fault == faults.FAULT_FORCE_HIGH
    assert _is_safe(simulation)


def test_single_wild_forces_do_not_end_a_session(stroking):
    for _ in range(20):
        _hold(stroking, stroking.plant.readings.force_mn, 1, WILD_FORCE_MN, 1)
        stroking.plant.readings.force_mn[1] = 10_000
        stroking.advance(3)
        assert state_of(stroking) == "run"


@pytest.mark.parametrize("state", ["screening", "warm", "run"])
@pytest.mark.parametrize("foot", range(2))
def test_skin_over_43_degrees_is_safe_within_300_ms(state, foot):
    simulation = until(simulate(heat="low"), state)
    simulation.advance(50)
    _hold(simulation, simulation.plant.readings.ntc_code, 2 * foot + 1, SKIN_CODE_43_5_C, 30)
    assert simulation.app.guard.fault == faults.FAULT_SKIN_HOT
    assert _is_safe(simulation)


@pytest.mark.parametrize("code", WILD_CODES)
def test_single_wild_temperatures_do_not_end_a_session(stroking, code):
    for _ in range(3):
        _hold(stroking, stroking.plant.readings.ntc_code, 1, code, HEAT_SAMPLE_TICKS)
        stroking.advance(3 * HEAT_SAMPLE_TICKS)
        assert state_of(stroking) == "run"


def test_a_low_supply_is_safe_within_100_ms(stroking):
    _hold(stroking, stroking.plant.readings.supply_mv, 0, 10_400, 10)
    assert stroking.app.guard.fault == faults.FAULT_SUPPLY_LOW
    assert _is_safe(stroking)


def test_a_loop_that_hangs_is_safe_within_50_ms(stroking):
    for _ in range(3):
        assert not is_powered_off(stroking)
        stroking.hal.pass_tick()
        stroking.plant.step(True, True)
    stroking.hal.pass_tick()
    assert _is_safe(stroking)
    assert not any(stroking.plant.commands.pulse_us)


def test_the_fault_is_reported_after_its_acknowledgement(stroking):
    _hold(stroking, stroking.plant.readings.force_mn, 0, FORCE_MN, 2)
    wait(stroking, 300)
    stroking.press("start")
    wait(stroking, 10)
    assert state_of(stroking) == "idle"
    assert (stroking.result, reason_of(stroking.app)) == ("fault", "force_high")


def _hold_lively(simulation, force_mn, ticks):
    """Let the left top roller's reading stay near a force, for so many ticks."""
    for tick in range(ticks):
        simulation.plant.readings.force_mn[0] = force_mn + tick % 2
        simulation.advance(1)


def test_a_force_far_over_its_set_point_is_safe_within_250_ms():
    simulation = into_stroke(simulate("quick"), TOP_STROKE)
    _hold_lively(simulation, 36_000, 25)
    assert simulation.app.guard.fault == faults.FAULT_PRESS_HIGH
    assert _is_safe(simulation)


def test_a_reading_that_freezes_under_a_foot_is_safe_within_200_ms():
    simulation = into_stroke(simulate("quick"), TOP_STROKE)
    frozen_mn = int(simulation.plant.readings.force_mn[0])
    _hold(simulation, simulation.plant.readings.force_mn, 0, frozen_mn, 12)
    assert simulation.app.guard.fault == faults.FAULT_FORCE_FROZEN
    assert _is_safe(simulation)


def test_a_reading_that_stays_far_behind_its_foot_lets_go_within_100_ms():
    simulation = into_stroke(simulate("quick"), TOP_STROKE)
    _hold(simulation, simulation.plant.readings.force_mn, 0, 5_000, 6)
    assert simulation.app.guard.notice() == faults.FAULT_FOOT_MOVED
    assert state_of(simulation) == "paused" and are_presses_lifting(simulation)


def test_a_roller_that_still_presses_after_stop_is_said_until_it_has_lifted():
    simulation = into_stroke(simulate("quick"), TOP_STROKE)
    simulation.press("stop")
    _hold_lively(simulation, 9_000, 120)
    simulation.release("stop")
    assert simulation.app.guard.fault == faults.FAULT_ROLLER_PRESSES
    assert "A roller still presses." in " ".join(" ".join(simulation.hal.display.rows).split())
    simulation.press("start")
    _hold_lively(simulation, 9_000, 300)
    assert simulation.app.guard.fault == faults.FAULT_ROLLER_PRESSES, "it is not acknowledged while it presses"
    simulation.release("start")
    wait(simulation, 10)
    simulation.press("start")
    wait(simulation, 10)
    assert simulation.app.guard.fault == faults.NO_FAULT


def test_a_roller_that_presses_after_another_fault_is_said_in_its_place():
    simulation = into_stroke(simulate("quick"), TOP_STROKE)
    simulation.hal.emergency_stop.is_on = True
    _hold_lively(simulation, 9_000, 120)
    assert simulation.app.guard.fault == faults.FAULT_EMERGENCY_STOP
    assert "A roller still presses." in " ".join(" ".join(simulation.hal.display.rows).split())
