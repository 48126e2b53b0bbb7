"""Propose points, and learn from their costs: CMA-ES of the package cma, the same for the same seed."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from host_tools.foot_outline import Floats
from sim.extras import missing
from sim.search.stroke import Space

# Points of one batch: all are proposed before the first cost is known. Not that of the workers, so that the result is
# the same on any number of them. Start value: what CMA-ES takes for 15 to 20 values.
BATCH = 12
# How far a batch spreads from the first point, as a share of the range between the bounds. Start value.
_SPREAD = 0.05
# A point that is not allowed counts as worse than any other.
WORST = 1e6


def require_installed() -> None:
    """Raise InstepError if the package of the extra is not installed."""
    if find_spec("cma") is None:
        raise missing("search", "A search")


class Optimiser:
    """Search the best point of a space, from a first one, in batches of BATCH."""

    def __init__(self, space: Space, first: Floats, seed: int) -> None:
        import cma  # here: only a search needs it, and it takes a second to load

        self._low = space.low
        self._range = space.high - space.low
        options = {
            "bounds": [0.0, 1.0],
            "popsize": BATCH,
            # A generator of its own: numpy's global one belongs to others.
            "randn": np.random.RandomState(seed).randn,
            "seed": float("nan"),
            "signals_filename": "",
            "verbose": -9,
        }
        self._strategy: Any = cma.CMAEvolutionStrategy((first - self._low) / self._range, _SPREAD, options)
        self._asked: list[Floats] = []

    def ask(self) -> list[Floats]:
        """Return the next points."""
        self._asked = self._strategy.ask()
        return [self._low + self._range * np.clip(point, 0.0, 1.0) for point in self._asked]

    def tell(self, costs: Sequence[float]) -> None:
        """Take the costs of the points that were asked for, in their order."""
        self._strategy.tell(self._asked, list(costs))

    @property
    def is_done(self) -> bool:
        """Return True if no better point is to be expected."""
        return bool(self._strategy.stop())
