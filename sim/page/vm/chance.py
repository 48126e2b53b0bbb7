"""Random choices for noise: repeatable from their seed, but not the choices of CPython's `random`."""

from collections.abc import Sequence
from typing import Any

_MASK = (1 << 32) - 1


class Random:
    """A 32-bit xorshift generator (Marsaglia 2003), seeded with a text."""

    def __init__(self, seed: str) -> None:
        word = 2166136261
        for byte in seed.encode():
            word = (word ^ byte) * 16777619 & _MASK  # FNV-1a
        self._word = word or 1

    def _next(self) -> int:
        word = self._word
        word ^= word << 13 & _MASK
        word ^= word >> 17
        word ^= word << 5 & _MASK
        self._word = word
        return word

    def randint(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`."""
        return low + self._next() % (high - low + 1)

    def choice(self, values: Sequence[Any]) -> Any:
        """Return one of the values."""
        return values[self._next() % len(values)]
