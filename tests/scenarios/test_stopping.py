"""STOP and the emergency stop, in every state: outputs off in the tick that sees it, then the feet are released."""

import pytest

from instep.axes import TOE_GRIP
from instep.drive.press import TRAVEL
from instep.guard import faults
from tests.scenarios.machine import (
    LIFT_TICKS,
    finish,
    into_stroke,
    is_let_go,
    is_powered_off,
    press,
    simulate,
    state_of,
    until,
)

STATES = ("self-test", "fit", "warm", "run", "paused", "closing", "retract")
HOME_WITHIN_UM = 1_500
RETRACT_MAX_S = 30


def _reach(state):
    """Return a session in `state`, as busy as it gets there."""
    if state == "closing":
        return until(simulate("demo", heat="low"), "closing")
    simulation = simulate(heat="low")
    if state in ("run", "paused", "retract"):
        into_stroke(simulation)
    else:
        until(simulation, state)
    if state == "fit":
        simulation.advance(450)
    elif state == "self-test":
        simulation.advance(60)
    elif state == "warm":
        simulation.advance(500)
    elif state == "paused":
        press(simulation, "start")
    elif state == "retract":
        press(simulation, "stop")
    assert state_of(simulation) == state
    return simulation


@pytest.mark.parametrize("state", STATES)
def test_stop_cuts_the_outputs_in_its_tick_and_releases_the_feet(state):
    simulation = _reach(state)
    simulation.press("stop")
    simulation.advance(1)
    assert is_powered_off(simulation)
    assert state_of(simulation) == "retract"
    simulation.release("stop")
    simulation.advance(LIFT_TICKS)
    assert not simulation.app.drives.presses[1].state[TRAVEL]
    finish(simulation, RETRACT_MAX_S)
    assert simulation.result == "stopped"
    assert is_let_go(simulation) and is_powered_off(simulation)
    assert not simulation.plant.commands.relay[0]
    if state != "self-test":
        assert all(abs(roller.position_um) <= HOME_WITHIN_UM for roller in simulation.app.drives.rollers)


def test_stop_on_the_way_home_leaves_the_rollers_where_they_are():
    simulation = _reach("retract")
    while is_powered_off(simulation):
        simulation.advance(1)
    simulation.advance(20)
    simulation.press("stop")
    simulation.advance(1)
    assert is_powered_off(simulation)
    simulation.release("stop")
    while state_of(simulation) == "retract":
        simulation.advance(1)
        assert is_powered_off(simulation)
    assert state_of(simulation) == "done" and is_let_go(simulation)
    assert max(roller.position_um for roller in simulation.app.drives.rollers) > HOME_WITHIN_UM


@pytest.mark.parametrize("state", ["idle", "screening", *STATES])
def test_the_emergency_stop_cuts_the_outputs_in_its_tick_latches_and_releases_the_feet(state):
    simulation = _reach(state) if state in STATES else until(simulate(), state)
    simulation.hal.emergency_stop.is_on = True
    simulation.advance(1)
    assert is_powered_off(simulation) and not simulation.plant.commands.relay[0]
    assert (state_of(simulation), simulation.app.guard.fault) == ("fault", faults.FAULT_EMERGENCY_STOP)
    simulation.advance(LIFT_TICKS)
    press(simulation, "start")
    assert state_of(simulation) == "fault"
    simulation.hal.emergency_stop.is_on = False
    finish(simulation, RETRACT_MAX_S)
    assert (simulation.result, state_of(simulation)) == ("fault", "fault")
    assert is_let_go(simulation) and is_powered_off(simulation)
    press(simulation, "start")
    assert state_of(simulation) == "idle"


@pytest.mark.parametrize("way", ["stop", "emergency"])
def test_a_held_toe_is_released(way):
    simulation = into_stroke(simulate("toes", heat="off"), axis=TOE_GRIP, minimum=1_000)
    simulation.advance(50)
    assert not is_let_go(simulation)
    if way == "stop":
        press(simulation, "stop")
    else:
        simulation.hal.emergency_stop.is_on = True
    finish(simulation, RETRACT_MAX_S)
    assert is_let_go(simulation)
