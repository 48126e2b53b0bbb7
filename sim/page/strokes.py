"""Turn a drawn stroke into the waypoints of a `path` phase, rounded as a person would write them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from instep.units import PERMILLE

# A shorter way back is the trembling of a hand, not a turn (per mille of the foot).
_TURN_PERMILLE = 60
_PLACE_STEP = 10
_SPEED_STEP = 5
_FORCE_STEP = 0.5
# The minimum distance of two waypoints: the curves of force and speed are sampled there.
_LEG_PERMILLE = 250
_SPEED_MIN, _SPEED_MAX = 5, 100
_FORCE_MAX = 35.0
_HOLD_N = 8

Waypoint = dict[str, float | int]


def waypoints_of(
    side: str, places: Sequence[float], forces: Sequence[float], speeds: Sequence[float]
) -> list[Waypoint]:
    """Return the waypoints of a stroke of the `side` ("top" or "sole") roller.

    `places`: the places of the hand in their order, per mille of the foot. `forces` (N) and `speeds` (mm/s): curves
    over the whole stroke, at even distances. Raise ValueError for a stroke without length.
    """
    turns = _turning_points(places)
    if len(turns) < 2:
        raise ValueError("The stroke is too short: draw along the foot.")
    whole = sum(abs(after - before) for before, after in pairwise(turns))
    hold = "arch_n" if side == "top" else "heel_n"
    found: list[Waypoint] = [{hold: _HOLD_N}]
    if turns[0]:
        found.append({side: turns[0], "speed_mm_s": _speed(speeds[0])})
    found.append({f"{side}_n": _force(forces[0])})
    gone = 0.0
    for before, after in pairwise(turns):
        for start, end in _legs(before, after):
            gone += abs(end - start)
            share = gone / whole
            middle = share - abs(end - start) / whole / 2
            found.append(
                {side: end, f"{side}_n": _force(_at(forces, share)), "speed_mm_s": _speed(_at(speeds, middle))}
            )
    return found


def _turning_points(places: Sequence[float]) -> list[int]:
    """Return the places at which the stroke begins, turns and ends."""
    kept = [_place(places[0])] if places else []
    extreme = kept[0] if kept else 0
    direction = 0
    for raw in places[1:]:
        place = _place(raw)
        if (place - extreme) * direction > 0 or (direction == 0 and abs(place - kept[0]) >= _TURN_PERMILLE):
            direction = direction or (1 if place > kept[0] else -1)
            extreme = place
        elif direction and abs(place - extreme) >= _TURN_PERMILLE:
            kept.append(extreme)
            direction = -direction
            extreme = place
    return [*kept, extreme] if direction else kept


def _legs(before: int, after: int) -> list[tuple[int, int]]:
    """Divide a way into parts of about the same length; return the two ends of each."""
    count = max(1, round(abs(after - before) / _LEG_PERMILLE))
    marks = [_place(before + (after - before) * part / count) for part in range(count + 1)]
    return list(pairwise(marks))


def _at(curve: Sequence[float], share: float) -> float:
    """Return a curve's value at a share of the way."""
    place = max(0.0, min(1.0, share)) * (len(curve) - 1)
    index = min(int(place), len(curve) - 2) if len(curve) > 1 else 0
    following = curve[min(index + 1, len(curve) - 1)]
    return curve[index] + (following - curve[index]) * (place - index)


def _place(value: float) -> int:
    return max(0, min(PERMILLE, _PLACE_STEP * round(value / _PLACE_STEP)))


def _speed(value: float) -> int:
    return max(_SPEED_MIN, min(_SPEED_MAX, _SPEED_STEP * round(value / _SPEED_STEP)))


def _force(value: float) -> float:
    return max(0.0, min(_FORCE_MAX, _FORCE_STEP * round(value / _FORCE_STEP)))


def simplest(value: Any) -> Any:
    """Return an int for a number without fraction, as a person writes it."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
