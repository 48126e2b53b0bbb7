"""Vote on the temperatures of one well: two hot samples of three of a sensor end the session."""

from instep.drive.ntc import is_plausible
from instep.guard import limits
from instep.guard.faults import FAULT_ELEMENT_HOT, FAULT_SKIN_HOT, NO_FAULT
from instep.guard.votes import LAST_THREE, VOTES
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.ntc import Probe
    from instep.guard.well_model import WellModel

# NTC of the skin side, NTC of the film, thermometer of the skin side.
_SKIN = const(0)
_ELEMENT = const(1)
_THERMOMETER = const(2)
_SENSORS = const(3)


class HeatVotes:
    """Judge one well by its newest samples."""

    def __init__(self, well: "WellModel") -> None:
        self._well = well
        self._hot_samples = bytearray(_SENSORS)

    def check(self) -> int:
        """Vote on the samples that the well has just taken; return the fault that they complete."""
        well = self._well
        is_skin_hot = self._vote(_SKIN, _is_hot(well.skin, limits.SKIN_TRIP_CENTI_C))
        is_element_hot = self._vote(_ELEMENT, _is_hot(well.element, limits.ELEMENT_TRIP_CENTI_C))
        is_over = well.thermometer_centi_c >= limits.THERMOMETER_TRIP_CENTI_C
        if self._vote(_THERMOMETER, is_over) or is_skin_hot:
            return FAULT_SKIN_HOT
        return FAULT_ELEMENT_HOT if is_element_hot else NO_FAULT

    def is_cool(self) -> bool:
        """Return True if the well is so far under its limits that a fault about heat may be acknowledged."""
        well = self._well
        if max(self._hot_samples) or well.element.centi_c > limits.ELEMENT_CLEAR_CENTI_C:
            return False
        return max(well.skin.centi_c, well.thermometer_centi_c) <= limits.SKIN_CLEAR_CENTI_C

    def _vote(self, sensor: int, is_hot: bool) -> bool:
        samples = self._hot_samples[sensor] << 1 & LAST_THREE
        if is_hot:
            samples |= 1
        self._hot_samples[sensor] = samples
        return VOTES[samples] >= limits.TEMPERATURE_VOTES


def _is_hot(probe: "Probe", limit_centi_c: int) -> bool:
    """Return True if the newest sample is over the limit and plausible: a shorted wire also reads hot."""
    return probe.raw_centi_c >= limit_centi_c and is_plausible(probe.code)
