"""Pace the machine's time against the person's time."""

from instep.axes import TICKS_PER_S

# Times real time; None runs as fast as the computer can.
SPEEDS: tuple[float | None, ...] = (1.0, 2.0, 5.0, 10.0, 30.0, 100.0, None)
SPEED_DEFAULT = 30.0
TIMES = "\u00d7"

# A slice of work is short, so that a key is answered after a few slices.
SLICE_S = 0.010
# A longer delay of a busy computer is dropped, else the view would run too fast to catch up.
LAG_MAX_S = 0.25
# Weight of a new value in the running means.
_COST_GAIN = 0.3
_RATIO_GAIN = 0.1
# With a smaller share of the wanted speed, the view says that the computer is behind.
_BEHIND_SHARE = 0.8


def _rank(speed: float | None) -> float:
    return float("inf") if speed is None else speed


class Pacer:
    """Count the ticks that are due at `speed` (times real time, None = unlimited)."""

    def __init__(self, speed: float | None) -> None:
        self.speed = speed
        self.ratio = speed or 0.0
        self._due_ticks = 0.0
        self._tick_s = SLICE_S

    def faster(self) -> None:
        """Take the next higher speed of SPEEDS, if there is one."""
        self._choose([speed for speed in SPEEDS if _rank(speed) > _rank(self.speed)][:1])

    def slower(self) -> None:
        """Take the next lower speed of SPEEDS, if there is one."""
        self._choose([speed for speed in SPEEDS if _rank(speed) < _rank(self.speed)][-1:])

    def _choose(self, found: list[float | None]) -> None:
        for speed in found:
            self.speed = speed
            self.ratio = self.ratio if speed is None else speed
            self._due_ticks = 0.0

    def pass_time(self, wall_s: float) -> None:
        """Add the ticks that are due after `wall_s` seconds of the person's time."""
        if self.speed is not None:
            ticks_per_s = self.speed * TICKS_PER_S
            self._due_ticks = min(self._due_ticks + wall_s * ticks_per_s, max(LAG_MAX_S * ticks_per_s, 1.0))

    def slice_ticks(self) -> int:
        """Return the number of ticks to run now: due, and run within about SLICE_S; 0 if none is due."""
        fitting = max(1, int(SLICE_S / self._tick_s))
        return fitting if self.speed is None else min(fitting, int(self._due_ticks))

    def spend(self, ticks: int, wall_s: float) -> None:
        """Subtract `ticks`, which took `wall_s` to run."""
        self._due_ticks = max(0.0, self._due_ticks - ticks)
        self._tick_s += (max(wall_s / ticks, 1e-6) - self._tick_s) * _COST_GAIN

    def note_frame(self, ticks: int, wall_s: float) -> None:
        """Update the measured speed: `ticks` passed in a frame of `wall_s` > 0."""
        self.ratio += (ticks / TICKS_PER_S / wall_s - self.ratio) * _RATIO_GAIN

    def __str__(self) -> str:
        if self.speed is None:
            return f"max {self.ratio:.0f}{TIMES}"
        behind = self.ratio < self.speed * _BEHIND_SHARE
        return f"{self.ratio:.0f}{TIMES} of {self.speed:g}{TIMES}" if behind else f"{self.speed:g}{TIMES}"
