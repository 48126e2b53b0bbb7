"""The lanes of a step: from the bytes of a program to the axes of a move, and the ticks that they need.

Each lane moves one axis from where it is to the lane's target on a foot. In a tapered phase the place of a roller says
how much of a lane's force its press gives (`taper.py`).
"""

import micropython
from instep.axes import ROLLERS_PER_FOOT, TOE_REACH, TOP_PRESS
from instep.kernel import ptr8, ptr32
from instep.stroke.foot_scaling import SCALE_FACTOR, SCALE_HIGH, SCALE_LOW, SCALE_PLACES, SCALE_SPEED
from instep.stroke.program import AXIS_WAIT, END_STEP, LANE_BYTES, REACH_CLEAR
from instep.stroke.taper import tapered
from instep.stroke.trajectory import (
    MOVE_END,
    MOVE_FIRST,
    MOVE_GOAL,
    MOVE_INDEX,
    MOVE_SIZE,
    add_axis,
    ticks_at_full_speed,
)
from instep.units import PERMILLE

# Places in the state of a step that is walked; it begins with the scale of a foot.
STEP_AT = SCALE_PLACES  # byte offset of its first lane
STEP_END = STEP_AT + 1  # and of the next step
STEP_FLAGS = STEP_AT + 2  # of its last lane
STEP_WAIT = STEP_AT + 3  # ticks that it takes at least
STEP_PACE = STEP_AT + 4  # per mille
STEP_TAPERS = STEP_AT + 5  # of its phase
STEP_WAYS = STEP_AT + 6  # for each roller the length of its way, um
STEP_ROLLERS = STEP_WAYS + ROLLERS_PER_FOOT  # and its place, um
STEP_ROLLED = STEP_ROLLERS + ROLLERS_PER_FOOT  # and how far it goes, um, or NOT_ROLLED
STEP_PLACES = STEP_ROLLED + ROLLERS_PER_FOOT

NOT_ROLLED = -1


@micropython.viper
def lane_place(step: ptr32, data: ptr8, at: int) -> int:
    """Return where the lane at byte `at` leads its axis, in the axis's unit, without a taper.

    The largest product is a target of 1000 x 323,000 um.
    """
    axis = data[at]
    target = data[at + 2] | data[at + 3] << 8
    if target & 0x8000:
        target -= 0x10000
    if axis == TOE_REACH and target == REACH_CLEAR:
        return step[SCALE_HIGH + axis]
    place = target * step[SCALE_FACTOR + axis] // PERMILLE
    if place > step[SCALE_HIGH + axis]:
        return step[SCALE_HIGH + axis]
    if place < step[SCALE_LOW + axis]:
        return step[SCALE_LOW + axis]
    return place


@micropython.viper
def add_lanes(step: ptr32, data: ptr8, move: ptr32, places: ptr32, forces: ptr32) -> int:
    """Add the lanes of a step to a move from `places`; return their ticks at full speed, without ramps.

    `forces` are then what the lanes ask of rollers, if the phase is tapered.
    """
    at = step[STEP_AT]
    cruise = 0
    flags = 0
    while (flags & END_STEP) == 0:
        axis = data[at]
        flags = data[at + 1]
        if axis == AXIS_WAIT:
            step[STEP_WAIT] = data[at + 2] | data[at + 3] << 8
        else:
            place = int(lane_place(step, data, at))
            roller = axis - TOP_PRESS
            if step[STEP_TAPERS] and roller >= 0 and roller < ROLLERS_PER_FOOT:
                forces[roller] = place
                place = int(tapered(place, step[STEP_ROLLERS + roller], step[STEP_WAYS + roller], step[STEP_TAPERS]))
            distance = int(add_axis(move, places, axis, place))
            if roller < 0:
                step[STEP_ROLLED + axis] = distance
            rate = data[at + 4] | data[at + 5] << 8
            ticks = int(ticks_at_full_speed(step[SCALE_SPEED + axis], rate, step[STEP_PACE], distance))
            if ticks > cruise:
                cruise = ticks
        at += LANE_BYTES
    step[STEP_END] = at
    step[STEP_FLAGS] = flags
    return cruise


@micropython.viper
def arrive(move: ptr32, places: ptr32) -> int:
    """Put each axis of a move at its goal, and empty the move; return 0."""
    end = move[MOVE_END]
    at = MOVE_FIRST
    while at < end:
        places[move[at + MOVE_INDEX]] = move[at + MOVE_GOAL]
        at += MOVE_SIZE
    move[MOVE_END] = MOVE_FIRST
    return 0
