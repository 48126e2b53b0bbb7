"""The first point of a search: forces that fit the wish in the session as a program plans it, without physics."""

import numpy as np

from host_tools.foot_outline import Floats
from host_tools.massage import dose
from host_tools.massage.figures import Rows
from host_tools.program.check import check_text
from host_tools.program.compile import compile_program
from host_tools.program.plan import planned_rows
from host_tools.program.timing import FOOT_USUAL_UM
from instep.axes import AXES_PER_FOOT, FEET, TICKS_PER_S, TOP_PRESS, TOP_STROKE
from instep.stroke.program import Program
from instep.units import MN_PER_N, UM_PER_MM
from sim.search.profile import AXES, Profiles, along, hats, wished
from sim.search.stroke import FURTHER, Space
from sim.search.wish import Wish

_ROUNDS = 12
# Where the correction of the forces begins, of their bounds; the speed of both ways: slow, because the roller stops at
# each place, and the faster it goes between, the more does such a stop stand out. Start values.
_FORCE_SHARE = 0.4
_SPEED_MM_S = 18.0
# How much of a correction is made at once: the strokes to neighbouring places overlap. Start value.
_DAMPING = 0.7
_LENGTH_MM = FOOT_USUAL_UM / UM_PER_MM


def first_point(space: Space, wish: Wish) -> Floats:
    """Return a point whose planned dose fits a wish at its places, as far as the bounds allow."""
    point: Floats = space.low + _FORCE_SHARE * (space.high - space.low)
    for _, _, end in space.sides():
        point[end + 1 : end + FURTHER] = _SPEED_MM_S
    for _ in range(_ROUNDS):
        given = planned(space.text(point, "plan"))
        for side, start, end in space.sides():
            aim = wished(wish.doses[side], side, _LENGTH_MM)
            near = hats(side, space.places[side])
            point[start:end] *= (near @ aim / (near @ given[side])) ** _DAMPING
            point[end] *= (aim.sum() / given[side].sum()) ** _DAMPING
        point = np.clip(point, space.low, space.high)
    return point


def planned(text: str) -> Profiles:
    """Return the dose along a usual foot that a program plans, the mean of both feet."""
    rows = planned_rows(Program(compile_program(check_text(text, "plan"))))
    return {side: _mean(rows, axis) for side, axis in AXES.items()}


def _mean(rows: Rows, axis: int) -> Floats:
    feet = []
    for first in range(axis, FEET * AXES_PER_FOOT, AXES_PER_FOOT):
        push_n_s = rows[:, first + TOP_PRESS - TOP_STROKE] / MN_PER_N / TICKS_PER_S
        feet.append(along(dose.roller_dose(rows[:, first] / FOOT_USUAL_UM, push_n_s, _LENGTH_MM)))
    mean: Floats = np.mean(feet, axis=0)
    return mean
