"""Watch the heat of the wells: sensors that lie, heaters that do not heat, switches that stay on.

Each check takes the newest sample of every sensor, ten times a second, whether the heat is on or off.
"""

from array import array

from instep.drive.ntc import is_plausible
from instep.guard import limits
from instep.guard.faults import (
    FAULT_HEAT_CROSSED,
    FAULT_HEAT_READING_FROZEN,
    FAULT_HEAT_READING_WILD,
    FAULT_HEAT_SENSOR_LOST,
    FAULT_HEAT_SENSORS_DIFFER,
    FAULT_HEAT_WITHOUT_RISE,
    FAULT_RISE_WITHOUT_HEAT,
    NO_FAULT,
)
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.heater import HeaterDrive
    from instep.drive.ntc import Probe

_THREE_SAMPLES = const(0b111)
# How many of three one-bit samples are set.
VOTES = bytes((0, 1, 1, 2, 1, 2, 2, 3))


class SensorWatch:
    """Judge one NTC by its own samples: contact, jumps, slope, life."""

    def __init__(self, probe: "Probe") -> None:
        self._probe = probe
        self._lost = 0
        self._wild = 0
        self._bucket = 0
        self._alike = 0
        self._code = -1
        self._median = 0
        self._second = array("i", [0] * limits.SLOPE_SAMPLES)
        self._at = 0
        self._known = 0

    def is_sound(self) -> bool:
        """Tell whether the last samples were all good."""
        return not (self._lost or self._wild or self._alike >= limits.FROZEN_TRIP_SAMPLES)

    def check(self) -> int:
        """Take the newest sample; return the fault it completes."""
        probe = self._probe
        if probe.samples == 0:
            return NO_FAULT
        is_lost = not is_plausible(probe.code)
        fault = self._judge_sample(is_lost)
        if fault == NO_FAULT and self._is_too_fast():
            fault = FAULT_HEAT_READING_WILD
        if fault == NO_FAULT and self._is_frozen():
            fault = FAULT_HEAT_READING_FROZEN
        self._median = probe.centi_c
        return fault

    def _judge_sample(self, is_lost: bool) -> int:
        """Vote on contact and jumps, and fill or drain the bucket of a loose wire."""
        jump = self._probe.raw_centi_c - self._median
        is_wild = self._known > 0 and not -limits.JUMP_TRIP_CENTI_K <= jump <= limits.JUMP_TRIP_CENTI_K
        self._lost = (self._lost << 1 | is_lost) & _THREE_SAMPLES
        self._wild = (self._wild << 1 | (is_lost or is_wild)) & _THREE_SAMPLES
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

    def _is_too_fast(self) -> bool:
        """Tell whether the median went further within a second than heat can."""
        at = self._at
        centi_c = self._probe.centi_c
        change = centi_c - self._second[at]
        self._second[at] = centi_c
        self._at = at + 1 if at < limits.SLOPE_SAMPLES - 1 else 0
        if self._known < limits.SLOPE_SAMPLES:
            self._known += 1
            return False
        return not -limits.SLOPE_TRIP_CENTI_K <= change <= limits.SLOPE_TRIP_CENTI_K

    def _is_frozen(self) -> bool:
        code = self._probe.code
        if code != self._code:
            self._code = code
            self._alike = 0
            return False
        if self._alike < limits.FROZEN_TRIP_SAMPLES:
            self._alike += 1
        return self._alike >= limits.FROZEN_TRIP_SAMPLES


