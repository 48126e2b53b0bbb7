"""The last line: outputs are cut when the heartbeat stops, and only then."""

import pytest

from instep.guard.lastline import LastLine
from tests.fakes import FakeHal


@pytest.fixture
def hal():
    return FakeHal()


def test_a_loop_that_lives_is_left_alone_for_ever(hal):
    line = LastLine(hal)
    for _ in range(70_000):
        line.beat()
        hal.on_timer(None)
    assert hal.cuts == 0


def test_outputs_are_cut_within_50_ms_of_the_last_heartbeat_and_again_and_again(hal):
    line = LastLine(hal)
    line.beat()
    for _ in range(4):
        hal.on_timer(None)
        assert hal.cuts == 0
    for cuts in range(1, 10):
        hal.on_timer(None)
        assert hal.cuts == cuts


def test_a_loop_that_never_starts_is_cut(hal):
    LastLine(hal)
    for _ in range(5):
        hal.on_timer(None)
    assert hal.cuts > 0


def test_a_tick_that_is_20_ms_late_is_no_stopped_loop(hal):
    line = LastLine(hal)
    for _ in range(100):
        line.beat()
        for _ in range(3):
            hal.on_timer(None)
    assert hal.cuts == 0


def test_a_loop_that_comes_back_is_watched_anew(hal):
    line = LastLine(hal)
    for _ in range(10):
        hal.on_timer(None)
    cuts = hal.cuts
    line.beat()
    for _ in range(4):
        hal.on_timer(None)
    assert hal.cuts == cuts
