"""Measuring the feet at session start: which fault a measurement that failed becomes, and when it is over."""

from array import array

from instep.axes import AXES, AXES_PER_FOOT, LEFT, SOLE_STROKE, TOP_STROKE
from instep.guard.faults import (
    FAULT_FOOT_NOT_FOUND,
    FAULT_FOOT_TOO_HIGH,
    FAULT_FOOT_TOO_LONG,
    FAULT_PROBE_LATE,
    NO_FAULT,
)
from instep.session.fitting import Fitting
from tests.fakes import figures_of, stand_in
from tests.firmware.sessions import CALIBRATION, resting_roller

_LEFT_ONLY = 1
_TOP = LEFT * 2
_SOLE = LEFT * 2 + 1
_MAX_TICKS = 60 * 100


def _fault(follows=True, force_mn=0, top_follows=True, top_mn=0):
    """Return the fault after measuring the left foot; each roller follows or stands, under one force."""
    rollers = [resting_roller() for _ in range(4)]
    drives = stand_in(rollers=rollers, presses=[stand_in(force_mn=mn) for mn in (top_mn, force_mn) * 2])
    drives.figures = figures_of(CALIBRATION)
    setpoints = array("i", [0] * AXES)
    fitting = Fitting(drives, setpoints)
    fitting.begin(_LEFT_ONLY)
    for _ in range(_MAX_TICKS):
        fitting.tick()
        if fitting.is_over or fitting.fault:
            return fitting.fault
        if follows:
            rollers[_SOLE].position_um = setpoints[SOLE_STROKE]
        if top_follows:
            rollers[_TOP].position_um = setpoints[TOP_STROKE]
    raise AssertionError("the measurement does not end")


def test_a_roller_that_does_not_follow_ends_the_measurement():
    assert _fault(follows=False) == FAULT_PROBE_LATE


def test_a_way_without_any_force_is_no_foot():
    assert _fault() == FAULT_FOOT_NOT_FOUND


def test_a_force_at_the_far_end_is_a_foot_that_is_too_long():
    assert _fault(force_mn=10_000) == FAULT_FOOT_TOO_LONG


def test_a_lifted_top_roller_that_feels_the_foot_ends_the_measurement_at_once():
    assert _fault(top_mn=3_001) == FAULT_FOOT_TOO_HIGH
    assert _fault(top_mn=3_000) == FAULT_FOOT_NOT_FOUND, "as without a top roller"


def test_a_top_roller_that_does_not_come_home_ends_the_measurement():
    assert _fault(top_follows=False, force_mn=0) == FAULT_FOOT_NOT_FOUND
    assert _measured(top_follows=False) == FAULT_PROBE_LATE
    assert _measured() == NO_FAULT


def _measured(top_follows=True):
    """Measure a left foot whose heel is felt at 260 mm; return the fault, once all rollers that follow are home."""
    rollers = [resting_roller() for _ in range(4)]
    presses = [stand_in(force_mn=0) for _ in range(4)]
    setpoints = array("i", [0] * AXES)
    drives = stand_in(rollers=rollers, presses=presses, figures=figures_of(CALIBRATION))
    fitting = Fitting(drives, setpoints)
    fitting.begin(_LEFT_ONLY)
    for _ in range(_MAX_TICKS):
        fitting.tick()
        if fitting.is_over or fitting.fault:
            assert fitting.fault or (setpoints[TOP_STROKE], setpoints[SOLE_STROKE]) == (0, 0)
            return fitting.fault
        rollers[_SOLE].position_um = setpoints[SOLE_STROKE]
        rollers[_TOP].position_um = setpoints[TOP_STROKE] if top_follows else 100_000
        presses[_SOLE].force_mn = 2_000 if fitting.travel_um(LEFT) and setpoints[SOLE_STROKE] < 260_000 else 0
    raise AssertionError("the measurement does not end")


def _innermost_um(mask):
    """Measure feet of which only the left one is felt, at 260 mm; return fault and the right roller's least place."""
    rollers = [resting_roller() for _ in range(4)]
    presses = [stand_in(force_mn=0) for _ in range(4)]
    setpoints = array("i", [0] * AXES)
    drives = stand_in(rollers=rollers, presses=presses, figures=figures_of(CALIBRATION))
    fitting = Fitting(drives, setpoints)
    fitting.begin(mask)
    least_um = 400_000
    for _ in range(_MAX_TICKS):
        fitting.tick()
        if fitting.is_over or fitting.fault:
            return fitting.fault, least_um
        for foot in range(2):
            rollers[foot * 2].position_um = setpoints[foot * AXES_PER_FOOT + TOP_STROKE]
            rollers[foot * 2 + 1].position_um = setpoints[foot * AXES_PER_FOOT + SOLE_STROKE]
        left_um, right_um = rollers[1].position_um, rollers[3].position_um
        presses[1].force_mn = 2_000 if fitting.travel_um(LEFT) and left_um < 260_000 else 0
        if fitting.travel_um(1):
            least_um = min(least_um, right_um)
    raise AssertionError("the measurement does not end")


def test_a_roller_that_passes_the_other_foots_heel_by_more_than_feet_differ_feels_no_foot():
    """It would press on this foot's heel all the way to the shortest foot's."""
    fault, least_um = _innermost_um(mask=3)
    assert fault == FAULT_FOOT_NOT_FOUND
    assert 260_000 - 12_000 < least_um < 260_000 - 9_000


def test_a_foot_that_is_measured_alone_is_sought_down_to_the_shortest():
    fault, least_um = _innermost_um(mask=2)
    assert fault == FAULT_FOOT_NOT_FOUND
    assert least_um < 210_000
