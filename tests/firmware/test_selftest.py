"""The self-test: the relay has to open, then close, before a roller looks for its home."""

import pytest

from instep.guard import faults, selftest
from instep.guard.selftest import SelfTest
from tests.fakes import FakeHal, stand_in
from tests.firmware.sessions import image

ANSWER_TICKS = 20


class Bench:
    """A self-test over a fake relay; `homed` and `late` are what the drives say."""

    def __init__(self):
        self.homed = self.late = False
        self.begun = 0
        self.hal = FakeHal()
        self.relay = self.hal.relay
        self.presses = [stand_in(force_mn=0) for _ in range(4)]
        drives = stand_in(
            presses=self.presses,
            begin_homing=self._begin,
            is_homed=lambda: self.homed,
            is_homing_late=lambda: self.late,
        )
        self.programs = [stand_in(data=image("classic")), stand_in(data=image("gentle"))]
        self.test = SelfTest(self.hal, drives, self.programs)
        self.test.begin()

    def _begin(self):
        self.begun += 1

    def ticks(self, count):
        """Run, the relay following what is wanted; return the state."""
        for _ in range(count):
            self.hal.refresh()
            self.test.tick()
            self.relay.set(self.test.wants_relay())
        return self.test.state


@pytest.fixture
def bench():
    return Bench()


def test_a_good_machine_passes_in_order(bench):
    assert bench.ticks(ANSWER_TICKS) == selftest.RELAY_OPENS
    assert not any(bench.relay.given)
    assert bench.ticks(1) == selftest.RELAY_CLOSES
    assert bench.ticks(ANSWER_TICKS) == selftest.RELAY_CLOSES
    assert bench.relay.is_closed and bench.begun == 0 and not bench.test.is_homing()
    assert bench.ticks(1) == selftest.HOMING
    assert bench.begun == 1 and bench.test.is_homing()
    assert bench.ticks(100) == selftest.HOMING
    bench.homed = True
    assert bench.ticks(1) == selftest.PASSED
    assert bench.test.fault == faults.NO_FAULT
    assert bench.ticks(100) == selftest.PASSED and bench.begun == 1 and not bench.test.is_homing()


def test_a_welded_relay_fails_before_it_is_asked_to_close(bench):
    bench.relay.welded = True
    assert bench.ticks(ANSWER_TICKS + 1) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_RELAY_WELDED
    bench.ticks(10)
    assert not any(bench.relay.given)
    assert bench.begun == 0


def test_a_relay_that_does_not_close_fails_before_anything_moves(bench):
    bench.relay.welded = False
    assert bench.ticks(2 * ANSWER_TICKS + 2) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_RELAY_OPEN
    assert bench.begun == 0


def test_a_slow_relay_is_waited_for(bench):
    bench.ticks(ANSWER_TICKS + 1)
    bench.relay.welded = False
    bench.ticks(ANSWER_TICKS)
    bench.relay.welded = None
    assert bench.ticks(1) == selftest.HOMING


def test_a_roller_without_a_home_fails(bench):
    bench.ticks(2 * ANSWER_TICKS + 2)
    bench.late = True
    assert bench.ticks(1) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_HOMING_LATE
    assert not bench.relay.is_closed


def test_the_next_test_starts_anew(bench):
    bench.relay.welded = True
    bench.ticks(ANSWER_TICKS + 1)
    bench.relay.welded = None
    bench.test.begin()
    assert bench.test.fault == faults.NO_FAULT
    assert bench.ticks(ANSWER_TICKS) == selftest.RELAY_OPENS
    assert bench.ticks(ANSWER_TICKS + 2) == selftest.HOMING
