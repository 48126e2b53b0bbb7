"""Two traces on one time scale: that of the massage, else of the session, else of the trace."""

from pathlib import Path

import numpy as np
import pytest

from host_tools.compare.align import aligned
from host_tools.trace.read import Series, Trace
from instep.session import states


def trace(run_s=None, session_s=None, start_s=0.0, end_s=100.0, **more):
    """Return a trace with a report a second, in which massage and session begin at some times."""
    time_s = np.arange(start_s, end_s + 1.0)
    state = np.full(len(time_s), float(states.WARM))
    session = np.zeros(len(time_s))
    if run_s is not None:
        state[time_s >= run_s] = states.RUN
    if session_s is not None:
        session[time_s >= session_s] = 5.0
    series = {"machine.state": Series(time_s, state), "machine.session_ticks": Series(time_s, session)}
    return Trace(Path("a.mcap"), {}, {**series, **more}, ())


@pytest.mark.parametrize(
    ("a", "b", "origins_s", "origin"),
    [
        (trace(run_s=30, session_s=10), trace(run_s=50, session_s=10), (30.0, 50.0), "the massage"),
        (trace(run_s=30, session_s=10), trace(session_s=20), (10.0, 20.0), "the session"),
        (trace(run_s=30), trace(start_s=5.0), (0.0, 5.0), "the trace"),
    ],
)
def test_the_first_event_that_both_have_is_the_common_zero(a, b, origins_s, origin):
    pair = aligned(a, b)
    assert (pair.origins_s, pair.origin) == (origins_s, origin)


def test_the_common_time_begins_with_the_later_and_ends_with_the_earlier():
    pair = aligned(trace(run_s=30, end_s=100.0), trace(run_s=50, end_s=90.0))
    assert (pair.start_s, pair.end_s) == (-30.0, 40.0)


def test_a_field_is_given_on_the_common_time_if_both_have_it():
    extra = Series(np.array([30.0, 31.0]), np.array([1.0, 2.0]))
    pair = aligned(trace(run_s=30, extra=extra), trace(run_s=50))
    assert pair.series("extra") is None
    both = pair.series("machine.state")
    assert both is not None
    assert [series.time_s[0] for series in both] == [-30.0, -50.0]
