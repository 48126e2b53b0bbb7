"""Check all twenty setpoints before a drive sees them: replace an out-of-range setpoint by the last valid one."""

from array import array

import micropython
from instep.axes import AXES, AXES_PER_FOOT, FEET, HIGH, HOME, LOW, TOE_GRIP, TOE_REACH, TOE_SELECT
from instep.guard.faults import FAULT_SETPOINT_RANGE, FAULT_TOE_INTERLOCK, NO_FAULT
from instep.kernel import ptr32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.interface import StateMemory

# The least values of a foot's axes, then the greatest.
_BOUNDS = 2 * AXES_PER_FOOT


class SetpointLimiter:
    """Keep the last valid setpoints, and put them in the place of invalid ones; the bounds are from `memory`."""

    def __init__(self, memory: "StateMemory") -> None:
        self._bounds = memory.take(_BOUNDS, _BOUNDS)
        for axis in range(AXES_PER_FOOT):
            self._bounds[axis] = LOW[axis]
            self._bounds[AXES_PER_FOOT + axis] = HIGH[axis]
        self._good = array("i", HOME * FEET)

    def check(self, setpoints: "array[int]") -> int:
        """Check the setpoints that have changed; return the fault after its setpoint is replaced."""
        good = self._good
        if setpoints == good:
            return NO_FAULT
        fault = NO_FAULT
        for foot in range(FEET):
            if setpoints[foot * AXES_PER_FOOT + TOE_SELECT] != good[foot * AXES_PER_FOOT + TOE_SELECT]:
                fault = self._judge_select(setpoints, foot * AXES_PER_FOOT) or fault
        if replace_invalid(setpoints, good, self._bounds, AXES):
            return FAULT_SETPOINT_RANGE
        return fault

    def _judge_select(self, setpoints: "array[int]", base: int) -> int:
        """Let the selector move only while the grip is open and the reach is clear."""
        if setpoints[base + TOE_GRIP] == 0 and setpoints[base + TOE_REACH] == HOME[TOE_REACH]:
            return NO_FAULT
        setpoints[base + TOE_SELECT] = self._good[base + TOE_SELECT]
        return FAULT_TOE_INTERLOCK


@micropython.viper
def replace_invalid(setpoints: ptr32, good: ptr32, bounds: ptr32, count: int) -> int:
    """Replace each setpoint outside its bounds by the `good` one; the others become good; return how many.

    `bounds` are a foot's least and greatest values. Nothing is computed with a setpoint, so any value is safe.
    """
    replaced = 0
    index = 0
    axis = 0
    while index < count:
        setpoint = setpoints[index]
        if bounds[axis] <= setpoint and setpoint <= bounds[AXES_PER_FOOT + axis]:
            good[index] = setpoint
        else:
            setpoints[index] = good[index]
            replaced += 1
        index += 1
        axis = axis + 1 if axis + 1 < AXES_PER_FOOT else 0
    return replaced
