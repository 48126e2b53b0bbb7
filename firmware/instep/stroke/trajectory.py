"""Eased moves in exact integer arithmetic: several axes start, ramp, cruise, brake and arrive together.

Tick k of a move of n ticks has the weight 1, 3, 5, ... up to 2r, then 2r, then down again to 1 (r = RAMP_TICKS); the
weights add up to 2r(n - r). Each axis advances by distance x weight / sum and carries the remainder on: speed has no
step, rounding errors do not add up, and the last tick lands exactly on the target.
"""

from array import array

import micropython
from instep.axes import AXES_PER_FOOT, RATE_PER_TICK
from instep.kernel import ptr32
from instep.units import PERMILLE
from micropython import const

# Ticks in which an axis gains or loses its whole speed: 0.25 s. Start value.
RAMP_TICKS = 25

# Braking takes a quarter of a ramp: at most 80 ms. Start value.
_BRAKE_WEIGHT = const(8)

# Places in a move: the sum of all weights, the place after its last axis, the index of the foot's first setpoint, then
# five values for each axis that moves.
_SUM = const(0)
MOVE_END = 1
MOVE_BASE = 2
MOVE_FIRST = 3
MOVE_INDEX = 0  # of the axis's setpoint
_DISTANCE = const(1)  # >= 0, um, mN, ...
_SIGN = const(2)
_CARRY = const(3)
MOVE_GOAL = 4
MOVE_SIZE = 5


def cruise_ticks(axis: int, distance: int, rate: int, pace_permille: int) -> int:
    """Return the ticks that `distance` takes at full speed, without ramps."""
    return ticks_at_full_speed(RATE_PER_TICK[axis], rate, pace_permille, distance)


def eased_ticks(cruise: int) -> int:
    """Return the ticks of a move with both ramps, so that its greatest speed stays the cruising speed."""
    return max(cruise, RAMP_TICKS) + RAMP_TICKS if cruise else 1


def new_move(base: int) -> "array[int]":
    """Return an empty move for the axes of a foot, whose first setpoint stands at `base`."""
    move = array("i", [0] * (MOVE_FIRST + AXES_PER_FOOT * MOVE_SIZE))
    move[MOVE_END] = MOVE_FIRST
    move[MOVE_BASE] = base
    return move


class Trajectory:
    """Move up to ten axes of a foot together, by changing `setpoints[base + axis]`."""

    def __init__(self, setpoints: "array[int]", base: int) -> None:
        self.setpoints = setpoints
        self.move = new_move(base)
        self._base = base
        self._tick = 0
        self._ticks = 0
        self._weight = 0
        self._braked = 0
        self.is_over = True

    def clear(self) -> None:
        """Remove the axes of the last move."""
        self.move[MOVE_END] = MOVE_FIRST
        self._ticks = 0
        self.is_over = True

    def add(self, axis: int, place: int) -> int:
        """Add `axis` to the next move, with `place` as its target; return its distance >= 0."""
        return add_axis(self.move, self.setpoints, axis, place)

    def begin(self, ticks: int) -> None:
        """Start the move, which lasts `ticks` (>= 2 x RAMP_TICKS unless nothing moves)."""
        self._tick = 0
        self._ticks = ticks
        self.move[_SUM] = max(1, 2 * RAMP_TICKS * (ticks - RAMP_TICKS))
        self._weight = self._braked = 0
        self.is_over = False

    def advance(self) -> None:
        """Advance the move by one tick."""
        tick = self._tick
        left = self._ticks - tick
        if tick < RAMP_TICKS:
            weight = 2 * tick + 1
        elif left > RAMP_TICKS:
            weight = 2 * RAMP_TICKS
        else:
            weight = 2 * left - 1
        self._weight = advance_axes(self.move, self.setpoints, weight)
        self._tick = tick + 1
        self.is_over = left <= 1

    def brake(self) -> None:
        """Slow down for one tick; the move is over when nothing moves any more."""
        weight = max(0, self._weight - _BRAKE_WEIGHT)
        self._weight = advance_axes(self.move, self.setpoints, weight)
        self._braked += weight
        self.is_over = weight == 0

    def lanes(self) -> int:
        """Return the number of axes that move."""
        return (self.move[MOVE_END] - MOVE_FIRST) // MOVE_SIZE

    def axis(self, lane: int) -> int:
        """Return the axis of a lane, 0 to `lanes()` - 1."""
        return self.move[MOVE_FIRST + lane * MOVE_SIZE + MOVE_INDEX] - self._base

    def goal(self, lane: int) -> int:
        """Return the target of a lane's axis."""
        return self.move[MOVE_FIRST + lane * MOVE_SIZE + MOVE_GOAL]

    def ticks_left(self) -> int:
        """Return the ticks of a move over what a brake has left of this one, no faster than this one."""
        tick = self._tick
        left = self._ticks - tick
        if self.move[MOVE_END] == MOVE_FIRST:
            return max(1, left)
        if tick < RAMP_TICKS:
            weights = self.move[_SUM] - tick * tick
        elif left > RAMP_TICKS:
            weights = RAMP_TICKS * RAMP_TICKS + 2 * RAMP_TICKS * (left - RAMP_TICKS)
        else:
            weights = left * left
        return eased_ticks((weights - self._braked) // (2 * RAMP_TICKS) + 1)


@micropython.viper
def ticks_at_full_speed(speed: int, rate: int, pace_permille: int, distance: int) -> int:
    """Return the ticks that `distance` >= 0 takes at a rate, if it is not 0, and a pace, but no faster than `speed`.

    The largest product is a rate of 1,000 x 1,300.
    """
    if rate:
        rate = rate * pace_permille // PERMILLE
        if rate < speed:
            speed = rate
        if speed == 0:
            speed = 1
    return (distance + speed - 1) // speed


@micropython.viper
def add_axis(move: ptr32, places: ptr32, axis: int, place: int) -> int:
    """Add an axis of the foot to a move from `places`, with `place` as its goal; return its distance >= 0."""
    index = move[MOVE_BASE] + axis
    distance = place - places[index]
    if distance == 0:
        return 0
    sign = 1
    if distance < 0:
        distance = 0 - distance
        sign = -1
    end = move[MOVE_END]
    move[end + MOVE_INDEX] = index
    move[end + _DISTANCE] = distance
    move[end + _SIGN] = sign
    move[end + _CARRY] = 0
    move[end + MOVE_GOAL] = place
    move[MOVE_END] = end + MOVE_SIZE
    return distance


@micropython.viper
def advance_axes(move: ptr32, setpoints: ptr32, weight: int) -> int:
    """Move the axes of a move by `weight`, 0 to 2 x RAMP_TICKS; return the weight.

    The largest product is 340,000 um x 50, with a carry below the sum, 2 x 25 x 40,000: together 19 million.
    """
    total = move[_SUM]
    end = move[MOVE_END]
    at = MOVE_FIRST
    while at < end:
        carried = move[at + _CARRY] + move[at + _DISTANCE] * weight
        moved = carried // total
        if moved:
            index = move[at + MOVE_INDEX]
            setpoints[index] = setpoints[index] + moved * move[at + _SIGN]
            carried -= moved * total
        move[at + _CARRY] = carried
        at += MOVE_SIZE
    return weight
