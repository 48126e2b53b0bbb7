"""The dose along a foot, in the middle of its width, and how far it is from a wished one."""

from collections.abc import Mapping, Sequence

import numpy as np

from host_tools.foot_outline import Floats
from host_tools.massage import dose, foot_shape
from instep.axes import SOLE_STROKE, TOP_STROKE
from instep.stroke.foot_scaling import TOP_PERMILLE
from instep.units import PERMILLE
from sim.search.wish import Point, Wish

AXES = {"top": TOP_STROKE, "sole": SOLE_STROKE}
_WAY = {"top": TOP_PERMILLE / PERMILLE, "sole": 1.0}

# By side: the dose of each row of the foot's grid, N s/cm2.
Profiles = Mapping[str, Floats]


def along(view: Floats) -> Floats:
    """Return the dose in the middle of a foot's width, where a roller presses most, of each row of a dose map."""
    rows: Floats = view.max(axis=1)
    return rows


def at_places(profile: Floats, side: str, places: Sequence[int]) -> Floats:
    """Return the dose of a profile at places, per mille of the side's way."""
    rows, _ = foot_shape.grid()
    at: Floats = np.interp(np.array(places) / PERMILLE * _WAY[side], rows, profile)
    return at


def hats(side: str, places: Sequence[int]) -> Floats:
    """Return for each place how much each row counts as near it: 1 there, less toward the places beside it."""
    rows, _ = foot_shape.grid()
    at = np.array(places) / PERMILLE * _WAY[side]
    return np.array([np.interp(rows, at, one, left=0.0, right=0.0) for one in np.eye(len(places))])


def wished(points: Sequence[Point], side: str, foot_length_mm: float) -> Floats:
    """Return the wished dose of each row: 0 beside the wish, and as soft at its edges as a roller's contact."""
    rows, _ = foot_shape.grid()
    places = np.array([at for at, _ in points]) / PERMILLE * _WAY[side]
    sharp = np.interp(rows, places, [value for _, value in points], left=0.0, right=0.0)
    soft: Floats = dose.softened(sharp, foot_length_mm) * foot_shape.inside().any(axis=1)
    return soft


def deviation(wish: Wish, feet: Sequence[Profiles], lengths_mm: Sequence[float]) -> float:
    """Return the mean difference from a wish, as a share of the mean wished dose, over all wished sides."""
    difference = total = 0.0
    for given, length_mm in zip(feet, lengths_mm, strict=True):
        for side, points in wish.doses.items():
            aim = wished(points, side, length_mm)
            difference += float(np.abs(given[side] - aim).sum())
            total += float(aim.sum())
    return difference / total
