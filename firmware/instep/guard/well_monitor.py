"""Monitor the heat of a well: wrong sensors, heaters that do not heat, switches that stay on, crossed wires.

Each check takes the newest sample of every sensor, ten times a second, whether the heat is on or off.
"""

from instep.guard import limits
from instep.guard.crosstalk_monitor import CrosstalkMonitor
from instep.guard.faults import FAULT_HEAT_SENSORS_DIFFER, FAULT_RISE_WITHOUT_HEAT, NO_FAULT
from instep.guard.no_rise_monitor import NoRiseMonitor
from instep.guard.sensor_monitor import SensorMonitor
from instep.guard.stuck_on_monitor import StuckOnMonitor
from instep.guard.temperature_difference import TemperatureDifference

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.heater import HeaterDrive
    from instep.drive.ntc import Probe


class WellMonitor:
    """Judge one well: each sensor, then both together against the power of this and the other well.

    `element` and `skin` read the thermistors for the guard alone; the drive only says what power it asks for.
    """

    def __init__(self, heater: "HeaterDrive", element: "Probe", skin: "Probe") -> None:
        self.element = element
        self.skin = skin
        self.element_monitor = SensorMonitor(element)
        self.skin_monitor = SensorMonitor(skin)
        self._differing = 0
        self.lead = TemperatureDifference(heater, element, skin)
        self._rise = NoRiseMonitor(heater, self.lead)
        self._excess = StuckOnMonitor(heater, skin, self.lead)
        self.answer = CrosstalkMonitor(heater, element, self.lead)

    def is_sound(self) -> bool:
        """Return True if the causes of the faults are gone, as far as that shows with the heat off."""
        return self._are_sensors_sound() and not self._differing

    def _are_sensors_sound(self) -> bool:
        return self.element_monitor.is_sound() and self.skin_monitor.is_sound()

    def is_at_odds(self) -> bool:
        """Return True if two plausible readings differ by more than a well that has rested makes possible."""
        difference = self.element.centi_c - self.skin.centi_c
        are_plausible = self.element.sound and self.skin.sound
        return are_plausible and not -limits.HEAT_AT_REST_CENTI_K <= difference <= limits.HEAT_AT_REST_CENTI_K

    def check(self, other: "WellMonitor") -> int:
        """Take one sample; return the most severe fault that it completes, otherwise the first one detected."""
        if self.element.samples == 0 or self.skin.samples == 0:
            return NO_FAULT
        fault = self.element_monitor.check()
        if fault == NO_FAULT:
            fault = self.skin_monitor.check()
        else:
            self.skin_monitor.check()
        are_sound = self._are_sensors_sound()
        self.lead.take(are_sound)
        if self._do_sensors_differ() and fault == NO_FAULT:
            fault = FAULT_HEAT_SENSORS_DIFFER
        missing = self._judge_power(are_sound, other)
        if fault == NO_FAULT or missing == FAULT_RISE_WITHOUT_HEAT:
            fault = missing
        return fault

    def _judge_power(self, are_sound: bool, other: "WellMonitor") -> int:
        """Return the fault in the relation of temperature difference and power."""
        fault = NO_FAULT
        if are_sound:
            fault = self.answer.check(other.answer)
        else:
            self.answer.forget()
        missing = self._rise.check()
        if fault == NO_FAULT:
            fault = missing
        beyond = self._excess.check(are_sound, other.lead.is_missing())
        return fault if beyond == NO_FAULT else beyond

    def _do_sensors_differ(self) -> bool:
        """Return True if the two readings have been too far apart for long."""
        lead = self.lead.now
        apart = lead if lead > 0 else -lead
        if apart > limits.DIFFER_TRIP_CENTI_K:
            if self._differing < limits.DIFFER_TRIP_SAMPLES:
                self._differing += 1
        elif apart < limits.DIFFER_CLEAR_CENTI_K and self._differing:
            self._differing -= 1
        return self._differing >= limits.DIFFER_TRIP_SAMPLES
