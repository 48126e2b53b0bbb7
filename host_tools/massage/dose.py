"""The pressure dose of a roller: force times time per area on each spot of a foot, N·s/cm².

Along the foot the dose is where the roller was; across it a roller presses most on the midline and a little less at
the edges, which is an assumption. Every newton-second lies somewhere on the foot.
"""

from functools import cache

import numpy as np

from host_tools.foot_outline import Floats
from host_tools.massage import foot_shape
from instep.units import MM_PER_CM

_ROLLER_CONTACT_MM = 14.0  # along the foot: at least 6 cm² under a roller about 45 mm wide
_EDGE_SHARE = 0.45  # pressure at the foot's edge relative to the midline


def roller_dose(place_u: Floats, push_n_s: Floats, foot_length_mm: float) -> Floats:
    """Return the dose on the grid of `foot_shape`, N·s/cm²: `push_n_s` at each `place_u`, shares of the length."""
    return spread(place_u, push_n_s, _across(), _ROLLER_CONTACT_MM, foot_length_mm)


def spread(place_u: Floats, push_n_s: Floats, across: Floats, contact_mm: float, foot_length_mm: float) -> Floats:
    """Lay each push evenly on its contact patch, weighted by `across`; nothing is lost."""
    u, _ = foot_shape.grid()
    row = np.clip(np.rint((place_u - u[0]) / foot_shape.CELL), 0, len(u) - 1).astype(np.int64)
    by_row = np.bincount(row, weights=push_n_s, minlength=len(u))
    along = _along(contact_mm, foot_length_mm)
    patch = across.sum(axis=1) @ along
    per_weight = along @ np.divide(by_row, patch, out=np.zeros_like(by_row), where=patch > 0)
    dose: Floats = per_weight[:, None] * across / cell_cm2(foot_length_mm)
    return dose


def softened(profile: Floats, foot_length_mm: float) -> Floats:
    """Return a value of each row, averaged over a roller's contact patch as far as the grid reaches."""
    weights = _along(_ROLLER_CONTACT_MM, foot_length_mm)
    mean: Floats = weights @ profile / weights.sum(axis=1)
    return mean


def evenness(dose: Floats) -> float | None:
    """Return the greatest dose of a place relative to the median of all touched places; None if nothing is touched."""
    touched = dose[dose > 0]
    return float(touched.max() / np.median(touched)) if len(touched) else None


def cell_cm2(foot_length_mm: float) -> float:
    """Return the area of one grid cell on a foot of this length, cm²."""
    return (foot_shape.CELL * foot_length_mm / MM_PER_CM) ** 2


def _along(contact_mm: float, foot_length_mm: float) -> Floats:
    """Return how much of a push in each row lies on each other row: most in its own, none beyond the contact."""
    u, _ = foot_shape.grid()
    reach_u = contact_mm / 2 / foot_length_mm
    weights: Floats = np.clip(1.0 - np.abs(u[:, None] - u[None, :]) / (2 * reach_u), 0.0, None)
    return weights


@cache
def _across() -> Floats:
    """Return the weight of each cell on the foot in its row: 1 on the foot's midline, less toward the edges."""
    inside = foot_shape.inside()
    _, v = foot_shape.grid()
    width = np.maximum(inside.sum(axis=1, keepdims=True), 1)
    middle = (inside * v).sum(axis=1, keepdims=True) / width
    from_middle = np.clip(np.abs(v - middle) / (width * foot_shape.CELL / 2), 0.0, 1.0)
    weight: Floats = inside * (1.0 - (1.0 - _EDGE_SHARE) * from_middle**2)
    return weight
