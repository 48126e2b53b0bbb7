"""The strokes among which a search chooses: one for each wished side, as a path that a person could have written.

A stroke goes out with a force of its own at each place, and back with one force. A point of the search has, for each
side, these forces, the force of the way back, and the speeds of both ways.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from host_tools.foot_outline import Floats
from sim.search.wish import Point, Wish

# A softer roller loses touch, a slower one looks like a stopped one. Start values.
FORCE_MIN_N = 2.0
SPEED_MIN_MM_S = 15.0
# The way back is lighter: at most this share of the bound. Start value.
_BACK_SHARE = 0.6
# What a person would write.
_FORCE_STEP_N = 0.5
_SPEED_STEP_MM_S = 1.0
# Per mille of the way; start values. A stroke turns at its ends and stays there longer: it may be softer so far from
# them. Places are not closer together, because the roller stops shortly at each; nor farther apart, because a foot is
# not everywhere as wide.
_EDGE = 80
_APART = 60
_FAR = 350
# Beside the forces on the way out a side has: the force of the way back, the speed out, the speed back.
FURTHER = 3
# How each side is held meanwhile.
_HOLD = {"top": "{ arch_n = 10, heel_n = 10 }"}

_HEAD = """format = 1
name = "{name}"
title = "{title}"
minutes = {minutes}
heat = "{heat}"
"""
_PHASE = """
[[phase]]
technique = "path"
feet = "each"
repeats = 2
waypoints = [
{waypoints}
]
"""
_CLOSING = """
[[closing]]
technique = "smooth"
force_tips_percent = 30
force_end_percent = 30
"""


class Space:
    """All points of a search for one wish; each value of a point is within `low` and `high`."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self.places = {side: places_of(points) for side, points in wish.doses.items()}
        force_n, speed_mm_s = wish.comfort.force_n, wish.comfort.speed_mm_s
        low: list[float] = []
        high: list[float] = []
        for places in self.places.values():
            low += [*[FORCE_MIN_N] * (len(places) + 1), SPEED_MIN_MM_S, SPEED_MIN_MM_S]
            high += [*[force_n] * len(places), _BACK_SHARE * force_n, speed_mm_s, speed_mm_s]
        self.low, self.high = np.array(low), np.array(high)

    def sides(self) -> Iterator[tuple[str, int, int]]:
        """Yield each side, and where its forces on the way out begin and end in a point."""
        start = 0
        for side, places in self.places.items():
            yield side, start, start + len(places)
            start += len(places) + FURTHER

    def text(self, point: Floats, name: str) -> str:
        """Return the program file of a point, its values rounded to those that a person would write."""
        wish = self._wish
        title = wish.title.replace("\\", "\\\\").replace('"', '\\"')
        text = _HEAD.format(name=name, title=title or name, minutes=wish.minutes, heat=wish.heat)
        for side, start, end in self.sides():
            forces = [_rounded(force, _FORCE_STEP_N) for force in point[start : end + 1]]
            speeds = [_rounded(speed, _SPEED_STEP_MM_S) for speed in point[end + 1 : end + FURTHER]]
            waypoints = _stroke(side, self.places[side], forces, speeds)
            text += _PHASE.format(waypoints="\n".join(f"  {waypoint}," for waypoint in waypoints))
        return text + _CLOSING


def places_of(points: Sequence[Point]) -> tuple[int, ...]:
    """Return the places at which a stroke has a force of its own: those of the wish, near each end, and between."""
    first, last = points[0][0], points[-1][0]
    places = [first, last]
    for place in (first + _EDGE, last - _EDGE, *(at for at, _ in points[1:-1])):
        if first < place < last and all(abs(place - other) >= _APART for other in places):
            places.append(place)
    for before, after in pairwise(sorted(places)):
        parts = math.ceil((after - before) / _FAR)
        places += [before + (after - before) * part // parts for part in range(1, parts)]
    return tuple(sorted(places))


def _stroke(side: str, places: Sequence[int], forces: Sequence[str], speeds: Sequence[str]) -> Iterator[str]:
    """Yield the waypoints of a stroke; the last of `forces` is that of the way back."""
    out, back = speeds
    if side in _HOLD:
        yield _HOLD[side]
    if places[0]:
        yield f"{{ {side} = {places[0]} }}"
    yield f"{{ {side}_n = {forces[0]} }}"
    for place, force in zip(places[1:], forces[1:-1], strict=True):
        yield f"{{ {side} = {place}, {side}_n = {force}, speed_mm_s = {out} }}"
    yield f"{{ {side}_n = {forces[-1]} }}"
    yield f"{{ {side} = {places[0]}, speed_mm_s = {back} }}"


def _rounded(value: float, step: float) -> str:
    return f"{round(value / step) * step:g}"
