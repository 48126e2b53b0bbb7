"""The outline of a foot as masks on the sub-pixels of a picture.

The right foot, seen from above, toes up: y is the outline's u, from 0 (tip of the big toe) to 1 (heel); x is minus its
v, negative on the inner side. The left foot, and a sole seen from below, are mirror images.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from host_tools.foot_outline import LEG, PADS, TOES, Ellipse, gap_point, is_in_body, toe, toe_point
from instep.axes import STATIONS
from instep.stroke.foot_scaling import TOP_PERMILLE
from instep.units import PERMILLE

Field = NDArray[np.float64]

# The part of the plane that a picture shows: room for the rollers' ends at the sides and for the toe tool above the
# tips.
LEFT_X, RIGHT_X = -0.232, 0.232
TOP_Y, BOTTOM_Y = -0.055, 1.02
ASPECT = (RIGHT_X - LEFT_X) / (BOTTOM_Y - TOP_Y)
_TOOL_TOP_Y = TOP_Y + 0.02

# Ends of the rollers' ways as drawn: the top one at the ankle, the sole one on the heel, not at its edge.
ANKLE_Y = TOP_PERMILLE / PERMILLE
HEEL_Y = 0.95

# The thinnest gap between toes, the width it is drawn with in small pictures, and how slim that may make a toe.
_GAP_MIN = 0.0055
_GAP_COLUMNS = 1.2
_SLIM_MAX = 0.55

# Points a sub-pixel side is sampled at for soft edges.
_OVERSAMPLE = 4
# Edges are soft over less than a sub-pixel: crisp, without steps.
_CRISPNESS = 2.4
_BLUR_LENGTH = 0.05
_NAIL_SCALE, _NAIL_BACK = 0.55, 0.95


@dataclass(frozen=True)
class Shape:
    """Masks (rows, columns), 0-1 by covered share: x, y of the sub-pixels, foot, relief (1 = middle), toes, parts."""

    x: Field
    y: Field
    foot: Field
    relief: Field
    toes: tuple[Field, ...]
    nails: Field
    leg: Field
    pads: Field
    row_length: float
    column_length: float


def toe_spot(station: float, reach_permille: float) -> tuple[float, float]:
    """Return x, y of the toe tool: `station` 0-8 (even = toe, odd = gap), reach 0 = base, 1000 = tip, more = clear."""
    part = reach_permille / PERMILLE
    points = [
        gap_point(number // 2 + 1, part) if number % 2 else toe_point(number // 2 + 1, part)
        for number in range(STATIONS)
    ]
    u, v = (float(np.interp(station, range(STATIONS), along)) for along in zip(*points, strict=True))
    return -v, max(u, _TOOL_TOP_Y)


def _middles(low: float, high: float, count: int) -> Field:
    return low + (high - low) * (np.arange(count) + 0.5) / count


def _ellipse(x: Field, y: Field, spot: Ellipse) -> Field:
    off_x, off_y = x + spot.v, y - spot.u
    tilt = -math.radians(spot.tilt_deg)  # x is minus v
    along = off_y * math.cos(tilt) - off_x * math.sin(tilt)
    across = off_y * math.sin(tilt) + off_x * math.cos(tilt)
    return ((across / spot.half_v) ** 2 + (along / spot.half_u) ** 2 <= 1.0).astype(float)


def _nail(number: int) -> Ellipse:
    tip = toe(number)
    half = tip.tip_radius * _NAIL_SCALE
    return Ellipse(tip.tip_u - tip.tip_radius * (1.0 - _NAIL_BACK), tip.tip_v, half, half)


def _pool(fine: Field) -> Field:
    rows, columns = fine.shape[0] // _OVERSAMPLE, fine.shape[1] // _OVERSAMPLE
    mean: Field = fine.reshape(rows, _OVERSAMPLE, columns, _OVERSAMPLE).mean(axis=(1, 3))
    return mean


def _crisp(mask: Field) -> Field:
    return np.clip((mask - 0.5) * _CRISPNESS + 0.5, 0.0, 1.0)


def _soften(mask: Field, rows: float, columns: float) -> Field:
    out = mask
    for axis, reach in ((0, rows), (1, columns)):
        kernel = np.hanning(2 * max(1, round(reach)) + 3)
        kernel /= kernel.sum()
        out = np.apply_along_axis(np.convolve, axis, out, kernel, "same")
    return out


@lru_cache(maxsize=16)
def shape(rows: int, columns: int, mirrored: bool) -> Shape:
    """Return the masks of a foot drawn in `rows` x `columns` sub-pixels; a left foot from above is mirrored."""
    fine_y, row_length = _middles(TOP_Y, BOTTOM_Y, rows * _OVERSAMPLE), (BOTTOM_Y - TOP_Y) / rows
    fine_x, column_length = _middles(LEFT_X, RIGHT_X, columns * _OVERSAMPLE), (RIGHT_X - LEFT_X) / columns
    if mirrored:
        fine_x = -fine_x
    x, y = np.meshgrid(fine_x, fine_y)
    body = is_in_body(fine_y, -fine_x)
    toes = [
        ((toe(number).distance(y, -x, _slimmer(number, column_length)) <= 0.0) & ~body).astype(float)
        for number in range(1, TOES + 1)
    ]
    foot = _crisp(_pool(np.maximum(body, np.maximum.reduce(toes))))
    nails = np.maximum.reduce([_ellipse(x, y, _nail(number)) for number in range(1, TOES + 1)])
    return Shape(
        x=_pool(x),
        y=_pool(y),
        foot=foot,
        relief=_soften(foot, _BLUR_LENGTH / row_length, _BLUR_LENGTH / column_length),
        toes=tuple(_crisp(_pool(toe_mask)) for toe_mask in toes),
        nails=_pool(nails),
        leg=_crisp(_pool(_ellipse(x, y, LEG))),
        pads=_soften(_pool(np.maximum.reduce([_ellipse(x, y, pad) for pad in PADS])), 1.0, 1.0),
        row_length=row_length,
        column_length=column_length,
    )


def _slimmer(number: int, column_length: float) -> float:
    """Return what a toe's radius loses, so that the gap to the next is about a sub-pixel wide in small pictures."""
    wanted = max(0.0, _GAP_COLUMNS / 2 * column_length - _GAP_MIN / 2)
    return min(wanted, toe(number).tip_radius * (1.0 - _SLIM_MAX))
