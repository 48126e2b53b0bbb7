"""The judge of a session's end: a session that ends well, and one breakage of each kind that it must find."""

import pytest

from instep.guard import faults
from instep.session import states
from sim.ending_check import EndingCheck
from sim.plant.layout import MOTOR
from sim.plant.motor import POSITION_M
from tests.scenarios.machine import into_stroke, press, simulate, until


def _checked(simulation):
    check = EndingCheck(simulation)
    simulation.attach(check)
    return check


def _in_stroke():
    return into_stroke(simulate("quick", heat="off"))


def test_a_session_that_is_stopped_ends_as_it_should():
    simulation = _in_stroke()
    check = _checked(simulation)
    press(simulation, "stop")
    assert check.run_out() == ""


def test_a_stop_that_is_not_obeyed_is_found():
    simulation = _in_stroke()
    check = _checked(simulation)
    simulation.hal.buttons.held = 2
    simulation.advance(1)
    simulation.hal.buttons.held = 0
    simulation.app.session._follow = lambda event: None
    simulation.app.session.status.state = states.RUN
    assert "after STOP it has not ended" in check.run_out()


def test_a_fault_is_found():
    simulation = _in_stroke()
    check = _checked(simulation)
    simulation.app.guard.trip(faults.FAULT_ROLLER_BLOCKED)
    assert check.run_out() == "it ended by the fault roller_blocked"


def test_a_wrong_reason_after_stop_is_found():
    simulation = _in_stroke()
    check = _checked(simulation)
    press(simulation, "stop")
    until(simulation, "retract")
    simulation.app.session.status.stop_reason = 0
    assert check.run_out() == "after STOP it ended as done (no reason)"


def test_a_roller_away_from_home_is_found():
    simulation = _in_stroke()
    check = _checked(simulation)
    press(simulation, "stop")
    until(simulation, "done")
    simulation.plant.state[MOTOR + POSITION_M] += 0.004
    assert "mm from home" in check.run_out()


@pytest.mark.parametrize("relay", [0, 1])
def test_a_closed_relay_is_found(relay):
    simulation = _in_stroke()
    check = _checked(simulation)
    press(simulation, "stop")
    until(simulation, "done")
    simulation.app.guard.relay.set = lambda closed: simulation.hal.relay.set(bool(relay))
    assert check.run_out() == ("a roller, press or heater did not come to rest" if relay else "")
