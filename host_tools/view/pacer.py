"""How much machine time passes in how much of the person's time."""

from instep.axes import TICKS_PER_S

# Times real time; None runs as fast as the computer can.
SPEEDS: tuple[float | None, ...] = (1.0, 2.0, 5.0, 10.0, 30.0, 100.0, None)
SPEED_DEFAULT = 30.0
TIMES = "\u00d7"

# A slice of work is short, so that a key waits for a few of them at most.
SLICE_S = 0.010
# Time that a busy computer could not simulate is dropped beyond this, else the view would race to catch up.
LAG_MAX_S = 0.25
# How much a new figure counts in the running means.
_COST_GAIN = 0.3
_RATIO_GAIN = 0.1
# A computer that reaches less than this of the speed asked for is said to be behind.
_BEHIND_SHARE = 0.8


def _rank(speed: float | None) -> float:
    return float("inf") if speed is None else speed


class Pacer:
    """Keep account of the ticks that are due at `speed` (times real time, None = unlimited)."""

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
        """Add the ticks that `wall_s` seconds of the person's time are worth."""
        if self.speed is not None:
            ticks_per_s = self.speed * TICKS_PER_S
            self._due_ticks = min(self._due_ticks + wall_s * ticks_per_s, max(LAG_MAX_S * ticks_per_s, 1.0))

    def slice_ticks(self) -> int:
        """Return how many ticks to run now: due, and done within about SLICE_S; 0 when none is due."""
        fitting = max(1, int(SLICE_S / self._tick_s))
        return fitting if self.speed is None else min(fitting, int(self._due_ticks))

    def spend(self, ticks: int, wall_s: float) -> None:
        """Book `ticks` that took `wall_s` to run."""
        self._due_ticks = max(0.0, self._due_ticks - ticks)
        self._tick_s += (max(wall_s / ticks, 1e-6) - self._tick_s) * _COST_GAIN

    def note_frame(self, ticks: int, wall_s: float) -> None:
        """Follow the speed that is reached: `ticks` passed in a frame of `wall_s` > 0."""
        self.ratio += (ticks / TICKS_PER_S / wall_s - self.ratio) * _RATIO_GAIN

    def __str__(self) -> str:
        if self.speed is None:
            return f"max {self.ratio:.0f}{TIMES}"
        behind = self.ratio < self.speed * _BEHIND_SHARE
        return f"{self.ratio:.0f}{TIMES} of {self.speed:g}{TIMES}" if behind else f"{self.speed:g}{TIMES}"
