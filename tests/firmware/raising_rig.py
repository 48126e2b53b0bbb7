"""Scenes of a running machine, and a tick in which every call is traced."""

from tests.firmware.test_app import Bench

# So long without slack, and a row of the display is due.
TICKS_PER_ROW = 4


class BrokenError(Exception):
    """What the broken call raises."""


def running() -> Bench:
    bench = Bench()
    bench.force_follow()
    return without_slack(bench)


def without_slack(bench: Bench) -> Bench:
    """Let a row of the display become due."""
    for _ in range(TICKS_PER_ROW):
        bench.app.tick()
    return bench
