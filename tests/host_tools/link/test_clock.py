"""The computer's clock never goes back, and a wait is at least as long as asked for."""

from itertools import pairwise

from host_tools.link.clock import SystemClock


def test_time_goes_on_by_at_least_what_was_waited():
    clock = SystemClock()
    times_s = [clock.now_s()]
    for _ in range(3):
        clock.sleep(0.001)
        times_s.append(clock.now_s())
    assert all(after - before >= 0.001 for before, after in pairwise(times_s))
