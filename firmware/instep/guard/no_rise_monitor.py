"""Watch for heat that is asked for and does not come: the mean of power against the mean of the lead."""

from instep.guard import limits
from instep.guard.faults import FAULT_HEAT_WITHOUT_RISE, NO_FAULT
from instep.units import PERMILLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.heater import HeaterDrive
    from instep.guard.temperature_difference import TemperatureDifference


class NoRiseMonitor:
    """Compare the power of a heater with the temperature difference that it makes, window by window."""

    def __init__(self, heater: "HeaterDrive", lead: "TemperatureDifference") -> None:
        self._heater = heater
        self._lead = lead
        self._begin()

    def _begin(self) -> None:
        self._samples = self._permille = self._over = 0

    def check(self) -> int:
        """Take one sample; return the fault of a window at its end.

        A window starts with power: power near its end has no time to warm the film.
        """
        if self._permille == 0 and self._heater.duty_permille == 0:
            return NO_FAULT
        self._samples += 1
        self._permille += self._heater.duty_permille
        self._over += self._lead.over
        if self._samples < limits.RISE_WINDOW_SAMPLES:
            return NO_FAULT
        fault = self._judge_window()
        self._begin()
        return fault

    def _judge_window(self) -> int:
        permille = self._permille // limits.RISE_WINDOW_SAMPLES
        over = self._over // limits.RISE_WINDOW_SAMPLES
        is_short = over * PERMILLE < permille * limits.RISE_CENTI_K_PER_KILO
        return FAULT_HEAT_WITHOUT_RISE if is_short and permille >= limits.RISE_MIN_PERMILLE else NO_FAULT
