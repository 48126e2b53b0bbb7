"""Bring rollers and toe parts to where a cloth reaches them, and home again afterwards; with empty wells only.

The self-test of a session comes first, and the guard monitors every move as in a session. Between the two ways
everything is without power. `Jog` ends the cleaning when a foot comes in or a button is pressed.
"""

from instep.axes import AXES, AXES_PER_FOOT, HOME, RATE_PER_TICK, TOE_REACH
from instep.guard.limits import JOG_SLOWNESS
from instep.guard.selftest import HOMING, PASSED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array

    from instep.drive.drives import Drives
    from instep.guard.selftest import SelfTest

# In the order of the axes: rollers lifted in the middle of their ways, the toe unit open and out of its housing. Start
# values.
POSE = (130_000, 170_000, 0, 0, 0, 0, 0, 0, 0, 0)


class Cleaning:
    """Move `setpoints` to the pose for cleaning, or home; `drive` follows them."""

    def __init__(self, drives: "Drives", selftest: "SelfTest", setpoints: "array[int]") -> None:
        self._drives = drives
        self._selftest = selftest
        self._setpoints = setpoints
        self._pose = POSE
        self.is_going_home = False

    def begin(self) -> None:
        """Begin the way to the pose for cleaning; the setpoints are at home, the self-test has begun."""
        self._pose = POSE
        self.is_going_home = False

    def go_home(self) -> None:
        """Begin the way home: the self-test, which has begun, homes the rollers; the toe units draw back meanwhile."""
        self._pose = HOME
        self.is_going_home = True
        for index in range(AXES):
            if index % AXES_PER_FOOT != TOE_REACH:
                self._setpoints[index] = HOME[index % AXES_PER_FOOT]

    def tick(self) -> bool:
        """Advance by one tick; return True when the way is over."""
        self._selftest.tick(True)
        state = self._selftest.state
        # On the way home the toe units draw back while the rollers seek their stops.
        may_move = state == PASSED or (state == HOMING and self.is_going_home)
        return may_move and self._approach() and state == PASSED

    def wants_servos(self) -> bool:
        """Return True if the servos should get pulses: the relay has passed its test."""
        return self._selftest.state >= HOMING

    def drive(self) -> None:
        """Drive the rollers for this tick."""
        if self._selftest.is_homing():
            self._drives.home(self._setpoints)
        elif self._selftest.state == PASSED:
            self._drives.follow(self._setpoints)
        else:
            self._drives.lift(self._setpoints)

    def _approach(self) -> bool:
        """Move every setpoint slowly toward the pose; return True when all have arrived."""
        has_arrived = True
        for index in range(AXES):
            if not approach(self._setpoints, index, self._pose[index % AXES_PER_FOOT]):
                has_arrived = False
        return has_arrived


def approach(setpoints: "array[int]", index: int, goal: int) -> bool:
    """Move a setpoint slowly toward a goal; return True if it was there already."""
    miss = goal - setpoints[index]
    step = max(1, RATE_PER_TICK[index % AXES_PER_FOOT] // JOG_SLOWNESS)
    setpoints[index] += max(-step, min(step, miss))
    return miss == 0
