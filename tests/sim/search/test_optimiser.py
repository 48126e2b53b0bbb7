"""Asking and telling: the same for the same seed, within the bounds, better from batch to batch."""

import numpy as np
import pytest

from host_tools.errors import InstepError
from sim.search import optimiser
from sim.search.optimiser import BATCH, Optimiser, require_installed
from sim.search.stroke import Space
from sim.search.wish import Wish

SPACE = Space(Wish("", 10, "off", {"sole": ((0, 4.0), (1000, 4.0))}))
AIM = SPACE.low + 0.8 * (SPACE.high - SPACE.low)


def searched(seed, batches=12):
    """Return all points of a search for AIM."""
    search = Optimiser(SPACE, (SPACE.low + SPACE.high) / 2, seed)
    points = []
    for _ in range(batches):
        asked = search.ask()
        search.tell([float(np.abs(point - AIM).sum()) for point in asked])
        points += asked
    return points


def test_the_same_seed_asks_for_the_same_points_whatever_else_draws_numbers():
    first = searched(3, 2)
    np.random.seed(5)
    assert np.array_equal(first, searched(3, 2))
    assert not np.array_equal(first, searched(4, 2))


def test_points_stay_within_the_bounds_and_come_nearer():
    points = searched(1)
    distances = [float(np.abs(point - AIM).sum()) for point in points]
    assert len(points) == 12 * BATCH
    assert all((SPACE.low <= point).all() and (point <= SPACE.high).all() for point in points)
    assert min(distances[-BATCH:]) < min(distances[:BATCH]) / 2


def test_without_the_package_a_sentence_has_the_command_that_installs_it(monkeypatch):
    require_installed()
    monkeypatch.setattr(optimiser, "find_spec", lambda _name: None)
    with pytest.raises(InstepError, match="A search needs cma==") as caught:
        require_installed()
    assert "-m pip install cma==" in caught.value.advice
