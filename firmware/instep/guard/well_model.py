"""One model of a well, judged against its readings ten times a second, heat on or off.

Three sensors, two of which measure the skin side with nothing in common but the pad:

    thermometer = skin NTC                     to 1.5 K, and 0.8 K while one lags
    film NTC - skin NTC - base = 3.6 K x power  to a third either way

What differs for longer than lags explain is a sensor, a heater or a wire; which of them decides the words alone.
"""

from instep.guard.deviation import Deviation
from instep.guard.faults import (
    FAULT_HEAT_CROSSED,
    FAULT_HEAT_SENSOR_LOST,
    FAULT_HEAT_SENSORS_DIFFER,
    FAULT_HEAT_WITHOUT_RISE,
    FAULT_RISE_WITHOUT_HEAT,
    NO_FAULT,
)
from instep.guard.lead import Lead
from instep.guard.limits import (
    ALIVE_SAMPLES,
    COLD_CENTI_C,
    COLD_TRIP_SUM,
    DIFFER_CENTI_K,
    DIFFER_TRIP_SUM,
    FULL_PERMILLE,
    FULL_TRIP_SAMPLES,
    HEAT_AT_REST_CENTI_K,
    LEAD_HIGH_CENTI_K,
    LEAD_HIGH_PERCENT,
    LEAD_LOW_PERCENT,
    LEAD_MIN_PERMILLE,
    LEAD_MISSING_SUM,
    LEAD_TRIP_SUM,
)
from instep.guard.rise_monitor import RiseMonitor
from instep.guard.sensor_monitor import SensorMonitor
from instep.units import PERCENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.heater import HeaterDrive
    from instep.drive.ntc import Probe
    from instep.guard.relay_monitor import RelayMonitor
    from instep.hal.interface import Thermometer


