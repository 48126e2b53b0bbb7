"""One axis by hand: how long, how far and how fast, to the number."""

import pytest

from instep.guard.selftest import HOMING
from instep.session.foot_monitor import FootMonitor
from instep.session.jog import JOG_OFF, JOGGING, Jog
from tests.fakes import FakeSwitch, stand_in

TOP_STROKE, TOP_PRESS = 0, 2
REFRESH_TICKS = 20
MAX_TICKS = 30 * 100
HIGHEST = (200, 200, 5_000, 5_000, 8_000, 60_000, 100, 2_000, 5_000, 5_000)
LOWEST = (-200, -200, 0, 0, 0, 0, -100, 0, 0, 0)
QUARTER_OF_40_N_S = 100


class Bench:
    """Bring-up past its self-test, jogging `axis`."""

    def __init__(self, axis, value):
        selftest = stand_in(state=HOMING, fault=0, begin=lambda: None, tick=lambda may_move: None)
        self.jog = Jog(
            stand_in(), selftest, FootMonitor(stand_in(foot_switches=[FakeSwitch(False), FakeSwitch(False)]))
        )
        self.axis, self.value = axis, value
        self.jog.jog(axis, value)
        self.jog.tick(True)
        assert self.jog.state == JOGGING

    def ticks(self, count, is_asked_for):
        """Let ticks pass; return the state."""
        for _ in range(count):
            if is_asked_for:
                self.jog.jog(self.axis, self.value)
            self.jog.tick(True)
        return self.jog.state


def test_an_axis_runs_for_200_ms_after_it_was_asked_for():
    bench = Bench(TOP_STROKE, 100)
    assert bench.ticks(5, True) == JOGGING
    assert bench.ticks(REFRESH_TICKS - 2, False) == JOGGING
    assert bench.ticks(1, False) == JOG_OFF


def test_an_axis_runs_for_30_s_at_a_time():
    bench = Bench(TOP_STROKE, 100)
    assert bench.ticks(MAX_TICKS, True) == JOGGING
    bench.jog.jog(TOP_STROKE, 100)
    bench.jog.tick(True)
    assert bench.jog.state == JOG_OFF


@pytest.mark.parametrize("axis", range(20))
def test_an_axis_may_be_jogged_within_gentle_limits(axis):
    jog = Bench(TOP_STROKE, 100).jog
    lowest, highest = LOWEST[axis % 10], HIGHEST[axis % 10]
    assert jog.is_allowed(axis, lowest) and jog.is_allowed(axis, highest)
    assert not jog.is_allowed(axis, lowest - 1) and not jog.is_allowed(axis, highest + 1)


def test_a_press_is_set_at_a_quarter_of_its_speed():
    bench = Bench(TOP_PRESS, 5_000)
    bench.ticks(1, True)
    before = bench.jog.setpoints[TOP_PRESS]
    bench.ticks(1, True)
    assert bench.jog.setpoints[TOP_PRESS] - before == QUARTER_OF_40_N_S
