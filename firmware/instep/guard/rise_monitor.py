"""Find heat that nobody asked for: a switch that shorts or leaks, however slowly the well warms.

A switch that shorts makes the lead of full power, which stands, and warms the thermometer. One that leaks may make too
little lead to see. But no foot warms a well beyond 38 °C, so from there on every kelvin without power is a switch's.
"""

from instep.guard.limits import (
    BODY_CENTI_C,
    RISE_CENTI_K,
    RISE_SETTLED_SAMPLES,
    RISE_TRIP_SAMPLES,
    STUCK_ON_LEAD_CENTI_K,
    STUCK_ON_MAX_CENTI_K,
    STUCK_ON_RISE_CENTI_K,
    STUCK_ON_SAMPLES,
    STUCK_ON_STEADY_CENTI_K,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.heater import HeaterDrive
    from instep.guard.lead import Lead


class RiseMonitor:
    """Watch one well while its power is off."""

    def __init__(self, heater: "HeaterDrive", lead: "Lead") -> None:
        self._heater = heater
        self._lead = lead
        self._off_samples = 0
        self._lowest = 0
        self._high_samples = 0
        self._first_centi_c = 0
        self._begin()

    def _begin(self) -> None:
        self._standing_samples = 0
        self._first_lead = self._lead.now

    def is_rising(self, is_lead_sound: bool, thermometer_centi_c: int, warmth_centi_c: int) -> bool:
        """Take one sample; return True if the well warms without power.

        `is_lead_sound`: the lead is the well's own. `warmth_centi_c`: the skin side as far as the guard believes it.
        """
        if self._heater.duty_permille:
            self._off_samples = 0
            self._begin()
            return False
        is_stuck_on = self._is_stuck_on(is_lead_sound, thermometer_centi_c)
        return self._is_creeping(warmth_centi_c) or is_stuck_on

    def is_like_stuck_on(self) -> bool:
        """Return True if the heater is off and the lead is one that full power makes."""
        unexplained = self._lead.over - self._lead.explained
        return self._heater.duty_permille == 0 and STUCK_ON_LEAD_CENTI_K <= unexplained <= STUCK_ON_MAX_CENTI_K

    def _is_stuck_on(self, is_lead_sound: bool, thermometer_centi_c: int) -> bool:
        """Return True if lead and thermometer say together that the film has much of its power."""
        lead = self._lead
        moved = lead.now - self._first_lead
        is_steady = -STUCK_ON_STEADY_CENTI_K <= moved <= STUCK_ON_STEADY_CENTI_K
        if not (is_lead_sound and is_steady and self.is_like_stuck_on()):
            self._begin()
            return False
        if self._standing_samples == 0:
            self._first_centi_c = thermometer_centi_c
        self._standing_samples = min(self._standing_samples + 1, STUCK_ON_SAMPLES)
        risen = thermometer_centi_c - self._first_centi_c
        return self._standing_samples >= STUCK_ON_SAMPLES and risen >= STUCK_ON_RISE_CENTI_K

    def _is_creeping(self, warmth_centi_c: int) -> bool:
        """Return True if the skin side is warmer than any foot makes it, and got warmer since the last power."""
        if self._off_samples < RISE_SETTLED_SAMPLES:
            self._off_samples += 1
            self._lowest = warmth_centi_c
            self._high_samples = 0
            return False
        self._lowest = min(self._lowest, warmth_centi_c)
        is_high = warmth_centi_c >= BODY_CENTI_C and warmth_centi_c - self._lowest >= RISE_CENTI_K
        self._high_samples = self._high_samples + 1 if is_high else 0
        return self._high_samples >= RISE_TRIP_SAMPLES
