"""Find which film responds when the power of a heater changes: its own, its neighbour's, or none.

The heater drive changes its power on purpose, the two wells in turn. Influences that do not change with the power
cancel out: offsets of the sensors, the warmth of the foot, the cold of the shell.
"""

from instep.guard import limits
from instep.guard.faults import (
    FAULT_HEAT_CROSSED,
    FAULT_HEAT_SENSORS_DIFFER,
    FAULT_HEAT_WITHOUT_RISE,
    NO_FAULT,
)
from instep.guard.temperature_difference import FILM_BITS
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.heater import HeaterDrive
    from instep.drive.ntc import Probe
    from instep.guard.temperature_difference import TemperatureDifference

# Time constant of the high-pass filter: 32 samples.
_SLOW_BITS = const(5)
# Smallest response, 0.01 K per permille: 1/8. A third of the response at 12 V, half of a weak film's at 10.5 V.
_ANSWER_BITS = const(3)


class Swing:
    """High-pass filter of a value, time constant 32 samples (3.2 s); `now` is its output."""

    def __init__(self) -> None:
        self._slow = 0
        self._is_new = True
        self.now = 0

    def take(self, value: int) -> None:
        """Take one sample."""
        if self._is_new:
            self._is_new = False
            self._slow = value << _SLOW_BITS
        self._slow += value - (self._slow >> _SLOW_BITS)
        self.now = value - (self._slow >> _SLOW_BITS)

    def forget(self) -> None:
        """Start again with the next sample."""
        self._is_new = True
        self.now = 0


class CrosstalkMonitor:
    """Judge one well and its neighbour, window by window, by the power that is left out on purpose.

    Only that part of the power is independent of the temperatures; the control reacts to them. `probe` and `lead` are
    the filtered test power and temperature difference. All sums stay under 2**30.
    """

    def __init__(self, heater: "HeaterDrive", element: "Probe", lead: "TemperatureDifference") -> None:
        self._heater = heater
        self._element = element
        self._lead = lead
        self._was_left_out = heater.left_out_permille
        self._left_out = self._was_left_out << FILM_BITS
        self._power = Swing()
        self._film = Swing()
        self.probe = Swing()
        self.lead = Swing()
        self._samples = 0
        self._begin()
        self._forgive()

    def _begin(self) -> None:
        """Start a window."""
        self._asked = self._own = self._by_film = self._by_other = 0

    def _forgive(self) -> None:
        self._votes = 0
        self._is_crossed = False

    def forget(self) -> None:
        """Discard all samples so far, because a sensor was not sound."""
        self.probe.forget()
        self.lead.forget()
        self._power.forget()
        self._film.forget()
        self._begin()
        self._forgive()

    def check(self, other: "CrosstalkMonitor") -> int:
        """Take one sample; return the fault that it completes."""
        left_out = self._heater.left_out_permille
        if not -limits.ANSWER_BEGIN_PERMILLE <= left_out - self._was_left_out <= limits.ANSWER_BEGIN_PERMILLE:
            # Heat starts or ends: the clearest response, so a new window starts here.
            self._samples = 0
            self._begin()
        self._was_left_out = left_out
        self._left_out += left_out - (self._left_out >> FILM_BITS)
        self.probe.take(-(self._left_out >> FILM_BITS))
        self.lead.take(self._lead.now)
        self._power.take(self._lead.power_permille)
        self._film.take(self._element.centi_c)
        self._samples += 1
        if self._samples <= 0:
            return NO_FAULT
        # While the other well's power changes, the response cannot be assigned to one of them.
        if -limits.QUIET_PERMILLE <= other.probe.now <= limits.QUIET_PERMILLE:
            probe = self.probe.now
            self._asked += probe * self._power.now
            self._own += probe * self.lead.now
            self._by_film += probe * self._film.now
            self._by_other += probe * other.lead.now
        if self._samples < limits.ANSWER_WINDOW_SAMPLES:
            return NO_FAULT
        self._samples = 0
        return self._judge() if self._asked >= limits.ANSWER_MIN else NO_FAULT

    def _judge(self) -> int:
        """Vote: a small change twice in a row, or a large one once; a response of the opposite sign does not count."""
        minimum = self._asked >> _ANSWER_BITS
        # A difference that stays without any power belongs to another monitor.
        is_idle = self._heater.duty_permille == 0 and not self._lead.is_small()
        if is_idle or not -minimum < self._own < minimum:
            if self._own >= minimum:
                self._forgive()
            self._begin()
            return NO_FAULT
        # The other film responds, or this film does without its difference: then both sensors sit on films.
        is_crossed = self._by_other >= minimum or self._by_film >= minimum
        self._is_crossed = is_crossed and (self._votes == 0 or self._is_crossed)
        self._votes += limits.ANSWER_TRIP_VOTES if self._asked >= limits.ANSWER_STRONG else 1
        self._begin()
        self._samples = -limits.ANSWER_REST_SAMPLES
        return NO_FAULT if self._votes < limits.ANSWER_TRIP_VOTES else self._conclude()

    def _conclude(self) -> int:
        is_crossed = self._is_crossed
        self._forgive()
        if is_crossed:
            return FAULT_HEAT_CROSSED
        return FAULT_HEAT_WITHOUT_RISE if self._lead.is_small() else FAULT_HEAT_SENSORS_DIFFER
