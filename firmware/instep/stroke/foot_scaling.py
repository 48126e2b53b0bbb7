"""Scale program units to axis units for a foot of a measured length."""

from array import array

import micropython
from instep.axes import (
    AXES_PER_FOOT,
    FEET,
    HIGH,
    HOLD_ARCH,
    HOLD_HEEL,
    LOW,
    RATE_PER_TICK,
    SOLE_PRESS,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.kernel import ptr32
from instep.units import MILLI, MN_PER_CN, PERMILLE

# Adults' feet: 203-323 mm over 1,134 adults (published scan study).
FOOT_MIN_UM = 203_000
FOOT_MAX_UM = 323_000

# From the toe tips to the bend of the ankle, per mille of the foot's length. Start value.
TOP_PERMILLE = 800

# Free length of toe 1, gap 1, toe 2, ... toe 5, per mille of the foot's length; a gap is as deep as its shorter toe.
# Start values.
STATION_PERMILLE = (170, 140, 140, 125, 125, 110, 110, 95, 95)

# Places in a scale: four that its owner sets, one more, then four for each axis. Where a lane leads is its target x
# factor / 1000, between low and high; `SPEED` is the axis's own, units per tick.
SCALE_LENGTH = 0  # of the foot, um
SCALE_TOE = 1  # free length of the selected toe or gap, one of STATION_PERMILLE
SCALE_FORCE = 2  # of the program's, per mille
SCALE_PRESS_MAX = 3  # greatest setpoint of a roller, mN
SCALE_PRESS_HIGH = 4  # the axis's own, mN
SCALE_FACTOR = 5
SCALE_LOW = SCALE_FACTOR + AXES_PER_FOOT
SCALE_HIGH = SCALE_LOW + AXES_PER_FOOT
SCALE_SPEED = SCALE_HIGH + AXES_PER_FOOT
SCALE_PLACES = SCALE_SPEED + AXES_PER_FOOT


class FootLengths:
    """The measured lengths of both feet; raise ValueError for a length outside 203..323 mm."""

    def __init__(self, left_um: int, right_um: int) -> None:
        self.length_um = array("i", [0] * FEET)
        self.set(0, left_um)
        self.set(1, right_um)

    def set(self, foot: int, length_um: int) -> None:
        """Store the measured length of one foot."""
        if not FOOT_MIN_UM <= length_um <= FOOT_MAX_UM:
            raise ValueError("foot length is %d um, allowed %d to %d" % (length_um, FOOT_MIN_UM, FOOT_MAX_UM))
        self.length_um[foot] = length_um


def new_scale(places: int) -> "array[int]":
    """Return an array of `places` >= SCALE_PLACES that begins with a scale, without what `scale_axes` sets."""
    scale = array("i", [0] * places)
    scale[SCALE_PRESS_HIGH] = HIGH[SOLE_PRESS]
    scale[SCALE_FACTOR + TOE_SELECT] = MILLI * PERMILLE
    scale[SCALE_FACTOR + TOE_TURN] = PERMILLE
    scale[SCALE_FACTOR + HOLD_ARCH] = scale[SCALE_FACTOR + HOLD_HEEL] = MN_PER_CN * PERMILLE
    for axis in range(AXES_PER_FOOT):
        scale[SCALE_LOW + axis] = LOW[axis]
        scale[SCALE_HIGH + axis] = HIGH[axis]
        scale[SCALE_SPEED + axis] = RATE_PER_TICK[axis]
    return scale


def roller_way_um(roller: int, length_um: int) -> int:
    """Return the length of a roller's way on a foot; `roller`: TOP_STROKE or SOLE_STROKE."""
    permille = TOP_PERMILLE if roller == TOP_STROKE else PERMILLE
    return min(length_um // PERMILLE * permille, HIGH[roller])


@micropython.viper
def scale_axes(scale: ptr32) -> int:
    """Set what depends on foot, toe and levels: factors of axes, and the highest force of a press; return 0.

    The largest product is 323 um x 1000.
    """
    unit_um = scale[SCALE_LENGTH] // PERMILLE
    force = scale[SCALE_FORCE] * MN_PER_CN
    scale[SCALE_FACTOR + TOP_STROKE] = unit_um * TOP_PERMILLE
    scale[SCALE_FACTOR + SOLE_STROKE] = unit_um * PERMILLE
    scale[SCALE_FACTOR + TOP_PRESS] = force
    scale[SCALE_FACTOR + SOLE_PRESS] = force
    scale[SCALE_FACTOR + TOE_REACH] = unit_um * scale[SCALE_TOE] // PERMILLE * PERMILLE
    scale[SCALE_FACTOR + TOE_GRIP] = force
    highest = scale[SCALE_PRESS_MAX]
    if highest > scale[SCALE_PRESS_HIGH]:
        highest = scale[SCALE_PRESS_HIGH]
    scale[SCALE_HIGH + TOP_PRESS] = highest
    scale[SCALE_HIGH + SOLE_PRESS] = highest
    return 0
