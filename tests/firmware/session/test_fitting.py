"""Measuring the feet at session start: which fault a measurement that failed becomes."""

from array import array

from instep.axes import AXES, LEFT, SOLE_STROKE
from instep.guard.faults import FAULT_FOOT_NOT_FOUND, FAULT_FOOT_TOO_LONG, FAULT_PROBE_LATE
from instep.session.fitting import Fitting
from tests.fakes import stand_in
from tests.firmware.sessions import CALIBRATION, resting_roller

_LEFT_ONLY = 1
_SOLE = LEFT * 2 + 1
_MAX_TICKS = 30 * 100


def _fault(follows=True, force_mn=0):
    """Return the fault after measuring the left foot; the roller follows its setpoint or stands, under one force."""
    rollers = [resting_roller() for _ in range(4)]
    drives = stand_in(rollers=rollers, presses=[stand_in(force_mn=force_mn) for _ in range(4)])
    setpoints = array("i", [0] * AXES)
    fitting = Fitting(drives, setpoints, CALIBRATION)
    fitting.begin(_LEFT_ONLY)
    for _ in range(_MAX_TICKS):
        fitting.tick()
        if fitting.is_over:
            return fitting.fault
        if follows:
            rollers[_SOLE].position_um = setpoints[SOLE_STROKE]
    raise AssertionError("the measurement does not end")


def test_a_roller_that_does_not_follow_ends_the_measurement():
    assert _fault(follows=False) == FAULT_PROBE_LATE


def test_a_way_without_any_force_is_no_foot():
    assert _fault() == FAULT_FOOT_NOT_FOUND


def test_a_force_at_the_far_end_is_a_foot_that_is_too_long():
    assert _fault(force_mn=10_000) == FAULT_FOOT_TOO_LONG
