"""Hooks of a simulation: called in every tick, in order, and able to hold its end."""

from instep.guard import faults
from sim.hooks import Hook
from sim.view_source import SimulatedSource
from tests.scenarios.machine import press, simulate, until


class Noting(Hook):
    """Note every call, and what the firmware and the plant had done by then."""

    def __init__(self, name, calls, simulation):
        self._name, self._calls, self._simulation = name, calls, simulation
        self.waits = False

    @property
    def is_waiting(self):
        return self.waits

    def _note(self, place):
        self._calls.append((self._name, place, self._simulation.hal.buttons.held, self._simulation.ticks))

    def before_tick(self):
        self._note("before tick")

    def before_step(self):
        self._note("before step")

    def after_step(self):
        self._note("after step")


def test_hooks_are_called_in_order_and_after_the_plant_in_reverse():
    simulation = simulate()
    calls: list[tuple[str, str, int, int]] = []
    for name in ("first", "second"):
        simulation.attach(Noting(name, calls, simulation))
    simulation.advance(1)
    assert [(name, place) for name, place, *_ in calls] == [
        ("first", "before tick"),
        ("second", "before tick"),
        ("first", "before step"),
        ("second", "before step"),
        ("second", "after step"),
        ("first", "after step"),
    ]


def test_the_firmware_reads_a_change_made_before_the_tick():
    class Stop(Hook):
        def before_tick(self):
            simulation.hal.emergency_stop.is_on = True

    simulation = simulate()
    simulation.attach(Stop())
    simulation.advance(2)
    assert simulation.app.guard.fault == faults.FAULT_EMERGENCY_STOP


def test_a_command_that_is_changed_before_the_step_reaches_the_plant_and_can_be_restored():
    class NoRelay(Hook):
        def before_step(self):
            self._asked_for = simulation.plant.commands.relay[0]
            simulation.plant.commands.relay[0] = 0

        def after_step(self):
            simulation.plant.commands.relay[0] = self._asked_for

    simulation = until(simulate("quick"), "warm")
    simulation.attach(NoRelay())
    simulation.advance(5)  # the pump holds for up to 41 ms
    assert simulation.plant.commands.relay[0] == 1
    assert simulation.plant.readings.relay[0] == 0


def test_a_session_is_not_over_while_a_hook_waits():
    simulation = until(simulate(), "screening")
    hook = Noting("waiting", [], simulation)
    simulation.attach(hook)
    hook.waits = True
    press(simulation, "stop")
    assert not simulation.is_over
    hook.waits = False
    assert simulation.is_over


def test_a_simulation_without_hooks_knows_no_fault():
    simulation = simulate()
    assert simulation.hooks == []
    assert SimulatedSource(simulation).view().reason == ""
