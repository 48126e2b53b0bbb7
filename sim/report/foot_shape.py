"""The outline of a foot: toes as round cones joined to a body, as a signed distance so that all edges are smooth.

Coordinates are shares of the foot's length: u from the toe tips (0) to the heel (1), v across, positive toward
the big toe. Proportions follow the figure drawer's usual foot; the toes' lengths are the machine's own.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from matplotlib.path import Path
from numpy.typing import NDArray

from instep.stroke.foot_scaling import STATION_PERMILLE
from instep.units import PERMILLE

Floats = NDArray[np.float64]

TOES = 5
CELL = 1 / 320  # grid pitch
U_MIN, U_MAX = -0.03, 1.03
V_MIN, V_MAX = -0.25, 0.25

_WEB = 0.012  # how far the skin rounds the corner between a toe and the body
_SMOOTHING_PASSES = 3

# Body seen from above, from the big toe's joint round the heel to the little toe's and back along the toes' bases.
_BODY = (
    *((0.185, 0.172), (0.235, 0.190), (0.285, 0.193), (0.350, 0.178), (0.440, 0.148), (0.540, 0.128)),
    *((0.640, 0.122), (0.740, 0.127), (0.830, 0.132), (0.900, 0.122), (0.955, 0.090), (0.988, 0.045)),
    *((0.998, 0.000), (0.988, -0.047), (0.955, -0.090), (0.900, -0.122), (0.830, -0.136), (0.740, -0.142)),
    *((0.640, -0.152), (0.540, -0.171), (0.450, -0.188), (0.370, -0.199), (0.310, -0.199), (0.262, -0.188)),
    *((0.232, -0.165), (0.205, -0.115), (0.185, -0.050), (0.172, 0.020), (0.168, 0.085), (0.170, 0.140)),
)


@dataclass(frozen=True)
class Toe:
    """A round cone from the base (inside the body) to the tip: places and radii."""

    base_u: float
    base_v: float
    tip_u: float
    tip_v: float
    base_radius: float
    tip_radius: float


# How far each toe's tip lies behind the longest, and where toes stand across the foot.
_TIP_U = (0.000, 0.008, 0.040, 0.082, 0.136)
_TIP_V = (0.112, 0.021, -0.047, -0.107, -0.160)
_BASE_V = (0.118, 0.033, -0.035, -0.095, -0.149)
_BASE_RADIUS = (0.047, 0.031, 0.029, 0.028, 0.028)
_TIP_RADIUS = (0.050, 0.032, 0.030, 0.028, 0.027)


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
def grid() -> tuple[Floats, Floats]:
    """Return the centres of the grid's cells: u of the rows, v of the columns."""
    rows = np.arange(U_MIN + CELL / 2, U_MAX, CELL)
    columns = np.arange(V_MIN + CELL / 2, V_MAX, CELL)
    return rows, columns


@cache
def toe_distance(number: int) -> Floats:
    """Return the signed distance to one toe on the grid, negative inside."""
    shape = toe(number)
    u, v = np.meshgrid(*grid(), indexing="ij")
    along_u, along_v = shape.tip_u - shape.base_u, shape.tip_v - shape.base_v
    part = ((u - shape.base_u) * along_u + (v - shape.base_v) * along_v) / (along_u**2 + along_v**2)
    part = np.clip(part, 0.0, 1.0)
    radius = shape.base_radius + (shape.tip_radius - shape.base_radius) * part
    distance: Floats = np.hypot(u - shape.base_u - along_u * part, v - shape.base_v - along_v * part) - radius
    return distance


@cache
def foot_distance() -> Floats:
    """Return the signed distance to the whole foot on the grid, negative inside."""
    distance = _body_distance()
    toes = np.min([toe_distance(number) for number in range(1, TOES + 1)], axis=0)
    blend = np.clip(0.5 + (toes - distance) / (2 * _WEB), 0.0, 1.0)
    joined: Floats = toes + (distance - toes) * blend - _WEB * blend * (1 - blend)
    return joined


def inside() -> NDArray[np.bool_]:
    """Return which cells of the grid lie on the foot."""
    return foot_distance() < 0


def body_outline() -> Floats:
    """Return the body as a smooth closed polygon of (u, v), by corner cutting (Chaikin 1974)."""
    points = np.array(_BODY)
    for _ in range(_SMOOTHING_PASSES):
        after = np.roll(points, -1, axis=0)
        points = np.stack([0.75 * points + 0.25 * after, 0.25 * points + 0.75 * after], axis=1).reshape(-1, 2)
    return points


def _body_distance() -> Floats:
    polygon = body_outline()
    u, v = np.meshgrid(*grid(), indexing="ij")
    cells = np.column_stack([u.ravel(), v.ravel()])
    nearest = np.full(len(cells), np.inf)
    for start, end in zip(polygon, np.roll(polygon, -1, axis=0), strict=True):
        along = end - start
        part = np.clip((cells - start) @ along / (along @ along), 0.0, 1.0)
        offset = cells - start - part[:, None] * along
        nearest = np.minimum(nearest, np.einsum("ij,ij->i", offset, offset))
    sign = np.where(Path(polygon).contains_points(cells), -1.0, 1.0)
    distance: Floats = (sign * np.sqrt(nearest)).reshape(u.shape)
    return distance
