"""A difference counts when it is wide, lasts, and is not only a blink of delay; else two sessions are alike."""

from pathlib import Path

import numpy as np
import pytest

from host_tools.compare.align import aligned
from host_tools.compare.differences import compare, first_of
from host_tools.trace.read import Series, Trace
from instep.session import states

TIME_S = np.arange(0.0, 60.0, 0.05)
WIDE_N = 3.0


def trace(force_mn, intensity=3.0):
    """Return the trace of a massage with this force of the left sole roller."""
    level = np.broadcast_to(np.asarray(intensity, dtype=np.float64), TIME_S.shape)
    series = {
        "machine.state": Series(TIME_S, np.full(len(TIME_S), float(states.RUN))),
        "machine.intensity": Series(TIME_S, level),
        "left.sole_mn": Series(TIME_S, np.asarray(force_mn, dtype=np.float64)),
    }
    return Trace(Path("x.mcap"), {}, series, ())


def stroke(delay_s=0.0):
    return 10_000.0 * (1 - np.cos(TIME_S - delay_s))


def finding(a, b, series="left.sole_mn"):
    """Return the finding of one quantity."""
    return next(found for found in compare(aligned(a, b)) if found.quantity.series == series)


def test_a_session_is_like_itself():
    found = finding(trace(stroke()), trace(stroke()))
    assert (found.spans, found.largest, found.share) == ((), 0.0, 0.0)
    assert first_of([found]) is None


@pytest.mark.parametrize(("newton", "is_apart"), [(0.9 * WIDE_N, False), (1.1 * WIDE_N, True)])
def test_what_is_wide_is_the_quantity_s_own_limit(newton, is_apart):
    found = finding(trace(stroke()), trace(stroke() + newton * 1_000))
    assert bool(found.spans) is is_apart
    assert found.largest == pytest.approx(newton, rel=0.5)


def test_a_blink_of_delay_is_none_and_a_lag_is_one():
    assert not finding(trace(stroke()), trace(stroke(0.14))).spans
    assert finding(trace(stroke()), trace(stroke(1.0))).spans


@pytest.mark.parametrize(("lasts_s", "is_apart"), [(0.1, False), (0.2, False), (0.45, False), (1.0, True)])
def test_a_moment_does_not_count(lasts_s, is_apart):
    other = stroke()
    # Wider than the slip on either side, which takes its share of the moment.
    hit = (TIME_S >= 20.0) & (20.0 + lasts_s > TIME_S)
    other[hit] += 20_000.0
    assert bool(finding(trace(stroke()), trace(other)).spans) is is_apart


def test_a_stretch_begins_where_the_values_part():
    other = stroke()
    other[TIME_S >= 30.0] += 8_000.0
    (span,) = finding(trace(stroke()), trace(other)).spans
    assert span[0] == pytest.approx(30.0, abs=0.2) and span[1] == pytest.approx(TIME_S[-1], abs=0.2)


@pytest.mark.parametrize(("late_s", "is_apart"), [(2.8, False), (3.6, True)])
def test_a_step_counts_that_is_late_by_more_than_three_seconds(late_s, is_apart):
    a = trace(stroke(), np.where(TIME_S >= 20.0, 4.0, 3.0))
    b = trace(stroke(), np.where(20.0 + late_s <= TIME_S, 4.0, 3.0))
    found = finding(a, b, "machine.intensity")
    assert bool(found.spans) is is_apart
    assert found.values_at(20.0 + late_s / 2) == (4.0, 3.0)


def test_the_first_difference_of_all_is_named():
    force = stroke()
    force[TIME_S >= 40.0] += 9_000.0
    found = compare(aligned(trace(stroke()), trace(force, np.where(TIME_S >= 25.0, 5.0, 3.0))))
    first = first_of(found)
    assert first is not None and first.quantity.series == "machine.intensity"
    assert first.first_s == pytest.approx(25.0, abs=0.2) and not first.is_constant
