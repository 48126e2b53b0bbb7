"""A copy of a simulation goes on by itself, as the original would."""

import pytest

from host_tools.program.load import SHIPPED
from sim.factory import prepare
from sim.faults.inject import inject
from sim.faults.parse import parse
from sim.fork import branch
from sim.options import SimOptions
from sim.people import FOLDER
from sim.simulation import Simulation

_DEMO = SimOptions(program=SHIPPED / "demo.toml", person=FOLDER / "average.toml")
# In the questions, in the self-test with its sums half done, and while rollers move.
_MOMENTS = (300, 1_000, 1_900, 6_000)


def begun(ticks: int) -> Simulation:
    """Return a session that is some ticks old."""
    simulation = prepare(_DEMO, None)
    simulation.advance(ticks)
    return simulation


def outcome(simulation: Simulation) -> tuple[object, ...]:
    """Return everything in which two runs could differ."""
    return (
        simulation.ticks,
        simulation.app.session.state,
        simulation.recorder.setpoint_crc32,
        [str(event) for event in simulation.recorder.events],
        simulation.plant.state.tobytes(),
        simulation.plant.commands.array.tobytes(),
        simulation.hal.display.rows,
        simulation.disk.files,
    )


@pytest.mark.parametrize("ticks", _MOMENTS)
def test_a_copy_goes_on_as_a_session_that_was_never_copied(ticks):
    never_copied = begun(ticks + 1_500)
    trunk = begun(ticks)
    twig = branch(trunk)
    twig.advance(1_500)

    assert outcome(twig) == outcome(never_copied)


@pytest.mark.parametrize("ticks", _MOMENTS)
@pytest.mark.parametrize("fault", ["emergency_stop@0s", "skin_sensor_open@0s,left", "supply_low@0s", "power_cut@0s"])
def test_a_fault_in_a_copy_does_not_reach_the_original(ticks, fault):
    trunk = begun(ticks)
    before = outcome(trunk)
    twig = branch(trunk)
    inject(twig, parse(fault))
    twig.advance(500)
    assert outcome(trunk) == before

    trunk.advance(500)
    assert outcome(trunk) == outcome(begun(ticks + 500))
    assert outcome(trunk) != outcome(twig)


def test_a_change_of_the_original_does_not_reach_the_copy():
    trunk = begun(2_000)
    twig = branch(trunk)
    before = outcome(twig)
    trunk.press("stop")
    trunk.advance(300)

    assert outcome(twig) == before
