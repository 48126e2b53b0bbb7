"""Find where two sessions are wide apart: longer than a moment, and not only because one is a blink ahead."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from host_tools.compare.align import Pair
from host_tools.compare.quantities import QUANTITIES, Quantity
from host_tools.trace.read import Floats, Series

# One session may be this much ahead of the other: reports of a real machine come 20 times a second, and rollers that
# are 3 % apart in speed meet the same place of a stroke within it.
_SLIP_S = 0.15
_SLIP_STEPS = 3
# A difference counts when it lasts for so many samples and for so long: noise and a bounce do not.
_SAMPLES_MIN = 3
_LASTS_S = 0.25
# The same for steps: a state, technique or level that comes late by more than twice this is a difference.
_STEP_SLIP_S = 1.5


@dataclass(frozen=True)
class Finding:
    """A quantity that both sessions have: where they are wide apart, and how far at most.

    `spans` are times in seconds; `largest` is in the quantity's unit, at the time `largest_at_s`.
    """

    quantity: Quantity
    a: Series
    b: Series
    spans: tuple[tuple[float, float], ...]
    largest: float
    largest_at_s: float
    share: float

    @property
    def first_s(self) -> float:
        """Return the time of the first wide difference, infinity if there is none."""
        return self.spans[0][0] if self.spans else float("inf")

    @property
    def is_constant(self) -> bool:
        """Return True if the quantity never changes in either session."""
        return all(float(np.ptp(series.values)) == 0.0 for series in (self.a, self.b))

    def values_at(self, time_s: float) -> tuple[float, float]:
        """Return both values at a time, in the quantity's unit."""
        at = np.array([time_s])
        return float(_sampled(self.a, at, self.quantity)[0]), float(_sampled(self.b, at, self.quantity)[0])


def compare(pair: Pair) -> list[Finding]:
    """Return a finding for every quantity that both sessions have."""
    findings = []
    for quantity in QUANTITIES:
        both = pair.series(quantity.series)
        if both is not None:
            findings.append(_finding(pair, quantity, *both))
    return findings


def first_of(findings: list[Finding]) -> Finding | None:
    """Return the finding whose first wide difference comes first; None if there is no wide difference."""
    apart = [finding for finding in findings if finding.spans]
    return min(apart, key=lambda finding: finding.first_s, default=None)


def _finding(pair: Pair, quantity: Quantity, a: Series, b: Series) -> Finding:
    times = _grid(pair, a, b)
    if len(times) == 0:
        return Finding(quantity, a, b, (), 0.0, 0.0, 0.0)
    slip_s = _STEP_SLIP_S if quantity.is_step else _SLIP_S
    apart = _apart(quantity, a, b, times, slip_s)
    at_once = np.abs(_sampled(a, times, quantity) - _sampled(b, times, quantity)) > quantity.wide
    spans, wide = _spans(times, apart > quantity.wide, at_once, 0.0 if quantity.is_step else _LASTS_S)
    at = int(np.argmax(apart))
    return Finding(quantity, a, b, spans, float(apart[at]), float(times[at]), float(np.mean(wide)))


def _grid(pair: Pair, a: Series, b: Series) -> Floats:
    """Return the sample times of the series that is sampled less often, where both sessions are."""
    coarse = a if _step_s(a) >= _step_s(b) else b
    start = max(pair.start_s, float(a.time_s[0]), float(b.time_s[0]))
    inside = (coarse.time_s >= start) & (coarse.time_s <= pair.end_s)
    times: Floats = coarse.time_s[inside]
    return times


def _step_s(series: Series) -> float:
    return float(np.median(np.diff(series.time_s))) if len(series.time_s) > 1 else 0.0


def _apart(quantity: Quantity, a: Series, b: Series, times: Floats, slip_s: float) -> Floats:
    """Return how far `a` is outside of what `b` is within the slip, and `b` outside of `a`: the smaller of both."""
    smaller: Floats = np.minimum(_outside(quantity, a, b, times, slip_s), _outside(quantity, b, a, times, slip_s))
    return smaller


def _outside(quantity: Quantity, one: Series, other: Series, times: Floats, slip_s: float) -> Floats:
    value = _sampled(one, times, quantity)
    offsets = np.linspace(-slip_s, slip_s, 2 * _SLIP_STEPS + 1)
    others = np.stack([_sampled(other, times + offset, quantity) for offset in offsets])
    if quantity.is_step:
        found: Floats = np.min(np.abs(others - value), axis=0)
        return found
    beyond: Floats = np.maximum(np.maximum(value - others.max(axis=0), others.min(axis=0) - value), 0.0)
    return beyond


def _sampled(series: Series, times: Floats, quantity: Quantity) -> Floats:
    """Return a series at some times, in the quantity's unit."""
    if quantity.is_step:
        index = np.searchsorted(series.time_s, times, side="right") - 1
        held: Floats = series.values[np.clip(index, 0, len(series.values) - 1)]
        return held
    between: Floats = np.interp(times, series.time_s, series.values) / quantity.per_unit
    return between


def _spans(
    times: Floats, is_wide: NDArray[np.bool_], at_once: NDArray[np.bool_], lasts_s: float
) -> tuple[tuple[tuple[float, float], ...], NDArray[np.bool_]]:
    """Return the stretches in which a difference lasts, each from its first sample on, and the samples within them.

    `at_once`: where the values differ without regard to any slip, which is so a little earlier.
    """
    edges = np.diff(np.concatenate([[False], is_wide, [False]]).astype(np.int8))
    lasting = np.zeros(len(times), dtype=np.bool_)
    for start, end in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
        if end - start >= _SAMPLES_MIN and times[end - 1] - times[start] >= lasts_s:
            same = np.flatnonzero(~at_once[:start])
            lasting[same[-1] + 1 if len(same) else 0 : end] = True
    edges = np.diff(np.concatenate([[False], lasting, [False]]).astype(np.int8))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1
    return tuple(zip(times[starts].tolist(), times[ends].tolist(), strict=True)), lasting
