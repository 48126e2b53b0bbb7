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

# Upper bound of a session, pauses included.
SESSION_MAX_TICKS = 30 * 60 * TICKS_PER_S

# A foot counts as lifted out after 50 ms without its switch: bounces are shorter.
FOOT_OUT_TICKS = 5

# The relay's contact answers within 20 ms (relay sheets). The self-test lets it rest for ten times that. If it
# disagrees for four times that it is a fault, before a roller without power is taken for one that stands; it is
# believed again after as many ticks of agreement as had gone wrong.
RELAY_ANSWER_TICKS = 20
RELAY_TRIP_TICKS = 8
RELAY_CLEAR_TICKS = 0

# Heat monitors: one sample of every sensor in 100 ms.

# A sensor without contact: 2 of 3 samples, within 300 ms. A wire that breaks only now and then fills a bucket instead:
# each bad sample weighs LOOSE_GAIN, each good one takes 1 away, so one bad sample in ten may go on for ever.
SENSOR_VOTES = 2
LOOSE_GAIN = 8
LOOSE_TRIP = 48

# A sample so far from the median before it is wild: film and pad change by less than 0.4 K between two samples.
JUMP_TRIP_CENTI_K = 300
# The median may not go further in a second. Film without heat: at most 4 K/s, from 7 K of lead with 1.8 s.
SLOPE_SAMPLES = 10
SLOPE_TRIP_CENTI_K = 600

# A conversion's noise is about one code; 500 samples (50 s) alike are no measurement. Noticed within 60 s.
FROZEN_TRIP_SAMPLES = 500

# Film and skin side: the drive's lead is at most 7 K. 4.5 s, so that it is noticed within 5 s behind the median.
DIFFER_TRIP_CENTI_K = 800
DIFFER_CLEAR_CENTI_K = 600
DIFFER_TRIP_SAMPLES = 45

# The film leads the skin side by 3.6 K per full power (2.5 K at 10.5 V with a weak film, 4.5 K at 13.2 V with a slow
# one), at any temperature and after some seconds. 5 s after the last power that has died away. What lead there is
# then, the base, comes from the sensors (1 K) and the shell (0.6 K): it is learnt up to 3 K, at 0.2 K/s, as fast as a
# cold well warms on a foot. Not beyond 0.8 K, for a switch that shorts is there within a second.
SETTLED_SAMPLES = 50
BASE_MAX_CENTI_K = 300
BASE_STEP_CENTI_K = 2
BASE_LEARN_CENTI_K = 80

# The heat that is asked for has to show as lead: a third of it. Judged over windows of 15 s, so that two and a rest
# fit in 60 s; under 100 permille the base may hide it.
RISE_WINDOW_SAMPLES = 150
RISE_MIN_PERMILLE = 100
RISE_CENTI_K_PER_KILO = 120
# From this power on without a difference, the other well's difference may be this one's.
MISSING_MIN_PERMILLE = 200

# Crosstalk: windows of 40 samples (4 s) with sum(dp^2) >= ANSWER_MIN, dp = filtered change of power in permille. A
# change by half starts a new window. 2 s of 40 permille show a response of 0.05 K in a noise of 0.005 K. Two windows
# in a row are needed, because a moving foot may hide one; 8 s lie between them, so that they belong to two changes.
# The start of full power makes 10 million: one window is enough. Only while the other well's power is constant.
ANSWER_BEGIN_PERMILLE = 500
ANSWER_WINDOW_SAMPLES = 40
ANSWER_MIN = 12_000
ANSWER_STRONG = 3_000_000
ANSWER_TRIP_VOTES = 2
ANSWER_REST_SAMPLES = 80
QUIET_PERMILLE = 25

# A difference above the power's by a third and 1 K, for 10 s: a slow film takes 5 s to follow.
BEYOND_CENTI_K = 100
BEYOND_CENTI_K_PER_KILO = 600
BEYOND_TRIP_SAMPLES = 100

# A switch that stays on, seen while its duty is 0: a lead that only power makes (2 K at least, 5 K at most) stands
# for 4 s, the supply's sag allowed, and the skin side gets warmer. A sensor that drifts that far within seconds does
# not stand; one that drifts slowly is the base.
STUCK_ON_LEAD_CENTI_K = 120
STUCK_ON_MAX_CENTI_K = 550
STUCK_ON_STEADY_CENTI_K = 40
STUCK_ON_RISE_CENTI_K = 10
STUCK_ON_TRIP_SAMPLES = 40

