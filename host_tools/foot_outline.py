"""The outline of a foot, one shape for every picture of a foot: the live view, the report and its dose.

Coordinates are shares of the foot's length: u from the toe tips (0) to the heel (1), v across, positive toward the big
toe. Proportions follow a common tracing of an adult foot, breadth 0.39 of its length; the toes' lengths are the
machine's own. A left foot from above and a right sole from below are this shape; the others are its mirror images.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from instep.stroke.foot_scaling import STATION_PERMILLE, TOP_PERMILLE
from instep.units import PERMILLE

Floats = NDArray[np.float64]

TOES = 5
GAPS = TOES - 1
_SMOOTHING_PASSES = 3

# Body seen from above, from the big toe's joint round the heel to the little toe's and back along the toes' bases.
_BODY = (
    *((0.185, 0.172), (0.235, 0.190), (0.285, 0.193), (0.350, 0.178), (0.440, 0.148), (0.540, 0.128)),
    *((0.640, 0.122), (0.740, 0.127), (0.830, 0.132), (0.900, 0.122), (0.955, 0.090), (0.988, 0.045)),
    *((0.998, 0.000), (0.988, -0.047), (0.955, -0.090), (0.900, -0.122), (0.830, -0.136), (0.740, -0.142)),
    *((0.640, -0.152), (0.540, -0.171), (0.450, -0.188), (0.370, -0.199), (0.310, -0.199), (0.262, -0.188)),
    *((0.232, -0.165), (0.205, -0.115), (0.185, -0.050), (0.172, 0.020), (0.168, 0.085), (0.170, 0.140)),
)

# Distance of each toe's tip from the longest toe's, and the toes' places across the foot; big toe first.
_TIP_U = (0.000, 0.008, 0.040, 0.082, 0.136)
_TIP_V = (0.112, 0.021, -0.047, -0.107, -0.160)
_BASE_V = (0.118, 0.033, -0.035, -0.095, -0.149)
_BASE_RADIUS = (0.047, 0.031, 0.029, 0.028, 0.028)
_TIP_RADIUS = (0.050, 0.032, 0.030, 0.028, 0.027)


@dataclass(frozen=True)
class Ellipse:
    """A spot on the foot: middle, half lengths along and across, and its turn from v toward u."""

    u: float
    v: float
    half_u: float
    half_v: float
    tilt_deg: float = 0.0


# The leg where it meets the foot, just behind the end of the top roller's way, and the bone in it.
LEG = Ellipse(TOP_PERMILLE / PERMILLE + 0.085, -0.004, 0.085, 0.1025)
LEG_MIDDLE = Ellipse(LEG.u, LEG.v, 0.0575, 0.0725)
# The pads of ball and heel on the sole.
PADS = (Ellipse(0.292, -0.005, 0.085, 0.1725, -13.0), Ellipse(0.885, -0.005, 0.095, 0.1))


@dataclass(frozen=True)
class Toe:
    """A round cone from the base (inside the body) to the tip: positions and radii."""

    base_u: float
    base_v: float
    tip_u: float
    tip_v: float
    base_radius: float
    tip_radius: float

    def distance(self, u: Floats, v: Floats, slimmer: float = 0.0) -> Floats:
        """Return the signed distance of points to the toe, negative inside; `slimmer` takes as much off its radius."""
        along_u, along_v = self.tip_u - self.base_u, self.tip_v - self.base_v
        part = ((u - self.base_u) * along_u + (v - self.base_v) * along_v) / (along_u**2 + along_v**2)
        part = np.clip(part, 0.0, 1.0)
        radius = self.base_radius + (self.tip_radius - self.base_radius) * part - slimmer
        distance: Floats = np.hypot(u - self.base_u - along_u * part, v - self.base_v - along_v * part) - radius
        return distance


def toe(number: int) -> Toe:
    """Return toe 1 (big) to 5 (little)."""
    index = number - 1
    base_u = _TIP_U[index] + STATION_PERMILLE[2 * index] / PERMILLE
    radius = _TIP_RADIUS[index]
    return Toe(base_u, _BASE_V[index], _TIP_U[index] + radius, _TIP_V[index], _BASE_RADIUS[index], radius)


def toe_point(number: int, part: float) -> tuple[float, float]:
    """Return (u, v) on a toe's midline: part 0 at its base, 1 at its tip's outer edge."""
    shape = toe(number)
    tip_u = shape.tip_u - shape.tip_radius
    return shape.base_u + (tip_u - shape.base_u) * part, shape.base_v + (shape.tip_v - shape.base_v) * part


def gap_point(number: int, part: float) -> tuple[float, float]:
    """Return (u, v) in the gap between toe `number` and the next: part 0 at its base, 1 at the shorter tip."""
    (left_u, left_v), (right_u, right_v) = toe_point(number, part), toe_point(number + 1, part)
    return max(left_u, right_u), (left_v + right_v) / 2


@cache
def body_outline() -> Floats:
    """Return the body without toes as a smooth closed polygon of (u, v), by corner cutting (Chaikin 1974)."""
    points = np.array(_BODY)
    for _ in range(_SMOOTHING_PASSES):
        after = np.roll(points, -1, axis=0)
        points = np.stack([0.75 * points + 0.25 * after, 0.25 * points + 0.75 * after], axis=1).reshape(-1, 2)
    return points


def is_in_body(u: Floats, v: Floats) -> NDArray[np.bool_]:
    """Return which points of a grid, rows at `u` and columns at `v`, lie in the body: even-odd rule, row by row."""
    starts = body_outline()
    ends = np.roll(starts, -1, axis=0)
    inside = np.zeros((len(u), len(v)), dtype=np.bool_)
    for row, at in enumerate(u):
        crosses = (starts[:, 0] <= at) != (ends[:, 0] <= at)
        (start_u, start_v), (end_u, end_v) = starts[crosses].T, ends[crosses].T
        crossings = np.sort(start_v + (at - start_u) / (end_u - start_u) * (end_v - start_v))
        inside[row] = np.searchsorted(crossings, v) % 2 == 1
    return inside
