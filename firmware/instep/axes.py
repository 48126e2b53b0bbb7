"""The shape of the machine, its twenty axes and their limits: the one home of travel, force and speed.

Each foot has ten axes; axis `a` of foot `f` stands at index `f * AXES_PER_FOOT + a` wherever setpoints or
measurements are listed. Positive strokes lead away from the toe tips on both feet.
"""

from instep.units import MS_PER_S

TICK_MS = 10
TICKS_PER_S = MS_PER_S // TICK_MS

# Counters of ticks and of milliseconds wrap here: on the board a difference of two is still a small integer, which
# allocates nothing.
COUNTER_MASK = (1 << 29) - 1

LEFT = 0
RIGHT = 1
FEET = 2
FOOT_NAMES = ("left", "right")

TOP_STROKE = 0
SOLE_STROKE = 1
TOP_PRESS = 2
SOLE_PRESS = 3
TOE_SELECT = 4
TOE_REACH = 5
TOE_TURN = 6
TOE_GRIP = 7
HOLD_ARCH = 8
HOLD_HEEL = 9
AXES_PER_FOOT = 10
AXES = FEET * AXES_PER_FOOT

# Parts of a foot: a top and a sole roller, each on a motor with an encoder, a force sensor and a press; the servos
# move the axes from top_press on, so the presses are the first two of them.
ROLLERS_PER_FOOT = 2
ROLLERS = FEET * ROLLERS_PER_FOOT
SERVOS_PER_FOOT = AXES_PER_FOOT - TOP_PRESS
SERVOS = FEET * SERVOS_PER_FOOT

# Pulses that every hobby servo takes.
PULSE_MIN_US = 500
PULSE_MAX_US = 2_500

# The display shows text, and pictures 128 points wide with 8 points to a row.
DISPLAY_ROWS = 8
DISPLAY_COLUMNS = 21
DISPLAY_POINTS = 128

NAMES = (
    "top_stroke",
    "sole_stroke",
    "top_press",
    "sole_press",
    "toe_select",
    "toe_reach",
    "toe_turn",
    "toe_grip",
    "hold_arch",
    "hold_heel",
)
UNITS = ("um", "um", "mn", "mn", "milli_station", "um", "deci_deg", "mn", "mn", "mn")

# Travel of the reference machine; forces are the most that a setpoint may ask for (all start values).
LOW = (0, 0, 0, 0, 0, 0, -100, 0, 0, 0)
HIGH = (260_000, 340_000, 35_000, 35_000, 8_000, 60_000, 100, 5_000, 15_000, 15_000)

# Home lets the foot out: rollers lifted at the toe tips, grip open, reach drawn back past the tips, holds open.
HOME = (0, 0, 0, 0, 0, 60_000, 0, 0, 0, 0)

# Greatest speed of a setpoint, units per second. Strokes: 10-100 mm/s is felt as pleasant (C-tactile literature);
# the rest are start values that the servos follow with margin.
RATE_PER_S = (100_000, 100_000, 40_000, 40_000, 4_000, 60_000, 200, 10_000, 20_000, 20_000)
RATE_PER_TICK = tuple(rate // TICKS_PER_S for rate in RATE_PER_S)

# A station is a toe or the gap behind it: toe 1, gap 1, toe 2, ... toe 5. The axis counts in milli-stations.
STATIONS = 9


def toe_station(toe: int) -> int:
    """Return the station (0-8, even) of `toe` (1-5)."""
    return 2 * (toe - 1)


def gap_station(gap: int) -> int:
    """Return the station (1-7, odd) of the gap (1-4) between toe `gap` and the next."""
    return 2 * gap - 1
