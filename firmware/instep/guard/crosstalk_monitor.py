"""Watch whose lead answers when the power of a heater changes: its own, its neighbour's, or none.

The heater drive changes its power on purpose now and then, the two wells in turn. What does not come and go with the
power falls out: sensors that differ, the warmth of the foot, the cold of the shell.
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
    from instep.guard.temperature_difference import TemperatureDifference

# The slow average from which a swing counts: 32 samples.
_SLOW_BITS = const(5)
# The least answer in 0.01 K per permille is 1/8: a third of what 12 V make, half of what a weak film at 10.5 V makes.
_ANSWER_BITS = const(3)


class Swing:
    """What of a value has changed within the last seconds."""

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
        """Begin anew with the next sample."""
        self._is_new = True
        self.now = 0


class CrosstalkMonitor:
    """Judge one well beside its neighbour, window by window, by the power that is left out on purpose.

    That alone is a cause and no effect: the control answers whatever happens to a lead, with the other sign.
    `probe` and `lead` are the swings of what is not left out and of the lead. All sums stay under 2**30.
    """

    def __init__(self, heater: "HeaterDrive", lead: "TemperatureDifference") -> None:
        self._heater = heater
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
        """Begin a judgement."""
        self._asked = self._own = self._by_film = self._by_other = 0

    def _forgive(self) -> None:
        self._votes = 0
        self._is_crossed = False

    def forget(self) -> None:
        """Take nothing from before into account: sensors were not sound."""
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
            # Heat begins or ends: the plainest answer there will be.
            self._samples = 0
            self._begin()
        self._was_left_out = left_out
        self._left_out += left_out - (self._left_out >> FILM_BITS)
        self.probe.take(-(self._left_out >> FILM_BITS))
        self.lead.take(self._lead.now)
        self._power.take(self._lead.power_permille)
        self._film.take(self._heater.element_centi_c)
        self._samples += 1
        if self._samples <= 0:
            return NO_FAULT
        # While the other well's power is changed, nobody can tell whose answer it is.
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
        """Vote: a small change twice in a row, or a big one once; a lead that goes the other way says nothing."""
        minimum = self._asked >> _ANSWER_BITS
        # A lead that stays though there is no power at all is another watch's.
        is_idle = self._heater.duty_permille == 0 and not self._lead.is_small()
        if is_idle or not -minimum < self._own < minimum:
            if self._own >= minimum:
                self._forgive()
            self._begin()
            return NO_FAULT
        # The other's film answers, or this one does though its lead does not: then both sensors sit on films.
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
