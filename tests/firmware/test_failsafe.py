"""A tick that fails: the outputs first, then the fault, then the log; and a deadman timer that has cut."""

from typing import Any

import pytest

from instep.failsafe import Failsafe
from instep.guard.faults import FAULT_DEVICE_SILENT, FAULT_INTERNAL, FAULT_LOOP_LATE
from tests.fakes import stand_in


class Outputs:
    """Outputs that note the order of the steps and survive each of them."""

    def __init__(self, calls):
        self._calls = calls
        self.good_ticks = 0

    def make_safe(self):
        self._calls.append("safe")

    def note_good_tick(self):
        self.good_ticks += 1

    def attempt(self, step):
        try:
            step()
        except RuntimeError:
            self._calls.append("raised")

    def attempt_with(self, step, value):
        self.attempt(lambda: step(value))


class Bench:
    """A failsafe over fakes."""

    def __init__(self):
        self.calls: list[Any] = []
        self.is_broken = False
        self.outputs = Outputs(self.calls)
        self.deadman = stand_in(has_cut=False, beats=0, beat=self._beat)
        self.relay = stand_in(is_commanded_closed=False)
        guard = stand_in(relay=self.relay, trip=self._trip)
        log = stand_in(tick=lambda: self.calls.append("log"))
        outputs, deadman = stand_in(it=self.outputs).it, self.deadman
        self.failsafe = Failsafe(outputs, deadman, guard, log)

    def _beat(self):
        self.deadman.beats += 1

    def _trip(self, fault):
        if self.is_broken:
            raise RuntimeError
        self.calls.append(fault)


@pytest.fixture
def bench():
    return Bench()


@pytest.mark.parametrize(
    ("error", "fault"),
    [(OSError(5), FAULT_DEVICE_SILENT), (ValueError(), FAULT_INTERNAL), (MemoryError(), FAULT_INTERNAL)],
)
def test_a_failed_tick_makes_safe_then_trips_then_logs(bench, error, fault):
    bench.failsafe.fail(error)
    assert bench.calls == ["safe", fault, "log"]


def test_a_guard_that_raises_keeps_nothing_from_the_log(bench):
    bench.is_broken = True
    bench.failsafe.fail(ValueError())
    assert bench.calls == ["safe", "raised", "log"]


def test_a_good_tick_feeds_the_deadman_timer_and_ends_a_row_of_failures(bench):
    bench.failsafe.note_good_tick()
    assert (bench.outputs.good_ticks, bench.deadman.beats) == (1, 1)


def test_a_cut_trips_once_if_anything_was_powered(bench):
    bench.deadman.has_cut = bench.relay.is_commanded_closed = True
    bench.failsafe.check_cut()
    bench.failsafe.check_cut()
    assert bench.calls == [FAULT_LOOP_LATE]


def test_a_cut_at_rest_is_no_fault_then_or_later(bench):
    bench.deadman.has_cut = True
    bench.failsafe.check_cut()
    bench.relay.is_commanded_closed = True
    bench.failsafe.check_cut()
    assert bench.calls == []
