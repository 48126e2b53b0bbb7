"""Eased moves in exact integer arithmetic: several axes start, ramp, cruise, brake and arrive together.

Tick k of a move of n ticks has the weight 1, 3, 5, ... up to 2r, then 2r, then down again to 1 (r = RAMP_TICKS); the
weights add up to 2r(n - r). Each axis advances by distance x weight / sum and carries the remainder on: speed has no
step, rounding errors do not add up, and the last tick lands exactly on the target.
"""

from array import array

from instep.axes import AXES_PER_FOOT, RATE_PER_TICK
from instep.units import PERMILLE
from micropython import const

# Ticks in which an axis gains or loses its whole speed: 0.25 s. Start value.
RAMP_TICKS = 25

# Braking takes a quarter of a ramp: at most 80 ms. Start value.
_BRAKE_WEIGHT = const(8)


def cruise_ticks(axis: int, distance: int, rate: int, pace_permille: int) -> int:
    """Return the ticks that `distance` takes at full speed, without ramps."""
    speed = RATE_PER_TICK[axis]
    if rate:
        speed = min(speed, rate * pace_permille // PERMILLE) or 1
    return (distance + speed - 1) // speed


def eased_ticks(cruise: int) -> int:
    """Return the ticks of a move with both ramps, so that its greatest speed stays the cruising speed."""
    return max(cruise, RAMP_TICKS) + RAMP_TICKS if cruise else 1


class Trajectory:
    """Move up to ten axes of a foot together, by changing `setpoints[base + axis]`."""

    def __init__(self, setpoints: "array[int]", base: int) -> None:
        self._setpoints = setpoints
        self._base = base
        self._index = bytearray(AXES_PER_FOOT)
        self._distance = array("i", [0] * AXES_PER_FOOT)
        self._sign = array("i", [0] * AXES_PER_FOOT)
        self._carry = array("i", [0] * AXES_PER_FOOT)
        self._count = 0
        self._tick = 0
        self._ticks = 0
        self._sum = 1
        self._weight = 0
        self.is_over = True

    def clear(self) -> None:
        """Remove the axes of the last move."""
        self._count = 0
        self._ticks = 0
        self.is_over = True

    def add(self, axis: int, place: int) -> int:
        """Add `axis` to the next move, with `place` as its target; return its distance >= 0."""
        distance = place - self._setpoints[self._base + axis]
        if distance == 0:
            return 0
        count = self._count
        self._index[count] = self._base + axis
        self._sign[count] = 1 if distance > 0 else -1
        self._distance[count] = abs(distance)
        self._carry[count] = 0
        self._count = count + 1
        return abs(distance)

    def begin(self, ticks: int) -> None:
        """Start the move, which lasts `ticks` (>= 2 x RAMP_TICKS unless nothing moves)."""
        self._tick = 0
        self._ticks = ticks
        self._sum = max(1, 2 * RAMP_TICKS * (ticks - RAMP_TICKS))
        self._weight = 0
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
        self._apply(weight)
        self._tick = tick + 1
        self.is_over = left <= 1

    def brake(self) -> None:
        """Slow down for one tick; the move is over when nothing moves any more."""
        weight = max(0, self._weight - _BRAKE_WEIGHT)
        self._apply(weight)
        self.is_over = weight == 0

    def _apply(self, weight: int) -> None:
        self._weight = weight
        total = self._sum
        setpoints = self._setpoints
        carry = self._carry
        distance = self._distance
        index = self._index
        sign = self._sign
        for lane in range(self._count):
            carried = carry[lane] + distance[lane] * weight
            moved = carried // total
            if moved:
                setpoints[index[lane]] += moved * sign[lane]
                carried -= moved * total
            carry[lane] = carried
