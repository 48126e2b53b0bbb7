"""A bridge without a duty carries no current but that of a motor that turns: any other is a pin that drives it."""

import pytest

from instep.drive.roller_kernels import ACTIVE, OFF, RESTING, RUN
from instep.guard import faults
from tests.firmware.guard.test_motion_monitor import Bench


@pytest.fixture
def bench():
    return Bench()


@pytest.mark.parametrize("moved", [0, 1, 5])
@pytest.mark.parametrize("state", [OFF, RESTING])
def test_a_current_through_an_open_bridge_is_a_pin_that_drives_it(bench, state, moved):
    bench.roller.state[RUN] = state
    assert bench.ticks(5, 0, moved, 250) == faults.NO_FAULT
    assert bench.ticks(1, 0, moved, 250) == faults.FAULT_OUTPUTS_STUCK


def test_a_braked_motor_that_stands_makes_no_current(bench):
    bench.roller.state[RUN] = ACTIVE
    assert bench.ticks(5, 0, 0, 3_300) == faults.NO_FAULT
    assert bench.ticks(1, 0, 0, 3_300) == faults.FAULT_OUTPUTS_STUCK


def test_the_ripple_of_the_brushes_and_wild_currents_through_an_open_bridge_are_left_alone(bench):
    assert bench.ticks(1_000, 0, 0, 249) == faults.NO_FAULT
    for _ in range(100):
        assert bench.ticks(4, 0, 0, 3_000) == bench.ticks(1, 0, 0, 0) == faults.NO_FAULT


def test_the_current_of_a_motor_that_brakes_is_no_load(bench):
    bench.roller.state[RUN] = ACTIVE
    assert bench.ticks(100, 0, 5, 1_400) == faults.NO_FAULT


def test_the_older_current_of_a_roller_that_creeps_is_not_that_of_an_open_bridge(bench):
    """Its duty is 0 in some ticks, in which the reading is still that of the tick before."""
    bench.roller.state[RUN] = ACTIVE
    for _ in range(20):
        assert bench.ticks(1, -45, 0, 310) == faults.NO_FAULT
        assert bench.ticks(5, 0, 0, 310) == faults.NO_FAULT
