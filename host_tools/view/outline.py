"""The shape of a foot, in units of its own length, as masks on a grid of points.

The right foot, seen from above, toes up: y runs from 0 (tip of the big toe) to 1 (heel), x from the inner side
(negative) to the outer. The left foot, and a sole seen from below, are mirror images. Proportions follow a
common tracing of an adult foot, breadth 0.37 of its length; they are for the eye only.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from instep.units import PERMILLE

Field = NDArray[np.float64]

# What a picture shows around the foot: room for the rollers' ends at the sides and for the toe tool above the tips.
LEFT_X, RIGHT_X = -0.232, 0.232
TOP_Y, BOTTOM_Y = -0.055, 1.02
ASPECT = (RIGHT_X - LEFT_X) / (BOTTOM_Y - TOP_Y)

# The edges of the foot behind the toes.
_EDGE_Y = (0.15, 0.20, 0.24, 0.29, 0.36, 0.45, 0.55, 0.65, 0.75, 0.85, 0.91, 0.95, 0.98, 0.995, 1.0)
_INNER_X = (-0.17, -0.18, -0.187, -0.188, -0.17, -0.133, -0.104, -0.092, -0.094, -0.1, -0.095, -0.08, -0.055, -0.03, 0)
_OUTER_X = (0.14, 0.156, 0.168, 0.176, 0.176, 0.164, 0.147, 0.13, 0.115, 0.106, 0.098, 0.084, 0.06, 0.032, 0.004)
# Where the toes begin, from the inner to the outer side: the webs between them.
_WEB_X = (-0.19, -0.13, -0.075, -0.01, 0.05, 0.108, 0.176)
_WEB_Y = (0.185, 0.155, 0.165, 0.165, 0.182, 0.212, 0.25)

# Each toe: x and y of its tip, x and y of its base, radius. Big toe first.
_TOES = (
    (-0.131, 0.000, -0.124, 0.22, 0.052),
    (-0.042, 0.010, -0.040, 0.22, 0.0295),
    (0.020, 0.036, 0.015, 0.22, 0.0280),
    (0.079, 0.070, 0.068, 0.23, 0.0270),
    (0.136, 0.112, 0.118, 0.26, 0.0265),
)
TOES = len(_TOES)
GAPS = TOES - 1

# How far the rollers go: the top one to the ankle, the sole one to the heel.
ANKLE_Y = 0.66
HEEL_Y = 0.95
LEG_X, LEG_Y, LEG_HALF_X, LEG_HALF_Y = 0.0, 0.815, 0.074, 0.088

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
_PADS = ((-0.09, 0.27, 0.085, 0.075), (0.04, 0.28, 0.115, 0.075), (0.0, 0.88, 0.075, 0.085))


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
    toe = min(max(station / 2, 0.0), GAPS)
    axis = range(TOES)
    tip_x, tip_y, base_x = (float(np.interp(toe, axis, [t[part] for t in _TOES])) for part in (0, 1, 2))
    web_y = float(np.interp(tip_x, _WEB_X, _WEB_Y))
    share = reach_permille / PERMILLE
    return base_x + (tip_x - base_x) * share, max(web_y + (tip_y + 0.01 - web_y) * share, TOP_Y + 0.02)


def _middles(low: float, high: float, count: int) -> Field:
    return low + (high - low) * (np.arange(count) + 0.5) / count


def _capsule(x: Field, y: Field, toe: tuple[float, ...], radius: float) -> Field:
    tip_x, tip_y, base_x, base_y, _ = toe
    top_y = tip_y + radius
    along = np.clip((y - top_y) / (base_y - top_y), 0.0, 1.0)
    off_x, off_y = x - (tip_x + (base_x - tip_x) * along), y - (top_y + (base_y - top_y) * along)
    return (off_x**2 + off_y**2 <= radius**2).astype(float)


def _ellipse(x: Field, y: Field, spot: tuple[float, float, float, float]) -> Field:
    return (((x - spot[0]) / spot[2]) ** 2 + ((y - spot[1]) / spot[3]) ** 2 <= 1.0).astype(float)


def _body(x: Field, y: Field) -> Field:
    inside = (x >= np.interp(y, _EDGE_Y, _INNER_X)) & (x <= np.interp(y, _EDGE_Y, _OUTER_X)) & (y <= 1.0)
    return (inside & (y >= np.interp(x, _WEB_X, _WEB_Y))).astype(float)


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
    x, y = np.meshgrid(-fine_x if mirrored else fine_x, fine_y)
    # A gap between toes is never thinner than about a sub-pixel, so that toes can be told apart in small pictures.
    slimmer = max(0.0, _GAP_COLUMNS / 2 * column_length - _GAP_MIN / 2)
    toes = [
        _capsule(x, y, toe, max(toe[-1] - slimmer, toe[-1] * _SLIM_MAX)) * (y < np.interp(x, _WEB_X, _WEB_Y))
        for toe in _TOES
    ]
    foot = _crisp(_pool(np.maximum(_body(x, y), np.maximum.reduce(toes))))
    nails = [_ellipse(x, y, (t[0], t[1] + t[4] * _NAIL_BACK, t[4] * _NAIL_SCALE, t[4] * _NAIL_SCALE)) for t in _TOES]
    return Shape(
        x=_pool(x),
        y=_pool(y),
        foot=foot,
        relief=_soften(foot, _BLUR_LENGTH / row_length, _BLUR_LENGTH / column_length),
        toes=tuple(_crisp(_pool(toe)) for toe in toes),
        nails=_pool(np.maximum.reduce(nails)),
        leg=_crisp(_pool(_ellipse(x, y, (LEG_X, LEG_Y, LEG_HALF_X, LEG_HALF_Y)))),
        pads=_soften(_pool(np.maximum.reduce([_ellipse(x, y, pad) for pad in _PADS])), 1.0, 1.0),
        row_length=row_length,
        column_length=column_length,
    )
