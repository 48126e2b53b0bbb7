"""Judge one NTC by its own samples, ten times a second, heat on or off."""

from instep.drive.ntc import is_plausible
from instep.guard import limits
from instep.guard.faults import (
    FAULT_HEAT_READING_FROZEN,
    FAULT_HEAT_READING_WILD,
    FAULT_HEAT_SENSOR_LOST,
    NO_FAULT,
)
from instep.guard.votes import LAST_THREE, VOTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.ntc import Probe


class SensorMonitor:
    """Judge one NTC: contact, jumps, and readings that do not change."""

    def __init__(self, probe: "Probe") -> None:
        self._probe = probe
        self._lost = 0
        self._wild = 0
        self._bucket = 0
        self._alike = 0
        self._code = -1
        self._median = 0
        self._is_known = False

    def is_sound(self) -> bool:
        """Return True if the last samples were all good; a lost sample also counts as a wild one."""
        return not self._wild and self._alike < limits.FROZEN_TRIP_SAMPLES

    def is_alive(self) -> bool:
        """Return True if the reading has changed within the time in which a shorted switch shows."""
        return self._alike < limits.STUCK_ON_SAMPLES

    def check(self) -> int:
        """Take the newest sample; return the fault that it completes."""
        probe = self._probe
        is_lost = not is_plausible(probe.code)
        fault = self._judge_sample(is_lost)
        if fault == NO_FAULT and self._is_frozen():
            fault = FAULT_HEAT_READING_FROZEN
        self._median = probe.centi_c
        self._is_known = True
        return fault

    def _judge_sample(self, is_lost: bool) -> int:
        """Vote on contact and jumps, and fill or drain the bucket of a loose wire."""
        jump = self._probe.raw_centi_c - self._median
        is_wild = self._is_known and not -limits.JUMP_TRIP_CENTI_K <= jump <= limits.JUMP_TRIP_CENTI_K
        self._lost = (self._lost << 1 | is_lost) & LAST_THREE
        self._wild = (self._wild << 1 | (is_lost or is_wild)) & LAST_THREE
        if self._wild & 1:
            self._bucket += limits.LOOSE_GAIN
        elif self._bucket:
            self._bucket -= 1
        if VOTES[self._lost] >= limits.SENSOR_VOTES:
            return FAULT_HEAT_SENSOR_LOST
        if VOTES[self._wild] >= limits.SENSOR_VOTES:
            return FAULT_HEAT_READING_WILD
        if self._bucket >= limits.LOOSE_TRIP:
            self._bucket = limits.LOOSE_TRIP
            return FAULT_HEAT_SENSOR_LOST
        return NO_FAULT

    def _is_frozen(self) -> bool:
        code = self._probe.code
        if code != self._code:
            self._code = code
            self._alike = 0
            return False
        if self._alike < limits.FROZEN_TRIP_SAMPLES:
            self._alike += 1
        return self._alike >= limits.FROZEN_TRIP_SAMPLES
