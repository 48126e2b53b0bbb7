"""Find a temperature difference beyond the power asked for: a sensor that came off, a switch that stays on."""

from instep.guard import limits
from instep.guard.faults import FAULT_HEAT_SENSORS_DIFFER, FAULT_RISE_WITHOUT_HEAT, NO_FAULT
from instep.units import PERMILLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.heater import HeaterDrive
    from instep.drive.ntc import Probe
    from instep.guard.temperature_difference import TemperatureDifference


class StuckOnMonitor:
    """Judge a difference beyond the power: with some power it costs the heat, without any it stops the machine.

    A switch that stays on makes the difference of full power; it stays steady and warms the skin side. A sensor that
    drifts or came off makes differences that are not steady, or that do not warm the skin side.
    """

    def __init__(self, heater: "HeaterDrive", skin: "Probe", lead: "TemperatureDifference") -> None:
        self._heater = heater
        self._skin = skin
        self._lead = lead
        self._beyond_samples = 0
        self._begin()

    def _begin(self) -> None:
        self._standing_samples = 0
        self._lead_at_first = self._lead.now
        self._skin_at_first = self._skin.centi_c

    def check(self, are_sensors_sound: bool, may_be_another: bool) -> int:
        """Take one sample; return the fault it completes.

        `may_be_another`: the other well has power without a difference, so this one may come from it.
        """
        if may_be_another or not are_sensors_sound:
            self._beyond_samples = 0
            self._begin()
            return NO_FAULT
        if self._is_beyond():
            return FAULT_HEAT_SENSORS_DIFFER
        return FAULT_RISE_WITHOUT_HEAT if self._is_stuck_on() else NO_FAULT

    def _is_beyond(self) -> bool:
        """Return True if the difference has exceeded the power for long."""
        lead = self._lead
        maximum = limits.BEYOND_CENTI_K + lead.power_permille * limits.BEYOND_CENTI_K_PER_KILO // PERMILLE
        if self._heater.duty_permille == 0 or lead.over <= maximum:
            self._beyond_samples = 0
            return False
        self._beyond_samples += 1
        return self._beyond_samples >= limits.BEYOND_TRIP_SAMPLES

    def _is_stuck_on(self) -> bool:
        """Return True if the difference of a heater that is off is as steady as with the heater on."""
        lead = self._lead
        is_like_on = limits.STUCK_ON_LEAD_CENTI_K <= lead.over <= limits.STUCK_ON_MAX_CENTI_K
        moved = lead.now - self._lead_at_first
        is_standing = -limits.STUCK_ON_STEADY_CENTI_K <= moved <= limits.STUCK_ON_STEADY_CENTI_K
        if not (lead.is_settled() and is_like_on and is_standing):
            self._begin()
            return False
        if self._standing_samples < limits.STUCK_ON_TRIP_SAMPLES:
            self._standing_samples += 1
        risen = self._skin.centi_c - self._skin_at_first
        return self._standing_samples >= limits.STUCK_ON_TRIP_SAMPLES and risen >= limits.STUCK_ON_RISE_CENTI_K
