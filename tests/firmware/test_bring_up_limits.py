"""One axis by hand: how long, how far and how fast, to the number."""

import pytest

from instep.guard.selftest import HOMING
from instep.session.bringup import JOGGING, OFF, BringUp
from tests.fakes import FakeSwitch, stand_in

TOP_STROKE, TOP_PRESS = 0, 2
REFRESH_TICKS = 20
MOST_TICKS = 30 * 100
HIGHEST = (200, 200, 5_000, 5_000, 8_000, 60_000, 100, 2_000, 5_000, 5_000)
LOWEST = (-200, -200, 0, 0, 0, 0, -100, 0, 0, 0)
QUARTER_OF_40_N_S = 100


class Bench:
    """Bring-up past its self-test, jogging `axis`."""

    def __init__(self, axis, value):
        selftest = stand_in(state=HOMING, fault=0, begin=lambda: None, tick=lambda may_move: None)
        self.bring_up = BringUp(stand_in(), selftest, [FakeSwitch(False), FakeSwitch(False)])
        self.axis, self.value = axis, value
        self.bring_up.jog(axis, value)
        self.bring_up.tick(True)
        assert self.bring_up.state == JOGGING

    def ticks(self, count, is_asked_for):
        """Let ticks pass; return the state."""
        for _ in range(count):
            if is_asked_for:
                self.bring_up.jog(self.axis, self.value)
            self.bring_up.tick(True)
        return self.bring_up.state


def test_an_axis_runs_for_200_ms_after_it_was_asked_for():
    bench = Bench(TOP_STROKE, 100)
    assert bench.ticks(5, True) == JOGGING
    assert bench.ticks(REFRESH_TICKS - 2, False) == JOGGING
    assert bench.ticks(1, False) == OFF


def test_an_axis_runs_for_30_s_at_a_time():
    bench = Bench(TOP_STROKE, 100)
    assert bench.ticks(MOST_TICKS, True) == JOGGING
    bench.bring_up.jog(TOP_STROKE, 100)
    bench.bring_up.tick(True)
    assert bench.bring_up.state == OFF


@pytest.mark.parametrize("axis", range(20))
def test_an_axis_may_be_asked_for_what_is_gentle(axis):
    bring_up = Bench(TOP_STROKE, 100).bring_up
    lowest, highest = LOWEST[axis % 10], HIGHEST[axis % 10]
    assert bring_up.is_allowed(axis, lowest) and bring_up.is_allowed(axis, highest)
    assert not bring_up.is_allowed(axis, lowest - 1) and not bring_up.is_allowed(axis, highest + 1)


def test_a_press_is_set_at_a_quarter_of_its_speed():
    bench = Bench(TOP_PRESS, 5_000)
    bench.ticks(1, True)
    before = bench.bring_up.setpoints[TOP_PRESS]
    bench.ticks(1, True)
    assert bench.bring_up.setpoints[TOP_PRESS] - before == QUARTER_OF_40_N_S
