"""The safety relay: a contact that disagrees with the command for long trips, a slow one does not."""

import pytest

from instep.guard import faults
from tests.firmware.guard_rig import Bench, Well


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def wells(bench):
    bench.guard._wells = (Well(), Well())
    return bench.guard._wells


@pytest.mark.parametrize(
    ("is_commanded_closed", "says", "fault"),
    [(True, False, faults.FAULT_RELAY_OPEN), (False, True, faults.FAULT_RELAY_WELDED)],
)
def test_a_relay_contact_that_contradicts_its_command_trips_within_80_ms(bench, is_commanded_closed, says, fault):
    bench.guard.relay.set(is_commanded_closed)
    assert bench.hal.relay.is_closed is is_commanded_closed
    assert bench.ticks(100) == faults.NO_FAULT
    bench.hal.relay.welded = says
    assert bench.ticks(7) == faults.NO_FAULT
    assert bench.ticks(1) == fault


def test_a_relay_may_take_70_ms_to_follow_again_and_again(bench):
    for is_commanded_closed in (True, False) * 20:
        bench.hal.relay.welded = not is_commanded_closed
        bench.guard.relay.set(is_commanded_closed)
        bench.ticks(7)
        bench.hal.relay.welded = None
        assert bench.ticks(7) == faults.NO_FAULT


def test_a_contact_that_says_otherwise_more_often_than_not_trips(bench):
    for _ in range(8):
        for says in (True, True, False):
            bench.hal.relay.welded = says
            bench.ticks(1)
    assert bench.guard.fault == faults.FAULT_RELAY_WELDED


def test_a_relay_must_have_agreed_for_as_long_before_its_fault_is_acknowledged(bench):
    bench.hal.relay.welded = True
    bench.ticks(100)
    bench.hal.relay.welded = False
    bench.ticks(7)
    assert not bench.guard.acknowledge()
    bench.ticks(1)
    assert bench.guard.acknowledge()
