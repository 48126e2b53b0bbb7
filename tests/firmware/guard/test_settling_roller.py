"""A roller that rests just before its setpoint works against friction, and is not held."""

import pytest

from instep.drive.roller_kernels import ACTIVE, ERROR, RESTING, RUN, STEP
from instep.guard import faults
from tests.firmware.guard.test_motion_monitor import Bench

WOUND_UP_PERMILLE = 112
WOUND_UP_MA = 780


def _resting(error_um, run=ACTIVE, step_um=0):
    """Return a roller that stands while its drive has wound up."""
    bench = Bench()
    bench.state[RUN], bench.state[STEP], bench.state[ERROR] = run, step_um, error_um
    return bench


@pytest.mark.parametrize("error_um", [-1_000, -199, 199, 1_000])
def test_a_roller_near_its_resting_setpoint_may_wind_up(error_um):
    bench = _resting(error_um)
    assert bench.ticks(1_000, WOUND_UP_PERMILLE, 0, WOUND_UP_MA) == faults.NO_FAULT


@pytest.mark.parametrize(
    "bench",
    [_resting(1_001), _resting(-1_001), _resting(199, step_um=1), _resting(199, run=RESTING)],
    ids=["far", "far behind", "its setpoint moves", "it follows none"],
)
def test_any_other_roller_that_stands_under_drive_is_held_after_100_ms(bench):
    assert bench.ticks(9, WOUND_UP_PERMILLE, 0, WOUND_UP_MA) == faults.NO_FAULT
    assert bench.ticks(1, WOUND_UP_PERMILLE, 0, WOUND_UP_MA) == faults.FAULT_ROLLER_BLOCKED


def test_a_roller_that_friction_alone_would_not_hold_is_held():
    bench = _resting(199)
    assert bench.ticks(1_000, 149, 0, 1_043) == faults.NO_FAULT
    assert bench.ticks(9, 150, 0, 1_050) == faults.NO_FAULT
    assert bench.ticks(1, 150, 0, 1_050) == faults.FAULT_ROLLER_BLOCKED


def test_a_load_near_a_resting_setpoint_still_counts():
    bench = _resting(199)
    assert bench.ticks(9, 140, 0, 1_400) == faults.NO_FAULT
    assert bench.ticks(1, 140, 0, 1_400) == faults.FAULT_ROLLER_BLOCKED
