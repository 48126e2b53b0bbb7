"""The bounds that a report draws."""

from sim.report import (
    bounds,
)


def test_the_bounds_are_those_of_the_firmware():
    assert (bounds.AXIS_LIMIT_N, bounds.HARD_STOP_N) == (35.0, 60.0)
    assert (bounds.SET_POINT_MAX_C, bounds.SKIN_TRIP_C, bounds.ELEMENT_TRIP_C) == (41.0, 43.0, 60.0)
