"""Every limit that ends a session, each with its reason: the one home of the guard's figures."""

from instep.axes import TICKS_PER_S

# A roller may never press harder: under the 100 N that anti-pinch rules allow. Start value.
FORCE_TRIP_MN = 60_000
FORCE_TRIP_TICKS = 2  # noticed within 20 ms; one wild sample is not a trip

# Force against what is asked of the press. In strokes with typical and worst parts a reading was at most 1.05 times
# the set point and 0.6 N. A person may feel 1.4 times and 5 N for 0.3 s: sensors of -5 % and -0.4 N read that as 1.33
# times and 4.3 N. So a quarter and 3 N for 0.25 s.
PRESS_OVER_SHIFT = 2
PRESS_OVER_MN = 3_000
PRESS_OVER_TICKS = 25
# And never more than that over the greatest set point of this person: 13 N where 10 N may be asked (gentle: 15 N).
PRESS_MAX_PERMILLE = 1_300
# A press that is up as far as it goes cannot press less: what it presses with is the foot's height. Later than a bump.
FOOT_HIGH_TICKS = 8
# An answer of the sensor changes by its noise, 40 mN or more; sound ones stay the same for 2 ticks. 0.1 s: later than
# a silent chip, which says so itself. Only while something presses.
FORCE_FROZEN_TICKS = 10
# Travel since the first touch, while the roller stands there: the spring gives 1.2 N for each mm, the softest tissue
# (1.5 N/mm, 15 % tougher with each mm) takes 0.35 mm for each N and 1.2 mm. A sensor of -5 %, -0.4 N and the servo's
# dead band make 1.5 mm more. A gain of 0.5 is beyond that from 8 N on, on the hardest foot too. 0.1 s: not a jerk.
TOUCHED_MAX_MN = 3_000
YIELD_UM_PER_N = 350
YIELD_UM = 2_700
TOUCH_WITHIN_UM = 3_000
FORCE_LOW_TICKS = 10
# A roller that moves: so much farther than the surface of this foot the press may go, in N of its spring, beside a
# quarter of the set point; a person may feel 1.4 times the set point and 5 N. Followed as steeply as 1 in 4 and by
# 3 mm/s, and by the give of the tissue, 40 sound rollers with typical and worst parts were up to 2.0 N behind for
# 0.1 s, at the heel's end. The force to which the tissue gave way is forgotten at 10 N/s. A wild reading is none.
BEHIND_MN = 4_000
BEHIND_SHIFT = 2
STEEP_SHIFT = 2
CREEP_UM = 30
EASE_MN = 100
BEHIND_TICKS = 4
# After a lift the press may search so far beyond where the foot was: 12 N at most by the time that this is noticed.
SEARCH_FAR_UM = 9_000
# A foot that is this much farther away at a landing has moved: its surface is learned again.
MOVED_UM = 3_000
# A person who has put the foot back and has sat still for 5 s of pressing may move again; a sensor that is wrong is
# behind at once.
MOVES_MAX = 3
STILL_TICKS = 500
# The tissue gives way under firm strokes more than under light ones, so each have their surface; and a reading this
# much firmer than that of a node shows more of it.
FIRM_MN = 12_000
FIRMER_MN = 1_000
# A press that feels nothing at the end of its search, or while a lifted roller bears a load.
NOT_FELT_TICKS = 20
UNFELT_MN = 1_000
# A lifted roller weighs less than 3 N on its sensor, and a servo lifts from anywhere in 0.4 s; noticed within 0.5 s.
# Once it has been clear for 0.1 s, a foot may push on it as it leaves, with no more than the most gentle set point.
LIFTED_MAX_MN = 3_000
# Nothing pulls on a roller: under this the zero has gone, by 0.4 N and the noise in a sound sensor.
LIFTED_MIN_MN = -1_500
HELD_TRIP_TICKS = 45
LIFTED_TICKS = 10
PUSHED_MAX_MN = 10_000

# Limit of IEC 60601-1 for parts that touch skin; 2 of 3 samples, so that a wild one is not a trip.
# Clear well under, so that a fault is not acknowledged while the well is still about as hot. Start values.
SKIN_TRIP_CENTI_C = 4_300
# The thermometer is half a kelvin off at most. The control keeps its reading at 41.5 °C.
THERMOMETER_TRIP_CENTI_C = 4_250
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

# The relay's contact closes within 20 ms (relay sheets) and opens within 50 ms: its pump holds for up to 41 ms after
# the last pulse. The self-test lets it rest for four times that. If it disagrees for 80 ms it is a fault, before a
# roller without power is taken for one that stands; it is believed again after as many ticks of agreement as had gone
# wrong.
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
# A conversion's noise is about one code; 500 samples (50 s) alike are no measurement. Noticed within 60 s.
FROZEN_TRIP_SAMPLES = 500

