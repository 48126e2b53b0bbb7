"""The trail of a roller on the drawn foot, so that fast strokes can be followed by eye."""

import math

import numpy as np

from host_tools.view.feet import TOUCH_N
from host_tools.view.outline import Field
from instep.units import PERMILLE

_BINS = 60
# Machine time in which the trail fades to a third.
_FADE_S = 20.0
_FULL_N = 28.0


class Glow:
    """The trail of one roller's pressure; `trace` runs along its way, 0-1."""

    def __init__(self) -> None:
        self.trace: Field = np.zeros(_BINS)
        self._last_s = 0.0
        self._last_permille = 0.0

    def follow(self, time_s: float, permille: float, force_n: float) -> None:
        """Fade by the machine time since the last call and raise the part rolled since."""
        self.trace *= math.exp(-max(time_s - self._last_s, 0.0) / _FADE_S)
        if force_n >= TOUCH_N:
            low, high = sorted((self._last_permille, permille))
            first, last = (min(max(int(end * _BINS / PERMILLE), 0), _BINS - 1) for end in (low, high))
            rolled = self.trace[first : last + 1]
            np.maximum(rolled, min(force_n / _FULL_N, 1.0), out=rolled)
        self._last_s, self._last_permille = time_s, permille
