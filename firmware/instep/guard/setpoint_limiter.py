"""Check all twenty setpoints before a drive sees them: replace an out-of-range setpoint by the last valid one."""

from array import array

import micropython
from instep.axes import AXES, AXES_PER_FOOT, FEET, HIGH, HOME, LOW, TOE_GRIP, TOE_REACH, TOE_SELECT
from instep.guard.faults import FAULT_SETPOINT_RANGE, FAULT_TOE_INTERLOCK, NO_FAULT
from instep.kernel import ptr32

# The least value of every setpoint, then the greatest ones.
BOUNDS = array("i", LOW * FEET + HIGH * FEET)


class SetpointLimiter:
    """Keep the last valid setpoints, and put them in the place of invalid ones."""

    def __init__(self) -> None:
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
        if replace_invalid(setpoints, good, BOUNDS, AXES):
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

    `bounds` are `count` least and `count` greatest values. Nothing is computed with a setpoint, so any value is safe.
    """
    replaced = 0
    index = 0
    while index < count:
        setpoint = setpoints[index]
        if bounds[index] <= setpoint and setpoint <= bounds[count + index]:
            good[index] = setpoint
        else:
            setpoints[index] = good[index]
            replaced += 1
        index += 1
    return replaced
