"""Every limit that ends a session, each with its reason: the one home of the guard's figures."""

from instep.axes import TICKS_PER_S

# A roller may never press harder: under the 100 N that anti-pinch rules allow. Start value.
FORCE_TRIP_MN = 60_000
FORCE_TRIP_TICKS = 2  # noticed within 20 ms; one wild sample is not a trip

# Limit of IEC 60601-1 for parts that touch skin; 2 of 3 samples, so that a wild one is not a trip.
# Clear well under, so that a fault is not acknowledged while the well is still about as hot. Start values.
SKIN_TRIP_CENTI_C = 4_300
SKIN_CLEAR_CENTI_C = 4_200
# Under the heater's own cut-out of 55 °C nothing should get here; start values.
ELEMENT_TRIP_CENTI_C = 6_000
ELEMENT_CLEAR_CENTI_C = 5_500
TEMPERATURE_VOTES = 2

# Motors and servos lose their hold below this; clear well above, so that it does not flutter.
SUPPLY_TRIP_MV = 10_500
SUPPLY_CLEAR_MV = 11_000
SUPPLY_TRIP_TICKS = 10

# No session is longer, whatever was chosen and however long it was paused.
SESSION_MOST_TICKS = 30 * 60 * TICKS_PER_S

# A foot counts as lifted out after 50 ms without its switch: bounces are shorter.
FOOT_OUT_TICKS = 5

# The relay's contact answers within 20 ms (relay sheets); ten times that is a fault.
RELAY_ANSWER_TICKS = 20
