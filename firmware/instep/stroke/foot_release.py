"""Let a foot go, bring it home, take it up again: in stages; the axes of a stage move together."""

from array import array

from instep.axes import (
    HOLD_ARCH,
    HOLD_HEEL,
    HOME,
    SOLE_PRESS,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.stroke.modes import BRAKE, HELD, RELEASE, REST, RETRACT, RETURN, WAIT
from instep.stroke.trajectory import cruise_ticks, eased_ticks
from instep.units import PERMILLE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.stroke.trajectory import Trajectory

# Grip opens before the reach draws back; the selector moves last, with both clear.
_RELEASE_STAGES = ((TOP_PRESS, SOLE_PRESS, TOE_GRIP), (TOE_TURN, TOE_REACH), (HOLD_ARCH, HOLD_HEEL))
_RETRACT_STAGES = _RELEASE_STAGES + ((TOP_STROKE, SOLE_STROKE, TOE_SELECT),)
_RETURN_STAGES = ((TOP_STROKE, SOLE_STROKE, TOE_SELECT), (HOLD_ARCH, HOLD_HEEL), (TOP_PRESS, SOLE_PRESS))
_RETRACT_LAST = const(4)  # the number of the stage in which the axes go home, with the foot free


class FootRelease:
    """Brake and let the foot go, then hold or go home; or return to where it was let go."""

    def __init__(self, move: "Trajectory") -> None:
        self._move = move
        self._home = array("i", HOME)
        self._goal = self._home
        self._stages: tuple[tuple[int, ...], ...] = _RELEASE_STAGES
        self._stage = 0
        self._goes_home = False
        self._mode = RELEASE

    def let_go(self, retract: bool, is_still: bool) -> int:
        """Begin to let the foot go, and with `retract` to go home; return the player's mode, as `tick` does."""
        self._goes_home = retract
        self._mode = BRAKE
        return self._begin_release() if is_still else BRAKE

    def take_up(self, pose: "array[int]") -> int:
        """Begin to return to `pose`; return the player's mode."""
        return self._begin(RETURN, _RETURN_STAGES, pose)

    def tick(self) -> int:
        """Advance by one tick; return the player's mode, which at the end is HELD, REST or (taken up) WAIT."""
        if self._mode == BRAKE:
            self._move.brake()
        else:
            self._move.advance()
        if not self._move.is_over:
            return self._mode
        return self._begin_release() if self._mode == BRAKE else self._next_stage()

    def is_foot_free(self) -> bool:
        """Return True if a retracting foot has been let go, and the axes only have to go home."""
        return self._stage >= _RETRACT_LAST

    def _begin_release(self) -> int:
        if self._goes_home:
            return self._begin(RETRACT, _RETRACT_STAGES, self._home)
        return self._begin(RELEASE, _RELEASE_STAGES, self._home)

    def _begin(self, mode: int, stages: "tuple[tuple[int, ...], ...]", goal: "array[int]") -> int:
        self._mode = mode
        self._stages = stages
        self._goal = goal
        self._stage = 0
        return self._next_stage()

    def _next_stage(self) -> int:
        mode = self._mode
        if self._stage == len(self._stages):
            return HELD if mode == RELEASE else WAIT if mode == RETURN else REST
        self._move.clear()
        cruise = 0
        for axis in self._stages[self._stage]:
            cruise = max(cruise, cruise_ticks(axis, self._move.add(axis, self._goal[axis]), 0, PERMILLE))
        self._stage += 1
        self._move.begin(eased_ticks(cruise))
        return mode
