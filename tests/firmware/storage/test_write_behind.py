"""Saving with a delay: after the changes have settled, with three tries, and again for a change during a save."""

from typing import Any

import pytest

from instep.storage.write_behind import WriteBehind
from tests.fakes import stand_in

SETTLE_TICKS = 5


class Record:
    """A record whose save takes `steps` slices, or raises."""

    def __init__(self, steps=2):
        self.steps = steps
        self.saved = []
        self.error = None
        self.is_damaged = False
        self._left = 0
        self._payload = b""

    def begin(self, payload):
        self._payload, self._left = payload, self.steps

    def is_saving(self):
        return self._left > 0

    def step(self):
        if self.error is not None:
            self._left = 0
            raise self.error
        self._left -= 1
        if not self._left:
            self.saved.append(self._payload)

    def needs_repair(self):
        return self.is_damaged


class Bench:
    """A store with one number, saved behind its changes."""

    def __init__(self):
        record: Any = Record()
        self.record = record
        self.store: Any = stand_in(revision=0, number=0, payload=lambda: bytes([self.store.number]))
        self.behind = WriteBehind(self.store, self.record, SETTLE_TICKS)

    def change(self, number):
        self.store.number = number
        self.store.revision += 1

    def ticks(self, count):
        """Pass ticks with a slice in each that is due; return the number of slices."""
        slices = 0
        for _ in range(count):
            if self.behind.is_ready():
                self.behind.slice()
                slices += 1
        return slices


@pytest.fixture
def bench():
    return Bench()


def test_without_a_change_nothing_is_saved(bench):
    assert bench.ticks(10 * SETTLE_TICKS) == 0 and not bench.behind.is_behind()


def test_a_change_is_saved_once_it_has_settled(bench):
    bench.change(7)
    assert bench.ticks(SETTLE_TICKS) == 0 and bench.behind.is_behind()
    assert bench.ticks(50) == bench.record.steps
    assert bench.record.saved == [b"\x07"] and not bench.behind.is_behind()


def test_each_change_restarts_the_wait_and_one_save_takes_them_all(bench):
    for number in range(1, 5):
        bench.change(number)
        assert bench.ticks(SETTLE_TICKS - 1) == 0
    bench.ticks(50)
    assert bench.record.saved == [b"\x04"]


def test_a_change_during_a_save_is_saved_after_it(bench):
    bench.change(1)
    bench.ticks(SETTLE_TICKS + 1)
    assert bench.record.is_saving()
    bench.change(2)
    bench.ticks(50)
    assert bench.record.saved == [b"\x01", b"\x02"]


def test_a_hurried_save_does_not_wait(bench):
    bench.change(3)
    bench.behind.hurry()
    assert bench.ticks(1) == 1


def test_a_save_can_be_requested_without_a_change(bench):
    bench.behind.request_save()
    assert bench.behind.is_behind()
    bench.ticks(1)
    assert bench.record.is_saving(), "nothing has changed that would have to settle"


@pytest.mark.parametrize("error", [OSError(28), MemoryError()])
def test_after_three_failed_tries_the_save_is_given_up_until_the_next_change(bench, error):
    bench.record.error = error
    bench.change(1)
    bench.behind.hurry()
    assert [bench.behind.is_ready() and bench.behind.slice() for _ in range(3)] == [True, True, False]
    assert bench.ticks(50) == 0
    bench.record.error = None
    bench.change(2)
    bench.ticks(50)
    assert bench.record.saved == [b"\x02"]


def test_a_success_gives_the_next_save_three_tries_again(bench):
    bench.change(1)
    bench.behind.hurry()
    bench.record.error = OSError(5)
    assert bench.behind.slice() and bench.behind.slice()
    bench.record.error = None
    bench.ticks(50)
    bench.record.error = OSError(5)
    bench.change(2)
    bench.behind.hurry()
    assert bench.behind.slice() and bench.behind.slice() and not bench.behind.slice()


def test_any_other_error_is_not_swallowed(bench):
    bench.record.error = ValueError()
    bench.change(1)
    bench.behind.hurry()
    with pytest.raises(ValueError):
        bench.behind.slice()


def test_a_damaged_copy_is_repaired_by_a_second_save(bench):
    bench.record.is_damaged = True
    bench.change(1)
    bench.ticks(SETTLE_TICKS + 1 + bench.record.steps)
    bench.record.is_damaged = False
    bench.ticks(50)
    assert bench.record.saved == [b"\x01", b"\x01"]
