"""A foot counts as lifted out when its switch has been open for 50 ms, and not before."""

import pytest

from instep.session.foot_monitor import FootMonitor
from tests.fakes import FakeHal

LEFT, RIGHT, BOTH = 1, 2, 3


class Bench:
    """Two feet in their wells, watched for a while."""

    def __init__(self):
        self.hal = FakeHal()
        self.watch = FootMonitor(self.hal)
        self.ticks(10, BOTH)

    def ticks(self, count, mask):
        """Let ticks pass; return whether the feet are in."""
        for _ in range(count):
            self.watch.tick(mask)
        return self.watch.are_in


@pytest.fixture
def bench():
    return Bench()


@pytest.mark.parametrize("foot", range(2))
def test_a_foot_is_out_after_50_ms_and_in_at_once(bench, foot):
    bench.hal.foot_switches[foot].is_on = False
    assert bench.ticks(4, BOTH)
    assert not bench.ticks(1, BOTH)
    assert not bench.ticks(1_000, BOTH)
    bench.hal.foot_switches[foot].is_on = True
    assert bench.ticks(1, BOTH)


def test_a_switch_that_bounces_for_40_ms_is_no_foot_lifted_out(bench):
    for _ in range(20):
        bench.hal.foot_switches[0].is_on = False
        assert bench.ticks(4, BOTH)
        bench.hal.foot_switches[0].is_on = True
        assert bench.ticks(1, BOTH)


@pytest.mark.parametrize(("used", "unused"), [(LEFT, 1), (RIGHT, 0)])
def test_a_foot_that_is_not_used_is_not_missed(bench, used, unused):
    bench.hal.foot_switches[unused].is_on = False
    assert bench.ticks(100, used)
    assert not bench.ticks(100, BOTH)
