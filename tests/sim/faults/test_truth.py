"""The bounds of true force and warmth: 1.4 times the set point and 5 N, 43 °C."""

from array import array
from types import SimpleNamespace

import numpy as np
import pytest

from instep.axes import AXES, AXES_PER_FOOT, SOLE_PRESS, TOP_PRESS
from sim.faults.truth import is_skin_hot, presses_too_hard
from sim.plant import heat
from sim.plant.layout import CONTACT_N, STATES, WELL

AXIS_OF_ROLLER = (TOP_PRESS, SOLE_PRESS, AXES_PER_FOOT + TOP_PRESS, AXES_PER_FOOT + SOLE_PRESS)


@pytest.fixture
def simulation():
    presses = [SimpleNamespace(asked_mn=0) for _ in range(4)]
    drives = SimpleNamespace(presses=presses)
    app = SimpleNamespace(scheduler=SimpleNamespace(setpoints=array("i", [0] * AXES)), drives=drives)
    return SimpleNamespace(app=app, plant=SimpleNamespace(state=np.zeros(STATES)))


@pytest.mark.parametrize("roller", range(4))
@pytest.mark.parametrize(("set_mn", "bound_n"), [(0, 5.0), (10_000, 19.0), (25_000, 40.0)])
def test_a_roller_may_press_with_its_set_point_times_1_4_and_5_n(simulation, roller, set_mn, bound_n):
    simulation.app.scheduler.setpoints[AXIS_OF_ROLLER[roller]] = set_mn
    simulation.plant.state[CONTACT_N + roller] = bound_n - 0.01
    assert not presses_too_hard(simulation, roller)
    simulation.plant.state[CONTACT_N + roller] = bound_n + 0.01
    assert presses_too_hard(simulation, roller)
    assert not any(presses_too_hard(simulation, other) for other in range(4) if other != roller)


def test_a_press_that_measures_a_foot_may_press_with_what_is_asked_of_it(simulation):
    simulation.app.drives.presses[1].asked_mn = 5_000
    simulation.plant.state[CONTACT_N + 1] = 11.99
    assert not presses_too_hard(simulation, 1)
    simulation.plant.state[CONTACT_N + 1] = 12.01
    assert presses_too_hard(simulation, 1)


@pytest.mark.parametrize("foot", range(2))
def test_a_skin_side_is_hot_from_43_degrees_on_and_the_element_does_not_count(simulation, foot):
    well = WELL + foot * heat.STATE_SIZE
    simulation.plant.state[well + heat.ELEMENT_C] = 55.0
    simulation.plant.state[well + heat.PAD_C] = 42.99
    assert not is_skin_hot(simulation)
    simulation.plant.state[well + heat.PAD_C] = 43.0
    assert is_skin_hot(simulation)
