"""Check all twenty setpoints before a drive sees them: replace an out-of-range setpoint by the last valid one."""

from array import array

from instep.axes import AXES_PER_FOOT, FEET, HIGH, HOME, LOW, TOE_GRIP, TOE_REACH, TOE_SELECT
from instep.guard.faults import FAULT_SETPOINT_RANGE, FAULT_TOE_INTERLOCK, NO_FAULT

# One entry per setpoint, so that a lookup takes no arithmetic.
_LOW = LOW * FEET
_HIGH = HIGH * FEET


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
        index = 0
        for setpoint in setpoints:
            if setpoint != good[index]:
                if _LOW[index] <= setpoint <= _HIGH[index]:
                    good[index] = setpoint
                else:
                    setpoints[index] = good[index]
                    fault = FAULT_SETPOINT_RANGE
            index += 1
        return fault

    def _judge_select(self, setpoints: "array[int]", base: int) -> int:
        """Let the selector move only while the grip is open and the reach is clear."""
        if setpoints[base + TOE_GRIP] == 0 and setpoints[base + TOE_REACH] == HOME[TOE_REACH]:
            return NO_FAULT
        setpoints[base + TOE_SELECT] = self._good[base + TOE_SELECT]
        return FAULT_TOE_INTERLOCK
