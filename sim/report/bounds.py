"""The limits that the pictures draw, from the firmware's constants."""

from instep.axes import HIGH, TOP_PRESS
from instep.guard.limits import ELEMENT_TRIP_CENTI_C, FORCE_TRIP_MN, SKIN_TRIP_CENTI_C
from instep.levels import HEAT_CENTI_C, HEAT_MAX
from instep.units import CENTI, MN_PER_N

AXIS_LIMIT_N = HIGH[TOP_PRESS] / MN_PER_N
HARD_STOP_N = FORCE_TRIP_MN / MN_PER_N

SET_POINT_MAX_C = HEAT_CENTI_C[HEAT_MAX] / CENTI
SKIN_TRIP_C = SKIN_TRIP_CENTI_C / CENTI
ELEMENT_TRIP_C = ELEMENT_TRIP_CENTI_C / CENTI