# Motion monitors. In sound sessions (10 and 35 °C, all feet, intensity 5, pace 3) a roller under over 100 permille
# stands for 2 ticks at most, its current is under 1.1 A and over 1 A for 2 ticks.
DRIVEN_PERMILLE = 100
STANDING_COUNTS = 1  # a jitter of one edge is not a movement
STANDING_TRIP_TICKS = 10
# A winding that stands takes 7 mA per permille (gearmotor's sheet: 7 A at 12 V; 6.1 at 10.5 V). One that turns takes
# under 3.5, and under 5 from the ninth tick on where it has to start under the firmest stroke.
STALL_MA_PER_PERMILLE = 5
# One wild current does not tell which; where a roller is meant to stand, a relay that drops out must be noticed first.
BLIND_TRIP_TICKS = 2
# A soft obstacle gives way slowly, so a high load alone counts as well.
LOAD_TRIP_MA = 1_400
LOAD_TRIP_TICKS = 10

# Against its drive faster than 10 mm/s; sound rollers never are: they are braked by their gear.
AGAINST_TRIP_UM_PER_TICK = 100
AGAINST_TRIP_TICKS = 10
# With an open bridge faster than 20 mm/s: the gear lets a stroke of 100 mm/s run down to that in 280 ms. Or at any
# time faster than 150 mm/s: strokes are 100 mm/s at most.
LOOSE_TRIP_UM_PER_TICK = 200
LOOSE_TRIP_TICKS = 40
FAST_TRIP_UM_PER_TICK = 1_500
FAST_TRIP_TICKS = 5

# After a roller was held: presses lift for 0.3 s, then it backs off by 10 mm or for 0.8 s, as gently as in homing.
LIFT_FIRST_TICKS = 30
BACK_OFF_MAX_TICKS = 80
BACK_OFF_UM = 10_000
BACK_OFF_PERMILLE = 200

# A device on the bus is silent or sends invalid data for 80 ms: noticed within 100 ms.
DEVICE_TRIP_TICKS = 8
FORCE_MIN_MN = -5_000
FORCE_MAX_MN = 250_000
SUPPLY_MAX_MV = 20_000

# A button that is pressed for 10 s is stuck; bounces under 100 ms are ignored. It works again after 1 s of rest.
BUTTON_REST_TICKS = 10
BUTTON_STUCK_TICKS = 9 * TICKS_PER_S  # and said on the display within 10 s
BUTTON_FREE_TICKS = TICKS_PER_S

# Self-test. Two crystals differ by less than 0.1 ‰; what remains is the tick in which each is read.
CLOCK_TEST_TICKS = RELAY_ANSWER_TICKS
CLOCK_PERMILLE = 100
# A lifted roller weighs less than this on its sensor, an open bridge carries nothing, and without heat a film is as
# warm as its skin side, to what two sensors differ by. Start values. A fault has to show in three samples in a row.
FORCE_AT_REST_MN = 3_000
IDLE_CURRENT_MA = 100

# Bring-up: one axis moved by hand from the laptop, held to run. A keepalive may be lost, two in a row may not.
JOG_REFRESH_TICKS = 20
JOG_MAX_TICKS = 30 * TICKS_PER_S
# Rollers as gently as in homing (permille of the supply, no setpoint); presses and holds a seventh to a third of what
# they may do in a session, the grip two fifths; the way of the other axes is short. In the order of the axes.
JOG_LOW = (-200, -200, 0, 0, 0, 0, -100, 0, 0, 0)
JOG_HIGH = (200, 200, 5_000, 5_000, 8_000, 60_000, 100, 2_000, 5_000, 5_000)
# Of an axis's own speed.
JOG_SLOWNESS = 4
HEAT_AT_REST_CENTI_K = 300
AT_REST_TRIES = 3
# 200 KiB of files take 2 s in the slack of the ticks; five times that is a fault.
IMAGE_TEST_TICKS = 10 * TICKS_PER_S
