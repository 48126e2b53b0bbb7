"""Scale program units to axis units for a foot of a measured length."""

from array import array

from instep.axes import FEET, HIGH, HOME, LOW, SOLE_STROKE, TOE_GRIP, TOE_REACH, TOE_SELECT, TOE_TURN, TOP_STROKE
from instep.stroke.program import REACH_CLEAR
from instep.units import MILLI, MN_PER_CN, PERMILLE

# Adults' feet: 203-323 mm over 1,134 adults (published scan study).
FOOT_MIN_UM = 203_000
FOOT_MAX_UM = 323_000

# From the toe tips to the bend of the ankle, per mille of the foot's length. Start value.
TOP_PERMILLE = 800

# Free length of toe 1, gap 1, toe 2, ... toe 5, per mille of the foot's length; a gap is as deep as its shorter toe.
# Start values.
STATION_PERMILLE = (170, 140, 140, 125, 125, 110, 110, 95, 95)


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


def axis_target(axis: int, target: int, length_um: int, station: int, force_permille: int, press_max_mn: int) -> int:
    """Return a lane's target in the axis's unit, inside the axis's range, for a foot of `length_um`.

    `station` is the selected toe or gap, `force_permille` the intensity, `press_max_mn` a roller's greatest setpoint.
    """
    if axis == TOP_STROKE:
        value = length_um // PERMILLE * target * TOP_PERMILLE // PERMILLE
    elif axis == SOLE_STROKE:
        value = length_um // PERMILLE * target
    elif axis < TOE_SELECT:
        value = min(target * MN_PER_CN * force_permille // PERMILLE, press_max_mn)
    elif axis == TOE_SELECT:
        value = target * MILLI
    elif axis == TOE_REACH:
        if target == REACH_CLEAR:
            return HOME[TOE_REACH]
        value = length_um // PERMILLE * STATION_PERMILLE[station] // PERMILLE * target
    elif axis == TOE_TURN:
        value = target
    else:
        value = target * MN_PER_CN
        if axis == TOE_GRIP:
            value = value * force_permille // PERMILLE
    if value > HIGH[axis]:
        return HIGH[axis]
    return LOW[axis] if value < LOW[axis] else value


def roller_way_um(roller: int, length_um: int) -> int:
    """Return the length of a roller's way on a foot; `roller`: TOP_STROKE or SOLE_STROKE."""
    return axis_target(roller, PERMILLE, length_um, 0, 0, 0)
