"""Glide to a goal: the speed changes gently, and the rest of the way is always enough to stop.

On the way the goal may move farther ahead. Speeds are multiples of their change.
"""

from micropython import const

# How much the speed changes in a tick, um per tick.
_CHANGE_UM = const(20)


class Glide:
    """A set point in micrometres on its way; `place_um` is where it is, `speed_um` its last step."""

    def __init__(self) -> None:
        self.place_um = 0
        self.speed_um = 0

    def begin(self) -> None:
        """Start from home, at rest."""
        self.place_um = 0
        self.speed_um = 0

    def to(self, goal_um: int, cruise_um: int) -> None:
        """Move towards the goal for one tick, by no more than `cruise_um`."""
        way_um = goal_um - self.place_um
        left_um = abs(way_um)
        if left_um == 0:
            self.speed_um = 0
            return
        speed_um = min(abs(self.speed_um) + _CHANGE_UM, cruise_um)
        # Greatest speed from which the rest of the way is enough to slow down: v + (v - c) + ... + c <= left.
        while speed_um > 0 and speed_um * (speed_um + _CHANGE_UM) > 2 * _CHANGE_UM * left_um:
            speed_um -= _CHANGE_UM
        speed_um = max(speed_um, min(left_um, _CHANGE_UM))
        self.speed_um = speed_um if way_um > 0 else -speed_um
        self.place_um += self.speed_um

    def stop(self) -> None:
        """Slow down for one tick."""
        self.speed_um -= max(-_CHANGE_UM, min(_CHANGE_UM, self.speed_um))
        self.place_um += self.speed_um
