"""A foot that moves under its rollers may cost a pause, never the session."""

import pytest

from instep.guard import faults
from instep.session import states
from sim.plant import foot as feet
from sim.plant.layout import FOOT_ROW
from tests.scenarios.machine import press, simulate, until

MINUTE_TICKS = 6_000
# The top of the foot sinks from its roller if its rail is farther away, the sole if its plane is.
SURFACES = {"top": feet.RAIL_M, "sole": feet.SOLE_PLANE_M}


def _go_on(simulation, ticks):
    """Let the strokes go on for a while; press START in each pause; return how many there were."""
    pauses = 0
    for _ in range(ticks):
        simulation.advance(1)
        assert simulation.app.session.state != states.FAULT, faults.name(simulation.app.guard.fault)
        if simulation.app.session.state == states.PAUSED and not simulation.app.scheduler.is_letting_go():
            assert simulation.app.guard.notice() == faults.FAULT_FOOT_MOVED
            pauses += 1
            press(simulation, "start")
    return pauses


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("person", ["small", "large"])
@pytest.mark.parametrize("shift_mm", [2, 5, 10, -2, -5])
def test_a_foot_that_shifts_pauses_at_most_and_is_massaged_where_it_is_then(shift_mm, person, surface):
    simulation = until(simulate("quick", heat="off", person=person), "run")
    _go_on(simulation, 1_000)
    simulation.plant.constants[FOOT_ROW + SURFACES[surface]] += shift_mm / 1_000
    assert _go_on(simulation, MINUTE_TICKS) <= 2