# The skin side's NTC and the thermometer: 1 K and 0.5 K of tolerance, and 0.8 K while one of them lags by 4 s behind a
# pad that warms at 0.2 K/s. Sums in 0.01 K x samples: 5 K s, so 10 K more are found in 0.5 s and 0.5 K in 10 s.
DIFFER_CENTI_K = 250
DIFFER_TRIP_SUM = 5_000

# A room with people in it has 10 °C; a well that reads under 5 °C has sensors of another type or is in no use.
COLD_CENTI_C = 500
COLD_TRIP_SUM = 10_000

# The lead of a film over its skin side at full power: 3.6 K (2.5 K at 10.5 V with a weak film, 5.2 K at 12.6 V with a
# slow one). Half a minute without power before it counts as gone. The base comes from two sensors of 1 K and the shell
# (0.6 K); it may change at 0.2 K/s, as fast as a cold well warms on a foot.
LEAD_CENTI_K_PER_KILO = 360
SETTLED_SAMPLES = 300
BASE_MAX_CENTI_K = 300
BASE_STEP_CENTI_K = 2

# Power has to show as a third of its lead, and the lead as power by two thirds more and 1 K: 5 K s beyond. Under 100
# permille the base may hide it. From a quarter of that on, the other well's lead may be this one's.
LEAD_LOW_PERCENT = 33
LEAD_MIN_PERMILLE = 100
LEAD_HIGH_PERCENT = 167
LEAD_HIGH_CENTI_K = 100
LEAD_TRIP_SUM = 5_000
LEAD_MISSING_SUM = 1_250

# Full power warms any well from 10 °C to its set point in 5 minutes; twice that is a heater that has come off its pad.
FULL_PERMILLE = 900
FULL_TRIP_SAMPLES = 6_000

# A switch that stays on, seen while its duty is 0: a lead that only power makes stands for 5 s, the supply's sag
# allowed, and the thermometer rises meanwhile by 0.06 K/s; full power does by 0.1 K/s in the warmest well. A sensor
# that drifts that far within seconds does not stand, and one alone does not warm the thermometer.
STUCK_ON_LEAD_CENTI_K = 120
STUCK_ON_MAX_CENTI_K = 550
STUCK_ON_STEADY_CENTI_K = 40
STUCK_ON_RISE_CENTI_K = 30
STUCK_ON_SAMPLES = 50
# A switch that leaks: the skin side is warmer than a foot in fever and has risen by 1 K since the lowest it had from
# 10 s after the last power on: what the film still held has reached the pad by then.
BODY_CENTI_C = 3_800
RISE_CENTI_K = 100
RISE_SETTLED_SAMPLES = 100
RISE_TRIP_SAMPLES = 5
# A thermometer that has repeated one value for 10 s does not measure a well that warms: full power makes ten steps.
ALIVE_SAMPLES = 100

# Motion monitors. In sound sessions (10 and 35 °C, all feet, intensity 5, pace 3) a roller under over 100 permille
# stands for 2 ticks at most, its current is under 1.1 A and over 1 A for 2 ticks.
DRIVEN_PERMILLE = 100
STANDING_COUNTS = 1  # a jitter of one edge is not a movement
STANDING_TRIP_TICKS = 10
# At a stroke's end a firm roller may rest 0.2 mm before its setpoint while its drive winds up, over 100 permille for
# 0.15 s, until friction gives way at 113: five times that way is less than a finger, a third more duty no friction.
SETTLED_UM = 1_000
SETTLING_PERMILLE = 150
# A winding that stands takes 7 mA per permille (gearmotor's sheet: 7 A at 12 V; 6.1 at 10.5 V). One that turns takes
# under 3.5, and under 5 from the ninth tick on where it has to start under the firmest stroke.
STALL_MA_PER_PERMILLE = 5
# One wild current does not tell which; where a roller is meant to stand, a relay that drops out must be noticed first.
BLIND_TRIP_TICKS = 2
# A soft obstacle gives way slowly, so a high load alone counts as well.
LOAD_TRIP_MA = 1_400
LOAD_TRIP_TICKS = 10

# An open bridge carries nothing, and one that brakes only what a turning motor makes: any other current means that a
# pin or the bridge itself drives. Readings are up to 20 ms old and a wild one stands for two ticks: three in a row.
LEAK_TRIP_TICKS = 6

# A roller that has been at 3/4 of its planned speed for 50 ms meets a finger: in sound sessions (worst parts,
# intensity 5, pace 3) it took 1 A for one tick at most, and never 1.1 A. Slower than 15 mm/s it pushes gently.
# A wild reading stands for two ticks.
CRUISE_UM_PER_TICK = 150
CRUISE_TICKS = 5
MET_MA = 1_100
MET_TICKS = 3

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
# A lifted roller weighs less than LIFTED_MAX_MN on its sensor, an open bridge carries nothing, and without heat a film
# is as warm as its skin side, to what two sensors differ by. Start values. A fault shows in three samples in a row.
# The brushes' ripple has 60 mA at the converter (standard deviation); a bridge that drives passes amperes.
IDLE_CURRENT_MA = 250

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
