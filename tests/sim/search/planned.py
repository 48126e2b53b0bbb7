"""Sessions as they are planned, in place of simulated ones."""

from sim.search.plan import planned
from sim.search.session import Session

_LENGTH_MM = 260.0


def planned_session(text: str, peak_n: float) -> Session:
    """Return the session that a program plans, with this greatest force."""
    return Session(text, True, [planned(text)] * 2, [_LENGTH_MM] * 2, peak_n)
