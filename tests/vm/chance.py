"""Pseudo-random numbers that are small integers: the same on CPython and on MicroPython, where they allocate nothing.

The generator is that of Wichmann and Hill (Applied Statistics algorithm AS 183): its period is 7 × 10^12.
"""

_MODULI = (30_269, 30_307, 30_323)
_FACTORS = (171, 172, 170)


class Chance:
    """A sequence of numbers; the same `seed` (0..30000) gives the same sequence."""

    def __init__(self, seed):
        self.first = 1 + seed
        self.second = 1 + seed * 7 % 30_000
        self.third = 1 + seed * 31 % 30_000

    def below(self, bound):
        """Return 0..bound - 1, bound <= 30269."""
        self.first = self.first * _FACTORS[0] % _MODULI[0]
        self.second = self.second * _FACTORS[1] % _MODULI[1]
        self.third = self.third * _FACTORS[2] % _MODULI[2]
        return (self.first + self.second + self.third) % _MODULI[0] % bound

    def among(self, choices):
        """Return one of some choices."""
        return choices[self.below(len(choices))]
