"""The levels that a person chooses: intensity, pace, heat, minutes, feet, balance and sound."""

# Force relative to the program's, per mille; a program's figures are meant for level 3. Start values.
FORCE_PERMILLE = (600, 800, 1000, 1150, 1300)
# What a foot gets that is meant to have less than level 1: two steps and one step below it. Start values.
FORCE_BELOW_PERMILLE = (200, 400)
INTENSITY_MIN = 1
INTENSITY_MAX = 5
INTENSITY_DEFAULT = 3
# What a machine begins with that nobody has set: too strong at first is what people fear.
INTENSITY_NEW = 2

# Speed relative to the program's, per mille. Start values.
PACE_PERMILLE = (700, 1000, 1300)
PACE_MIN = 1
PACE_MAX = 3
PACE_DEFAULT = 2

# Set points at the skin-side sensor. Start values, under the 43 °C limit of `guard/limits.py`.
HEAT_NAMES = ("off", "low", "medium", "high")
HEAT_CENTI_C = (0, 3700, 3900, 4100)
HEAT_OFF = 0
HEAT_MAX = 3

MINUTES = (10, 15, 20, 30)
MINUTES_DEFAULT = 15

# Steps of intensity that one foot gets less than the other: -2 right two less, 0 both alike, +2 left two less.
BALANCE_MAX = 2
BALANCE_DEFAULT = 0

SOUND_NAMES = ("faults", "all")
SOUND_FAULTS = 0
SOUND_ALL = 1

FEET_NAMES = ("left", "right", "both")
FEET_MASKS = (1, 2, 3)
FEET_BOTH = 2

# The limits of a gentle session, for feet that need care (see `session/screening.py`).
GENTLE_PRESS_MAX_MN = 10_000  # 40 % of the firm 25 N
GENTLE_PACE = 1
GENTLE_INTENSITY = 3
GENTLE_MINUTES = 10
