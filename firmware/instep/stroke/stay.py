"""Linger on one spot in the middle of a stroke: the rollers that press go to and fro, then the stroke goes on.

The interrupted step brakes, and its axes go on to the same targets afterwards, so a stroke ends where the proof of
`verify` has it. Between, the rollers stay within 10 mm of where they braked and within the foot; nothing else moves.
"""

from array import array

from instep.axes import AXES_PER_FOOT, SOLE_STROKE, TICKS_PER_S, TOP_PRESS, TOP_STROKE
from instep.stroke.foot_scaling import roller_way_um
from instep.stroke.trajectory import cruise_ticks, eased_ticks
from instep.units import PERMILLE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.stroke.trajectory import Trajectory

# Once asked, ten seconds; asked again, longer; never more than a minute within 20 mm. Start values.
STAY_TICKS = 10 * TICKS_PER_S
STAY_MAX_TICKS = 60 * TICKS_PER_S
SPOT_UM = 20_000
REACH_UM = 10_000
# 15 mm/s, in um per tick: slower than any technique's own.
_RATE = const(150)
_NO_SPOT = -2 * SPOT_UM  # near no place of a foot

_BRAKING, _LINGERING, _RETURNING = range(3)


class Stay:
    """Take over a foot's `move` while `is_on`; afterwards the move is the rest of the interrupted step."""

    def __init__(self, move: "Trajectory", setpoints: "array[int]", base: int) -> None:
        self._move = move
        self._setpoints = setpoints
        self._base = base
        self._step_axes = bytearray(AXES_PER_FOOT)
        self._step_goals = array("i", [0] * AXES_PER_FOOT)
        self._step_count = 0
        self._step_ticks = 0
        self._centres = array("i", [0, 0])
        self._far_um = array("i", [0, 0])
        self._spots = array("i", [_NO_SPOT, _NO_SPOT])
        self._spot_ticks = 0
        self._ticks = 0
        self._until = 0
        self._stage = _BRAKING
        self._side = 1
        self.is_on = False

    def load(self, length_um: int) -> None:
        """Set the length of the foot; no spot of it has been stayed on."""
        for axis in (TOP_STROKE, SOLE_STROKE):
            self._far_um[axis] = roller_way_um(axis, length_um)
            self._spots[axis] = _NO_SPOT
        self._spot_ticks = 0
        self.is_on = False

    def presses(self) -> bool:
        """Return True if a roller presses on the foot."""
        return self._is_pressing(TOP_STROKE) or self._is_pressing(SOLE_STROKE)

    def ask(self) -> None:
        """Stay for ten seconds, or ten seconds longer, but no longer than a minute on one spot."""
        if not self.is_on:
            self._begin()
        if self._until < STAY_MAX_TICKS:
            self._until = min(self._until + STAY_TICKS, STAY_MAX_TICKS)

    def end(self) -> None:
        """Go on with the stroke after the present way."""
        self._until = self._ticks

    def abandon(self) -> None:
        """Leave the spot: the foot is being let go."""
        self._spot_ticks = self._ticks
        self.is_on = False

    def seconds_left(self) -> int:
        """Return the seconds until the stroke goes on, 0 if it does."""
        return max(0, self._until - self._ticks) // TICKS_PER_S if self.is_on else 0

    def tick(self) -> None:
        """Advance by one tick."""
        self._ticks += 1
        move = self._move
        if self._stage == _BRAKING:
            move.brake()
        else:
            move.advance()
        if move.is_over:
            self._go_on()

    def _is_pressing(self, axis: int) -> bool:
        return self._setpoints[self._base + axis + TOP_PRESS - TOP_STROKE] > 0

    def _begin(self) -> None:
        """Brake; a spot near the last one has the time that was left there."""
        is_near = True
        for axis in (TOP_STROKE, SOLE_STROKE):
            place = self._setpoints[self._base + axis]
            if self._is_pressing(axis) and abs(place - self._spots[axis]) > SPOT_UM:
                is_near = False
        if not is_near:
            self._spot_ticks = 0
            for axis in (TOP_STROKE, SOLE_STROKE):
                self._spots[axis] = self._setpoints[self._base + axis] if self._is_pressing(axis) else _NO_SPOT
        self._ticks = self._until = self._spot_ticks
        if self._ticks < STAY_MAX_TICKS:
            self.is_on = True
            self._stage = _BRAKING

    def _go_on(self) -> None:
        stage = self._stage
        if stage == _BRAKING:
            self._keep_step()
            self._side = 1
        if stage == _RETURNING and self._ticks >= self._until:
            self._restore_step()
        elif self._ticks >= self._until:
            self._stage = _RETURNING
            self._begin_way(0)
        else:
            self._stage = _LINGERING
            self._begin_way(self._side)
            self._side = -self._side

    def _keep_step(self) -> None:
        """Note what is left of the interrupted step, and where the rollers are."""
        move = self._move
        self._step_ticks = move.ticks_left()
        self._step_count = move.lanes()
        for lane in range(self._step_count):
            self._step_axes[lane] = move.axis(lane)
            self._step_goals[lane] = move.goal(lane)
        for axis in (TOP_STROKE, SOLE_STROKE):
            self._centres[axis] = self._setpoints[self._base + axis]

    def _restore_step(self) -> None:
        """Begin the rest of the step."""
        move = self._move
        move.clear()
        for lane in range(self._step_count):
            move.add(self._step_axes[lane], self._step_goals[lane])
        move.begin(self._step_ticks)
        self._spot_ticks = self._ticks
        self.is_on = False

    def _begin_way(self, side: int) -> None:
        """Begin a way to one end of the spot (1 away from the toes, -1 toward them), or back to its middle (0)."""
        move = self._move
        move.clear()
        cruise = 0
        for axis in (TOP_STROKE, SOLE_STROKE):
            if self._is_pressing(axis):
                place = self._centres[axis] + side * REACH_UM
                place = max(0, min(place, self._far_um[axis]))
                cruise = max(cruise, cruise_ticks(axis, move.add(axis, place), _RATE, PERMILLE))
        move.begin(eased_ticks(cruise))
