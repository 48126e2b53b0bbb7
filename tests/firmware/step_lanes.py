"""Lanes of a program, byte by byte, and the state of a step that walks them."""

import struct
from array import array

from instep.stroke.foot_scaling import (
    SCALE_FORCE,
    SCALE_LENGTH,
    SCALE_PRESS_MAX,
    SCALE_TOE,
    STATION_PERMILLE,
    new_scale,
    scale_axes,
)
from instep.stroke.lanes import STEP_PACE, STEP_PLACES
from instep.stroke.program import LANE_FORMAT


def lane(axis: int, target: int, rate: int = 0, flags: int = 0) -> bytes:
    """Return a compiled lane."""
    return struct.pack(LANE_FORMAT, axis, flags, target, rate)


def scale_of(length_um: int, station: int = 0, force_permille: int = 1000, press_max_mn: int = 35_000) -> "array[int]":
    """Return the state of a step on a foot, at the usual pace."""
    step = new_scale(STEP_PLACES)
    step[SCALE_LENGTH] = length_um
    step[SCALE_TOE] = STATION_PERMILLE[station]
    step[SCALE_FORCE] = force_permille
    step[SCALE_PRESS_MAX] = press_max_mn
    step[STEP_PACE] = 1000
    scale_axes(step)
    return step
