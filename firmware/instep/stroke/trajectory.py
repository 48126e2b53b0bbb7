"""Eased moves in exact integer arithmetic: several axes start, ramp, cruise, brake and arrive together.

Tick k of a move of n ticks has the weight 1, 3, 5, ... up to 2r, then 2r, then down again to 1 (r = RAMP_TICKS); the
weights add up to 2r(n - r). Each axis advances by distance x weight / sum and carries the remainder on, so speed has
no step, no rounding piles up, and the last tick lands exactly on the target.
"""

from array import array

from instep.axes import AXES_PER_FOOT
from instep.stroke.step_timing import RAMP_TICKS
from micropython import const

# Braking takes a quarter of a ramp: at most 80 ms. Start value.
_BRAKE_WEIGHT = const(8)


class Trajectory:
    """One move of up to ten axes of a foot; `setpoints[base + axis]` is what it changes."""

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
        """Forget the axes of the last move."""
        self._count = 0
        self._ticks = 0
        self.is_over = True

    def add(self, axis: int, place: int) -> int:
        """Let the next move take `axis` to `place`; return the distance >= 0."""
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
        """Start the move; it takes `ticks` (>= 2 x RAMP_TICKS unless nothing moves)."""
        self._tick = 0
        self._ticks = ticks
        self._sum = max(1, 2 * RAMP_TICKS * (ticks - RAMP_TICKS))
        self._weight = 0
        self.is_over = False

    def advance(self) -> None:
        """Make one tick of the move."""
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
        """Make one tick of slowing down from wherever the move is; over when it stands."""
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
