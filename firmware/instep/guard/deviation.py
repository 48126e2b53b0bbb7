"""Judge a deviation by its size times its duration: a large one within a second, a small one within many."""

from micropython import const

# However large, no fewer samples than these count: one or two wild ones are no fault.
_MIN_SAMPLES = const(3)


class Deviation:
    """Sum what exceeds a tolerance, sample by sample, up to `trip_sum`; what stays below takes as much away again."""

    def __init__(self, trip_sum: int) -> None:
        self._trip_sum = trip_sum
        self._max_excess = trip_sum // _MIN_SAMPLES + 1
        self.sum = 0

    def is_tripped_by(self, excess: int) -> bool:
        """Take one sample's excess, negative below the tolerance; return True if the sum has reached its limit."""
        # Five of these are due in one tick; `min` and `max` take a board twice as long as comparisons.
        highest = self._max_excess
        limit = self._trip_sum
        total = self.sum + (excess if excess < highest else highest)
        is_tripped = total >= limit
        if is_tripped:
            self.sum = limit
        else:
            self.sum = total if total > 0 else 0
        return is_tripped

    def forget(self) -> None:
        """Start again: the samples so far say nothing."""
        self.sum = 0
