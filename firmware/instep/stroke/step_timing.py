"""Walk the lanes of a program: what a step moves and how many ticks it takes.

The player uses these functions on the board, the checker on the laptop: what is promised is what is done.
"""

from array import array

from instep.axes import MILLI_STATION, RATE_PER_TICK, TOE_SELECT
from instep.stroke.foot_scaling import axis_target
from instep.stroke.program import AXIS_WAIT, END_STEP, END_STROKE, LANE_BYTES, PERMILLE

# Ticks in which an axis gains or loses its whole speed: 0.25 s. Start value.
RAMP_TICKS = 25


def lane_target(data: bytes, at: int) -> int:
    """Return the signed target of the lane at byte `at`."""
    target = data[at + 2] | data[at + 3] << 8
    return target - 0x10000 if target & 0x8000 else target


def lane_rate(data: bytes, at: int) -> int:
    """Return the rate of the lane at byte `at`, 0.1 mm/s (which is um per tick); 0 = the axis's own."""
    return data[at + 4] | data[at + 5] << 8


def cruise_ticks(axis: int, distance: int, rate: int, pace_permille: int) -> int:
    """Return the ticks that `distance` takes at full speed, without ramps."""
    speed = RATE_PER_TICK[axis]
    if rate:
        speed = min(speed, rate * pace_permille // PERMILLE) or 1
    return (distance + speed - 1) // speed


def eased_ticks(cruise: int) -> int:
    """Return the ticks of a move with both ramps, so that its greatest speed stays the cruising speed."""
    return max(cruise, RAMP_TICKS) + RAMP_TICKS if cruise else 1


def step_ticks(
    data: bytes,
    at: int,
    pose: "array[int]",
    length_um: int,
    force_permille: int,
    press_max_mn: int,
    pace_permille: int,
) -> int:
    """Move `pose` (ten axes of a foot of `length_um`) by the step at byte `at`; return its ticks, >= 1."""
    station = pose[TOE_SELECT] // MILLI_STATION
    cruise = 0
    wait = 1
    while True:
        axis = data[at]
        target = lane_target(data, at)
        if axis == AXIS_WAIT:
            wait = target
        else:
            place = axis_target(axis, target, length_um, station, force_permille, press_max_mn)
            if place != pose[axis]:
                distance = abs(place - pose[axis])
                cruise = max(cruise, cruise_ticks(axis, distance, lane_rate(data, at), pace_permille))
                pose[axis] = place
        if data[at + 1] & END_STEP:
            return max(wait, eased_ticks(cruise))
        at += LANE_BYTES


def after_step(data: bytes, at: int) -> int:
    """Return the byte offset of the step that follows the one at byte `at`."""
    while not data[at + 1] & END_STEP:
        at += LANE_BYTES
    return at + LANE_BYTES


def ends_stroke(data: bytes, after: int) -> bool:
    """Tell whether the step that ends before byte `after` is the last of its stroke."""
    return data[after - LANE_BYTES + 1] & END_STROKE != 0


def stroke_ticks(
    data: bytes,
    at: int,
    pose: "array[int]",
    length_um: int,
    force_permille: int,
    press_max_mn: int,
    pace_permille: int,
) -> int:
    """Move `pose` by the whole stroke that begins at byte `at`; return its ticks."""
    ticks = 0
    while True:
        ticks += step_ticks(data, at, pose, length_um, force_permille, press_max_mn, pace_permille)
        at = after_step(data, at)
        if ends_stroke(data, at):
            return ticks
