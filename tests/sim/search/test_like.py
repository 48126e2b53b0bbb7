"""A wish made of what a program gives."""

import numpy as np
import pytest

from host_tools.errors import InstepError
from host_tools.massage import foot_shape
from host_tools.program.load import load_program
from sim.search.like import wish_like
from sim.search.session import Session

ROWS = len(foot_shape.grid()[0])
QUICK = load_program("quick").program


def given(top, sole):
    """Return a session that gave the same dose everywhere."""
    return Session("", True, [{"top": np.full(ROWS, top), "sole": np.full(ROWS, sole)}] * 2, [260.0, 260.0])


def test_the_dose_of_a_session_becomes_a_wish_with_minutes_and_heat_of_the_program():
    wish = wish_like(QUICK, given(top=7.0, sole=9.04))
    assert (wish.minutes, wish.heat, wish.title) == (10, "low", "Like Quick")
    assert {dose for _, dose in wish.doses["top"]} == {7.0} and {dose for _, dose in wish.doses["sole"]} == {9.0}


def test_a_side_that_only_the_closing_strokes_touch_is_not_wished():
    assert set(wish_like(QUICK, given(top=1.0, sole=9.0)).doses) == {"sole"}


def test_a_program_without_rollers_is_refused():
    with pytest.raises(InstepError, match="quick presses with no roller"):
        wish_like(QUICK, given(top=1.0, sole=0.0))