class RiseWatch:
    """Weigh the power that a heater was asked for against the lead of its film, window by window."""

    def __init__(self, heater: "HeaterDrive") -> None:
        self._heater = heater
        self._lead_without_heat = 0
        self._crossed_windows = 0
        self._begin()

    def _begin(self) -> None:
        self._samples = self._permille = self._lead = self._apart = 0
        self._element_at_first = self._heater.element_centi_c

    def learn(self, lead: int) -> None:
        """Take `lead` as what the sensors show without heat."""
        self._lead_without_heat = lead

    def check(self, lead: int) -> int:
        """Take one sample; return the fault that a window shows at its end.

        A window begins with the first power in it: power that comes at its end has no time to show as lead.
        """
        if self._permille == 0 and self._heater.duty_permille == 0:
            self._begin()
            return NO_FAULT
        self._samples += 1
        self._permille += self._heater.duty_permille
        self._lead += lead
        self._apart += lead if lead > 0 else -lead
        if self._samples < limits.RISE_WINDOW_SAMPLES:
            return NO_FAULT
        fault = self._judge_window()
        self._begin()
        return fault

    def _judge_window(self) -> int:
        permille = self._permille // limits.RISE_WINDOW_SAMPLES
        if permille < limits.RISE_LEAST_PERMILLE:
            return NO_FAULT
        lead = self._lead // limits.RISE_WINDOW_SAMPLES - self._lead_without_heat
        if lead * 1000 >= permille * limits.RISE_CENTI_K_PER_KILO:
            self._crossed_windows = 0
            return NO_FAULT
        rise = self._heater.element_centi_c - self._element_at_first
        is_warming = permille < limits.CROSSED_FULL_PERMILLE or rise >= limits.CROSSED_RISE_CENTI_K
        if not is_warming or self._apart > limits.CROSSED_MOST_CENTI_K * limits.RISE_WINDOW_SAMPLES:
            return FAULT_HEAT_WITHOUT_RISE
        self._crossed_windows += 1
        if self._crossed_windows < limits.CROSSED_TRIP_WINDOWS:
            return NO_FAULT
        self._crossed_windows = 0
        return FAULT_HEAT_CROSSED


class WellWatch:
    """Judge one well: both sensors, then what they say together about the heater."""

    def __init__(self, heater: "HeaterDrive") -> None:
        self._heater = heater
        self._element = SensorWatch(heater.element)
        self._skin = SensorWatch(heater.skin)
        self._differing = 0
        self._rise = RiseWatch(heater)
        self._off_samples = 0
        self._element_least = 0
        self._skin_least = 0
        self._stuck_samples = 0

    def is_sound(self) -> bool:
        """Tell whether the causes of the faults are gone, as far as that can be seen with the heat off."""
        return self._element.is_sound() and self._skin.is_sound() and not self._differing

    def check(self) -> int:
        """Take one sample of everything; return the fault it completes."""
        fault = self._element.check()
        if fault == NO_FAULT:
            fault = self._skin.check()
        else:
            self._skin.check()
        lead = self._heater.element_centi_c - self._heater.skin_centi_c
        if self._do_sensors_differ(lead) and fault == NO_FAULT:
            fault = FAULT_HEAT_SENSORS_DIFFER
        missing = self._rise.check(lead)
        if fault == NO_FAULT:
            fault = missing
        if self._is_stuck_on(lead):
            return FAULT_RISE_WITHOUT_HEAT
        return fault

    def _do_sensors_differ(self, lead: int) -> bool:
        """Tell whether the two readings have long been too far apart."""
        apart = lead if lead > 0 else -lead
        if apart > limits.DIFFER_TRIP_CENTI_K:
            if self._differing < limits.DIFFER_TRIP_SAMPLES:
                self._differing += 1
        elif apart < limits.DIFFER_CLEAR_CENTI_K and self._differing:
            self._differing -= 1
        return self._differing >= limits.DIFFER_TRIP_SAMPLES

    def _is_stuck_on(self, lead: int) -> bool:
        """Tell whether a heater that is off goes on to lead and to warm the well."""
        heater = self._heater
        if heater.duty_permille:
            self._off_samples = self._stuck_samples = 0
            return False
        element = heater.element_centi_c
        skin = heater.skin_centi_c
        if self._off_samples < limits.STUCK_ON_SETTLE_SAMPLES:
            self._off_samples += 1
            self._element_least = element
            self._skin_least = skin
            return False
        if lead < limits.STUCK_ON_LEAD_CENTI_K:
            self._rise.learn(lead)
        self._element_least = min(self._element_least, element)
        self._skin_least = min(self._skin_least, skin)
        is_rising = (
            lead >= limits.STUCK_ON_LEAD_CENTI_K
            and element - self._element_least >= limits.STUCK_ON_RISE_CENTI_K
            and skin - self._skin_least >= limits.STUCK_ON_RISE_CENTI_K
        )
        self._stuck_samples = self._stuck_samples + 1 if is_rising else 0
        return self._stuck_samples >= limits.STUCK_ON_TRIP_SAMPLES
