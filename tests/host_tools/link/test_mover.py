"""Moving an axis by hand for a time: its readings, and every early end in words."""

import pytest

from host_tools.errors import InstepError
from host_tools.link.errors import RefusedError
from host_tools.link.mover import AXES, EXIT_FAULT, GuardStopError, Mover
from instep.guard import faults
from instep.session.jog import JOG_OFF, JOGGING
from tests.host_tools.virtual_machine import VirtualMachine

AXIS = AXES.index("left.top_stroke")


def move(machine, is_stopped=lambda: False, seconds=1.0):
    """Move a roller; `is_stopped` may do something to the machine as well."""
    with machine.client() as client:
        return Mover(client, AXIS, 100).move_for(seconds, is_stopped)


def once_jogging(machine, act):
    """Return an `is_stopped` that acts while the axis is jogged."""

    def is_stopped():
        return machine.app.jog.state == JOGGING and bool(act())

    return is_stopped


def test_a_movement_returns_its_readings_since_the_self_test():
    machine = VirtualMachine()
    seen = move(machine)
    assert {now["jog_state"] for now in seen} == {JOGGING}
    assert seen[-1].feet[0]["top_um"] > seen[0].feet[0]["top_um"]
    assert machine.app.jog.state == JOG_OFF


def test_a_stop_by_the_person_ends_the_movement_at_once():
    machine = VirtualMachine()
    with pytest.raises(InstepError, match="Stopped by a key"):
        move(machine, once_jogging(machine, lambda: True))
    assert machine.app.jog.state == JOG_OFF


def test_the_guards_stop_is_said_in_the_faults_own_words():
    machine = VirtualMachine()

    def press():
        machine.simulation.hal.emergency_stop.is_on = True

    with pytest.raises(GuardStopError) as caught:
        move(machine, once_jogging(machine, press))
    assert caught.value.fault == faults.FAULT_EMERGENCY_STOP
    assert faults.sentence(faults.FAULT_EMERGENCY_STOP) in caught.value.message
    assert caught.value.exit_code == EXIT_FAULT


def test_a_fault_from_before_is_refused_as_the_machine_answers():
    machine = VirtualMachine(faults=["emergency_stop@0s"])
    machine.pass_ticks(30)
    with pytest.raises(RefusedError):
        move(machine)


def test_a_movement_that_a_button_ends_does_not_begin_again():
    machine = VirtualMachine()

    def press_stop():
        machine.simulation.press("stop")

    with pytest.raises(InstepError, match="has ended early"):
        move(machine, once_jogging(machine, press_stop))
    assert machine.app.jog.state == JOG_OFF


def test_requests_that_come_too_seldom_move_nothing_and_say_so(monkeypatch):
    machine = VirtualMachine()
    sleep = machine.sleep
    monkeypatch.setattr(machine, "sleep", lambda seconds: sleep(seconds * 5))
    with pytest.raises(InstepError, match="Nothing was moved: requests reach the board too seldom"):
        move(machine)
