"""Every limit of the guard is used, and each of its users has a test."""

import pytest

from instep.guard import limits
from tests.mutants.limits import LOOSER_DOWN, files_for, loosened, names


@pytest.mark.parametrize("name", names())
def test_a_limit_is_used_and_tested(name):
    assert files_for(name), f"nobody uses {name}, or tests/mutants/limits.py does not say who tests it"


def test_a_limit_is_loosened_in_the_direction_that_lets_more_pass():
    assert set(names()) > LOOSER_DOWN
    assert loosened("FORCE_TRIP_MN") == 72_000
    assert loosened("SUPPLY_TRIP_MV") == 8_400
    assert loosened("FORCE_MIN_MN") == -6_000
    assert loosened("RELAY_CLEAR_TICKS") == limits.RELAY_CLEAR_TICKS + 1
