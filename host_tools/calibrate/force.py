"""Find zero and scale of the force sensors from equal known weights, and judge them.

A board shows no force below zero, so the zero is found from two loads: one weight, and two of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from host_tools.calibrate.rollers import in_words
from instep.axes import ROLLERS
from instep.units import MN_PER_N

GRAVITY_M_S2 = 9.81

# ADC codes for which the scale is given.
_CODES = 1024

# What the amplifier of docs/build.md gives: REF at 1600 codes, the bar's own zero 1260 codes beside it at most
# (0.1 mV/V, gain 477); bars of 20 to 5 kg.
ZERO_MIN, ZERO_MAX = 200, 4_000
SCALE_MIN, SCALE_MAX = 4_000, 16_000

# A sensor that shows less than a fifth of a weight does not feel it.
_FELT_SHARE = 0.2
# A lighter one drowns in friction; the figure of a heavier pair would not fit into telemetry on a bar of 5 kg.
WEIGHT_MIN_KG, WEIGHT_MAX_KG = 0.5, 1.2
# Start values: a weight that swings shows more, a bar that is free less.
SPREAD_MAX_N = 0.3
# The empty reading has to lie on the line through the two loads.
BEND_MAX_N = 0.5


@dataclass(frozen=True)
class Load:
    """What all sensors show under one load, N: the means of several repeats, by roller."""

    repeats: tuple[tuple[float, ...], ...]

    def mean_n(self, roller: int) -> float:
        """Return the mean over the repeats."""
        return sum(one[roller] for one in self.repeats) / len(self.repeats)

    def spread_n(self, roller: int) -> float:
        """Return the greatest difference between two repeats."""
        found = [one[roller] for one in self.repeats]
        return max(found) - min(found)


@dataclass(frozen=True)
class Force:
    """A verdict on one sensor: its figures for the board file, or what is wrong with it."""

    roller: int
    problem: str = ""
    advice: str = ""
    zero: int = 0
    mn_per_1024: int = 0
    spread_n: float = 0.0

    @property
    def name(self) -> str:
        """Return the roller's name in words."""
        return in_words(self.roller)


def judge_force(roller: int, loads: Sequence[Load], weight_kg: float, zero: int, mn_per_1024: int) -> Force:
    """Return the verdict from the readings empty, with one weight and with two.

    zero, mn_per_1024: the figures that the board computes with now.
    """
    empty, one, two = loads
    weight_n = weight_kg * GRAVITY_M_S2
    rise_n = two.mean_n(roller) - one.mean_n(roller)
    spread_n = max(load.spread_n(roller) for load in loads)
    if rise_n < _FELT_SHARE * weight_n * mn_per_1024 / SCALE_MAX:
        return _unfelt(roller, loads, weight_n)
    if spread_n > SPREAD_MAX_N:
        problem = f"its readings differ by {spread_n:.1f} N between repeats, allowed are {SPREAD_MAX_N} N"
        return Force(roller, problem, "Let the weight hang still, and free the roller and its bar.")
    if one.mean_n(roller) <= 0.0:
        advice = f"Lower force_zero of {in_words(roller)} in the board file by 1000, flash it and run this again."
        return Force(roller, "it shows no force under one weight: its zero is far too high", advice)
    # What the line through the two loads shows without a load.
    rest_n = 2 * one.mean_n(roller) - two.mean_n(roller)
    found_zero = round(zero + rest_n * MN_PER_N * _CODES / mn_per_1024)
    scale = round(mn_per_1024 * weight_n / rise_n)
    bend_n = _bend_n(empty.mean_n(roller), rest_n)
    return _within_bounds(Force(roller, zero=found_zero, mn_per_1024=scale, spread_n=spread_n), bend_n)


def _bend_n(empty_n: float, rest_n: float) -> float:
    """Return how far the empty reading is from the line; 0.0 all the time may stand for any reading below zero."""
    return abs(empty_n - rest_n) if empty_n > 0.0 else max(rest_n, 0.0)


def _within_bounds(found: Force, bend_n: float) -> Force:
    """Return the verdict, or a problem if a figure is outside its bounds."""
    for what, value, low, high in (
        ("zero", found.zero, ZERO_MIN, ZERO_MAX),
        ("mN per 1024 codes", found.mn_per_1024, SCALE_MIN, SCALE_MAX),
    ):
        if not low <= value <= high:
            problem = f"its {what} would be {value}, allowed are {low} to {high}"
            return Force(found.roller, problem, "Check weight, bar and amplifier: docs/build.md has the circuit.")
    if bend_n > BEND_MAX_N:
        problem = f"its three readings are not on a line: {bend_n:.1f} N beside it, allowed are {BEND_MAX_N} N"
        return Force(found.roller, problem, "Free the roller and its bar: something takes a part of the weight.")
    return found


def _unfelt(roller: int, loads: Sequence[Load], weight_n: float) -> Force:
    """Return the verdict on a sensor whose reading does not rise by the second weight."""
    empty, _, two = loads
    others = [index for index in range(ROLLERS) if index != roller]
    felt = [index for index in others if two.mean_n(index) - empty.mean_n(index) > _FELT_SHARE * 2 * weight_n]
    if felt:
        names = " and ".join(map(in_words, felt))
        return Force(roller, f"the weight shows at {names}: the plugs are crossed", "Swap the plugs of these sensors.")
    if empty.mean_n(roller) - two.mean_n(roller) > _FELT_SHARE * weight_n:
        return Force(roller, "its reading falls under the weight", "Swap the bar's green and white wires.")
    advice = "Check that the weight pulls at this roller, then the bar's wires: swapped, green and white read 0 too."
    return Force(roller, "it does not feel the weight", advice)