class WellModel:
    """Judge one well; `is_missing`: its film does not answer its power, so another one's may.

    `element` and `skin` read the thermistors for the guard alone, `thermometer_centi_c` is the thermometer's newest
    value; the drive only says what power it asks for.
    """

    def __init__(
        self, heater: "HeaterDrive", element: "Probe", skin: "Probe", thermometer: "Thermometer", relay: "RelayMonitor"
    ) -> None:
        self._heater = heater
        self._thermometer = thermometer
        self.element = element
        self.skin = skin
        self.thermometer_centi_c = 0
        self.element_monitor = SensorMonitor(element)
        self.skin_monitor = SensorMonitor(skin)
        self._lead = Lead(heater, element, skin, relay)
        self._rise = RiseMonitor(heater, self._lead)
        self._differing = Deviation(DIFFER_TRIP_SUM)
        self._short = Deviation(LEAD_TRIP_SUM)
        self._excess = Deviation(LEAD_TRIP_SUM)
        self._cold = Deviation(COLD_TRIP_SUM)
        self._full_samples = 0
        self._last_thermometer = 0
        self._alike_samples = 0
        self._sensor_fault = NO_FAULT
        self.is_missing = False

    def is_sound(self) -> bool:
        """Return True if the causes of the faults are gone, as far as that shows with the heat off."""
        return self._are_ntcs_sound() and not (self._differing.sum or self._excess.sum or self._cold.sum)

    def _are_ntcs_sound(self) -> bool:
        return self.element_monitor.is_sound() and self.skin_monitor.is_sound()

    def is_at_odds(self) -> bool:
        """Return True if plausible readings differ by more than a well that has rested makes possible."""
        difference = abs(self.element.centi_c - self.skin.centi_c)
        apart = abs(self.skin.centi_c - self._thermometer.read_centi_c())
        return self.element.sound and self.skin.sound and max(difference, apart) > HEAT_AT_REST_CENTI_K

    def take(self) -> None:
        """Take one sample."""
        self.thermometer_centi_c = self._thermometer.read_centi_c()
        if self._has_samples():
            skin_fault = self.skin_monitor.check()
            self._sensor_fault = self.element_monitor.check() or skin_fault
            self._lead.take()

    def _has_samples(self) -> bool:
        return self.element.samples != 0 and self.skin.samples != 0

    def judge(self, other: "WellModel", is_doubted: bool) -> int:
        """Return the most severe fault that the sample completes, otherwise the first one detected.

        `is_doubted`: a notice has put the heat off, so one sensor that shows warming is enough.
        """
        if not self._has_samples():
            return NO_FAULT
        fault = self._sensor_fault
        are_sound = self._are_ntcs_sound()
        if are_sound:
            fault = fault or self._judge_skin() or self._judge_lead(other)
        else:
            self._short.forget()
            self._excess.forget()
            self.is_missing = False
        fault = fault or self._judge_warming()
        # A skin NTC at odds with the thermometer makes a lead that no power makes, and so does a frozen NTC beside a
        # well that a foot warms.
        are_alive = self.element_monitor.is_alive() and self.skin_monitor.is_alive()
        is_lead_sound = are_sound and are_alive and not self._differing.sum and not other.is_missing
        if self._is_rising(is_lead_sound, is_doubted):
            return FAULT_RISE_WITHOUT_HEAT
        return fault

    def _is_rising(self, is_lead_sound: bool, is_doubted: bool) -> bool:
        return self._rise.is_rising(is_lead_sound, self.thermometer_centi_c, self._warmth_centi_c(is_doubted))

    def _warmth_centi_c(self, is_doubted: bool) -> int:
        """Return what both sensors of the skin side agree on; once one is doubted, the thermometer if it lives."""
        ntc = self.skin.centi_c
        thermometer = self.thermometer_centi_c
        if thermometer != self._last_thermometer:
            self._last_thermometer = thermometer
            self._alike_samples = 0
        elif self._alike_samples < ALIVE_SAMPLES:
            self._alike_samples += 1
        if not self.skin_monitor.is_sound():
            return thermometer
        if not is_doubted:
            return min(ntc, thermometer)
        return thermometer if self._alike_samples < ALIVE_SAMPLES else ntc

    def _judge_skin(self) -> int:
        """Compare the skin side's NTC with the thermometer."""
        apart = abs(self.skin.centi_c - self.thermometer_centi_c)
        return FAULT_HEAT_SENSORS_DIFFER if self._differing.is_tripped_by(apart - DIFFER_CENTI_K) else NO_FAULT

    def _judge_lead(self, other: "WellModel") -> int:
        """Compare the lead with what the power explains; a shorted switch is left to the rise monitor."""
        lead = self._lead
        minimum = lead.explained * LEAD_LOW_PERCENT // PERCENT
        if lead.power_permille < LEAD_MIN_PERMILLE:
            self._short.forget()
            is_short = False
        else:
            is_short = self._short.is_tripped_by(minimum - lead.over)
        self.is_missing = self._short.sum > LEAD_MISSING_SUM
        maximum = lead.explained * LEAD_HIGH_PERCENT // PERCENT + LEAD_HIGH_CENTI_K
        is_excess = self._excess.is_tripped_by(lead.over - maximum)
        if is_short:
            return FAULT_HEAT_CROSSED if other.has_excess() else FAULT_HEAT_WITHOUT_RISE
        if is_excess and not other.is_missing and not self._rise.is_like_stuck_on():
            return FAULT_HEAT_SENSORS_DIFFER
        return NO_FAULT

    def has_excess(self) -> bool:
        """Return True if the film is warmer than its power explains."""
        return self._excess.sum > 0

    def _judge_warming(self) -> int:
        """Allow no heat to a well that reads colder than any room with people, or that full power never warms."""
        if self._cold.is_tripped_by(COLD_CENTI_C - self._coldest_centi_c()):
            return FAULT_HEAT_SENSOR_LOST
        if self._heater.duty_permille < FULL_PERMILLE:
            self._full_samples = 0
            return NO_FAULT
        self._full_samples = min(self._full_samples + 1, FULL_TRIP_SAMPLES)
        return FAULT_HEAT_WITHOUT_RISE if self._full_samples == FULL_TRIP_SAMPLES else NO_FAULT

    def _coldest_centi_c(self) -> int:
        return min(self.element.centi_c, self.skin.centi_c, self.thermometer_centi_c)
