"""Keep the setpoints of a play and judge them all at once: ranges, speeds, changes of speed, the toes' interlock."""

import numpy as np

from instep.axes import (
    AXES_PER_FOOT,
    FEET,
    HIGH,
    HOME,
    LOW,
    NAMES,
    RATE_PER_TICK,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
)
from instep.stroke.trajectory import RAMP_TICKS

# Rounding of one move's remainder at both ends of a tick.
ROUNDING = 2
BRAKE_WEIGHT = 8


def greatest_change(axis):
    """Return how much the speed of an axis may change from tick to tick, braking included."""
    return RATE_PER_TICK[axis] * BRAKE_WEIGHT // (2 * RAMP_TICKS) + ROUNDING


_LOW, _HIGH, _HOME, _RATE = (np.array(figures * FEET) for figures in (LOW, HIGH, HOME, RATE_PER_TICK))
_CHANGE = np.array([greatest_change(axis) for axis in range(AXES_PER_FOOT)] * FEET)
_CLEAR_AXES = (TOE_GRIP, TOE_TURN, TOE_REACH)


class Record:
    """The setpoints of one play after another; `watch` takes those of a tick."""

    def __init__(self):
        self._play = None
        self._rows = []
        self.ticks = 0

    def watch(self, play, setpoints):
        """Take the setpoints after a tick; with the first of another `play` the one before is judged."""
        if play != self._play:
            self.judge()
            self._play = play
        self._rows.append(setpoints.tobytes())

    def judge(self):
        """Judge the play at hand and forget it."""
        if not self._rows:
            return
        rows = np.frombuffer(b"".join(self._rows), np.int32).reshape(-1, AXES_PER_FOOT * FEET)
        self._rows.clear()
        self.ticks += len(rows)
        judge(np.vstack([_HOME, rows]), self._play)


def judge(places, play):
    """Assert what must hold of the setpoints, a row each tick, the first at home."""
    moved = np.diff(places, axis=0)
    changed = np.diff(moved, axis=0, prepend=0)
    _require(play, "outside its range", (places < _LOW) | (places > _HIGH))
    _require(play, "too fast", np.abs(moved) > _RATE + 1)
    _require(play, "a jerk", np.abs(changed) > _CHANGE)
    for base in range(0, AXES_PER_FOOT * FEET, AXES_PER_FOOT):
        selects = moved[:, base + TOE_SELECT] != 0
        for axis in _CLEAR_AXES:
            away = places[:, base + axis] != HOME[axis]
            assert not (selects & (away[1:] | away[:-1])).any(), f"{play}: selects while {NAMES[axis]} is away"


def _require(play, what, breaks):
    if breaks.any():
        tick, index = np.argwhere(breaks)[0]
        raise AssertionError(f"{play}: tick {tick}: {NAMES[index % AXES_PER_FOOT]} {what}")
