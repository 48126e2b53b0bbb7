"""Put two traces on one time scale: that of the massage, so that unequal preparations do not shift it."""

from dataclasses import dataclass

import numpy as np

from host_tools.trace.read import Series, Trace
from instep.session import states

_STATE = "machine.state"
_SESSION = "machine.session_ticks"


@dataclass(frozen=True)
class Pair:
    """Two traces, the time of each at which the common time is 0, and what happens then."""

    a: Trace
    b: Trace
    origins_s: tuple[float, float]
    origin: str

    @property
    def start_s(self) -> float:
        """Return the common time at which both have begun."""
        return max(_ends(trace)[0] - origin for trace, origin in self._both())

    @property
    def end_s(self) -> float:
        """Return the common time at which the first of them ends."""
        return min(_ends(trace)[1] - origin for trace, origin in self._both())

    def series(self, name: str) -> tuple[Series, Series] | None:
        """Return a field of both on the common time; None if a trace lacks it."""
        found = [
            Series(trace.series[name].time_s - origin, trace.series[name].values)
            for trace, origin in self._both()
            if name in trace.series
        ]
        return (found[0], found[1]) if len(found) == len(self.origins_s) else None

    def _both(self) -> tuple[tuple[Trace, float], tuple[Trace, float]]:
        return (self.a, self.origins_s[0]), (self.b, self.origins_s[1])


def aligned(a: Trace, b: Trace) -> Pair:
    """Lay two traces over each other at the first of these that both have: massage, session, beginning."""
    for find, words in ((_massage_s, "the massage"), (_session_s, "the session")):
        starts = find(a), find(b)
        if starts[0] is not None and starts[1] is not None:
            return Pair(a, b, (starts[0], starts[1]), words)
    return Pair(a, b, (_ends(a)[0], _ends(b)[0]), "the trace")


def _massage_s(trace: Trace) -> float | None:
    return _first_s(trace, _STATE, states.RUN, states.RUN)


def _session_s(trace: Trace) -> float | None:
    return _first_s(trace, _SESSION, 1, float("inf"))


def _first_s(trace: Trace, name: str, minimum: float, maximum: float) -> float | None:
    """Return the time of a field's first value within a range; None if there is none."""
    if name not in trace.series:
        return None
    series = trace.series[name]
    at = np.flatnonzero((series.values >= minimum) & (series.values <= maximum))
    return float(series.time_s[at[0]]) if len(at) else None


def _ends(trace: Trace) -> tuple[float, float]:
    """Return the times of the first and of the last report."""
    return (
        min(float(series.time_s[0]) for series in trace.series.values()),
        max(float(series.time_s[-1]) for series in trace.series.values()),
    )
