"""The figures of a found program in words."""

import numpy as np

from host_tools.massage import foot_shape
from sim.search.figures import figures
from sim.search.profile import wished
from sim.search.session import Session
from sim.search.wish import Wish

WISH = Wish("", 10, "low", {"sole": ((0, 4.0), (1000, 4.0))})
AIM = wished(WISH.doses["sole"], "sole", 260.0)


def session(share, peak_n=12.34):
    """Return a session that gave this share of the wish."""
    return Session("", True, [{"sole": share * AIM}, {"sole": share * AIM}], [260.0, 260.0], peak_n)


def test_deviation_rival_force_and_the_dose_at_each_place_are_said():
    lines = list(figures(session(1.1), WISH, session(0.4)))
    assert lines[0] == "On average 10% beside the wish; quick is 60% beside it."
    assert lines[1] == "Greatest force 12.3 N, allowed 25 N."
    assert lines[3].split() == ["sole", "80", "360", "640", "920"]
    assert lines[4].split() == ["wished", *["4.0"] * 4]
    assert lines[5].split() == ["left", "foot", *["4.4"] * 4]
    assert lines[6].split()[:2] == ["right", "foot"]


def test_without_a_rival_none_is_named():
    assert next(figures(session(1.1), WISH, None)) == "On average 10% beside the wish."
    assert len(np.unique(AIM[foot_shape.inside().any(axis=1)])) > 1
