"""The table of slow work: what comes first, whose turn it is, what fits into the time left, and who may allocate."""

import pytest

from instep import slack as slack_module
from instep.slack import UNLIMITED_US, SlackScheduler
from tests.fakes import stand_in


class Table:
    """A table of works that note their names in `done`; `waiting` says how often each is still due."""

    def __init__(self, monkeypatch, hardware=(), firmware=()):
        self.done = []
        self.asked = []
        self.waiting = {}
        self.locks = 0
        self.relay = stand_in(is_commanded_closed=False)
        monkeypatch.setattr(slack_module, "heap_lock", self._lock)
        monkeypatch.setattr(slack_module, "heap_unlock", self._unlock)
        rows = tuple((self._work(name), budget_us, is_first) for name, budget_us, is_first in hardware)
        self.rows = [(self._work(name), budget_us, may_allocate) for name, budget_us, may_allocate in firmware]
        self.slack = SlackScheduler(rows, self.rows, self.relay)

    def _lock(self):
        self.locks += 1

    def _unlock(self):
        self.locks -= 1

    def _work(self, name):
        def work(ticks):
            self.asked.append((name, ticks, self.locks))
            if not self.waiting.get(name):
                return False
            self.waiting[name] -= 1
            self.done.append(name)
            return True

        return work

    def pieces(self, count, left_us=UNLIMITED_US):
        """Return the names of the pieces that so many calls do."""
        self.done.clear()
        for _ in range(count):
            self.slack.do_one(7, left_us)
        return self.done


HARDWARE = (("care", 0, True), ("turn", 1_300, True), ("draw", 1_000, False))
FIRMWARE = (("row", 2_800, False), ("save", 1_000, True), ("send", 1_300, False))


@pytest.fixture
def table(monkeypatch):
    return Table(monkeypatch, HARDWARE, FIRMWARE)


def test_with_nothing_due_nothing_is_done(table):
    assert not any(table.slack.do_one(0, UNLIMITED_US) for _ in range(10))
    assert {name for name, _, _ in table.asked} == {"care", "turn", "draw", "row", "save", "send"}


def test_what_comes_first_comes_before_everything_else_in_its_order(table):
    table.waiting = {"row": 9, "draw": 9, "turn": 2, "care": 1}
    assert table.pieces(3) == ["care", "turn", "turn"]
    table.waiting["care"] = 1
    assert table.pieces(2)[0] == "care"


def test_without_time_left_only_work_without_a_budget_is_done(table):
    table.waiting = {"care": 1, "turn": 1, "draw": 1, "row": 1}
    assert table.pieces(4, left_us=0) == ["care"]


def test_hardware_and_firmware_take_turns_and_so_do_the_entries_of_the_firmware(table):
    table.waiting = {"draw": 99, "row": 99, "save": 99, "send": 99}
    first, second, *others = table.pieces(8)
    assert [name for name in (first, second, *others) if name != "draw"] == ["row", "save", "send", "row"]
    assert [first, second].count("draw") == 1 and others[::2].count("draw") in (0, 3)


def test_an_entry_that_is_not_due_costs_the_others_no_turn(table):
    table.waiting = {"send": 3}
    assert table.pieces(6) == ["send"] * 3


def test_firmware_alone_gets_every_turn(monkeypatch):
    table = Table(monkeypatch, (), FIRMWARE)
    table.waiting = {"row": 2, "send": 1}
    assert table.pieces(3) == ["row", "send", "row"]


def test_hardware_alone_gets_every_turn(monkeypatch):
    table = Table(monkeypatch, HARDWARE)
    table.waiting = {"draw": 3}
    assert table.pieces(3) == ["draw"] * 3


@pytest.mark.parametrize(("name", "budget_us"), [(row[0], row[1]) for row in HARDWARE + FIRMWARE])
def test_no_piece_is_begun_that_may_take_longer_than_is_left(table, name, budget_us):
    table.waiting = {name: 9}
    assert table.pieces(4, budget_us - 1) == []
    assert name not in [asked for asked, _, _ in table.asked]
    assert name in table.pieces(4, budget_us)


def test_the_heap_is_locked_but_for_what_may_allocate_while_nothing_can_move(table):
    for is_closed in (False, True):
        table.asked.clear()
        table.relay.is_commanded_closed = is_closed
        table.pieces(8)
        for name, _, locks in table.asked:
            assert locks == (0 if name == "save" and not is_closed else 1), name
    assert table.locks == 0


def test_a_piece_of_work_gets_the_ticks(table):
    table.pieces(4)
    assert {ticks for _, ticks, _ in table.asked} == {7}


def test_a_piece_that_raises_leaves_the_heap_unlocked(table):
    def fail(ticks):
        raise OSError

    table.rows.append((fail, 100, False))
    with pytest.raises(OSError):
        for _ in range(20):
            table.slack.do_one(0, UNLIMITED_US)
    assert table.locks == 0
