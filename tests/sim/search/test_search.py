"""The search itself, with planned doses in place of sessions."""

from collections.abc import Sequence

import pytest

from sim.search.search import Search
from sim.search.session import Session, Setting
from sim.search.wish import Comfort, Wish
from tests.sim.search.planned import planned_session

WISH = Wish("", 0, "off", {"sole": ((300, 1.0), (500, 2.0), (700, 1.0))})
SETTING = Setting("average", 1, "ideal")


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr("sim.search.optimiser.BATCH", 4)


class Workers:
    """Plan instead of simulating; end the sessions of a batch in the given order, and stop after some."""

    def __init__(self, step: int = 1, stop_after: int | None = None, peak_n: float = 10.0) -> None:
        self.texts: list[str] = []
        self._step = step
        self._stop_after = stop_after
        self._peak_n = peak_n

    def __call__(self, _work, texts: Sequence[str]):
        for text in list(texts)[:: self._step]:
            if len(self.texts) == self._stop_after:
                raise KeyboardInterrupt
            self.texts.append(text)
            yield planned_session(text, self._peak_n)


def searched(workers, sessions=13, wish=WISH):
    """Return a search after its end, and what it said."""
    said: list[str] = []
    search = Search(wish, SETTING, "mine")
    search.run(workers, sessions, lambda _runs, text: said.append(text))
    return search, said


def test_the_order_in_which_sessions_end_does_not_matter():
    first, _ = searched(Workers(step=1))
    other, _ = searched(Workers(step=-1))
    assert first.best is not None and other.best is not None
    assert first.best.text == other.best.text
    assert set(first.sessions) == set(other.sessions)


def test_it_simulates_no_more_than_allowed():
    workers = Workers()
    search, said = searched(workers, sessions=12)
    assert len(workers.texts) == len(search.sessions) == len(said) <= 9


def test_points_that_are_rounded_to_the_same_program_are_simulated_once(monkeypatch):
    monkeypatch.setattr("sim.search.optimiser._SPREAD", 1e-9)
    workers = Workers()
    searched(workers)
    assert len(workers.texts) == 1


def test_the_best_is_the_nearest_and_it_is_told():
    search, said = searched(Workers())
    assert search.best is not None
    nearest = min(session.deviation(WISH) for session in search.sessions.values())
    assert search.best.deviation(WISH) == nearest
    assert said[-1] == f"nearest: {nearest:.0%} beside the wish"


def test_after_an_interruption_the_best_so_far_is_there():
    search = Search(WISH, SETTING, "mine")
    with pytest.raises(KeyboardInterrupt):
        search.run(Workers(stop_after=3), 13, lambda *_: None)
    assert search.best is not None and len(search.sessions) == 3


def test_a_session_over_the_bound_of_force_is_never_the_best_and_costs_more_than_its_deviation():
    wish = Wish("", 0, "off", WISH.doses, Comfort(force_n=20.0))
    search, said = searched(Workers(peak_n=21.0), sessions=5, wish=wish)
    assert search.best is None and set(said) == {""}
    session = next(iter(search.sessions.values()))
    assert search.cost(session) == pytest.approx(session.deviation(wish) + 0.5)


def test_a_session_that_was_cut_short_costs_more_than_any_whole_one():
    search = Search(WISH, SETTING, "mine")
    assert search.cost(Session("", is_whole=False)) > 1000
    assert not Session("", is_whole=False).is_comfortable(WISH)
