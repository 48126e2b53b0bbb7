"""The board's loop on virtual time: absolute deadlines, what is late, slack, health, signals, and the way out."""

import pytest

from instep import loop as loop_module
from instep.guard.faults import FAULT_FORCE_HIGH, NO_FAULT
from instep.loop import Loop
from instep.panel.sounds import Sounds
from instep.session import states
from tests.fakes import stand_in

WRAP = 1 << 30
TICK_US = 10_000


class Clock:
    """The module `time`; `now_us` passes with the work and 20 us with every look at it."""

    def __init__(self, start_us=0):
        self.now_us = start_us

    def ticks_us(self):
        self.now_us += 20
        return self.now_us % WRAP

    def ticks_add(self, ticks, us):
        return (ticks + us) % WRAP

    def ticks_diff(self, end, start):
        return (end - start + WRAP // 2) % WRAP - WRAP // 2

    def sleep_ms(self, ms):
        self.now_us += 1_000 * ms


class Rig:
    """A loop over recording hardware and firmware: `work_us` a tick takes, `slices_us` slow work that waits."""

    def __init__(self, monkeypatch, start_us=0):
        self.clock = Clock(start_us)
        monkeypatch.setattr(loop_module, "time", self.clock)
        self.locks = 0
        monkeypatch.setattr(loop_module, "heap_lock", self._lock)
        monkeypatch.setattr(loop_module, "heap_unlock", self._unlock)
        self.begun_us = []
        self.order: list[str] = []
        self.work_us = 3_000
        self.slices_us = []
        self.sliced_until_us = []
        self.left_us: list[int] = []
        self.lights: list[bool] = []
        self.buzzer: list[bool] = []
        self.late: list[int] = []
        self.confirmations = 0
        self.at_rest = True
        self.guard = stand_in(fault=NO_FAULT)
        self.hal = stand_in(
            was_interrupted=False,
            begin_tick=self._begin,
            end_tick=lambda: self.order.append("end"),
            set_light=self.lights.append,
            set_buzzer=self.buzzer.append,
        )
        self.app = stand_in(
            guard=self.guard,
            sounds=Sounds(stand_in(state=states.IDLE), self.guard),
            tick=self._work,
            slack=self._slice,
            may_restart=lambda: False,
            is_at_rest=lambda: self.at_rest,
            note_late_ticks=self.late.append,
            note_tick_us=lambda us: None,
        )
        self.loop = Loop(self.hal, self.app, self._confirm)

    def _lock(self):
        self.locks += 1

    def _unlock(self):
        self.locks -= 1

    def _begin(self):
        assert self.locks == 1
        self.begun_us.append(self.clock.now_us)
        self.order.append("begin")

    def _work(self):
        assert self.locks == 1
        self.order.append("tick")
        self.clock.now_us += self.work_us

    def _slice(self, left_us):
        assert self.locks == 0
        self.left_us.append(left_us)
        if not self.slices_us or self.slices_us[0] > left_us:
            return False
        self.clock.now_us += self.slices_us.pop(0)
        self.sliced_until_us.append(self.clock.now_us)
        return True

    def _confirm(self):
        self.confirmations += 1

    def run(self, ticks):
        for _ in range(ticks):
            self.loop.tick()
            self.loop.wait()


@pytest.fixture
def rig(monkeypatch):
    return Rig(monkeypatch)


def _errors_us(rig):
    """Return how much later than its place on the grid of 10 ms every tick began."""
    first = rig.begun_us[0]
    return [(begun - first) % TICK_US for begun in rig.begun_us]


@pytest.mark.parametrize("work_us", [3_000, 9_900, 25_000])
def test_work_without_a_budget_has_its_turn_after_every_tick(rig, work_us):
    rig.work_us = work_us
    rig.run(3)
    assert rig.left_us.count(0) == 3


def test_a_tick_is_inputs_work_outputs(rig):
    rig.run(2)
    assert rig.order == ["begin", "tick", "end"] * 2


def test_ticks_begin_every_10_ms_and_do_not_drift_whatever_they_take(rig):
    for work_us in (500, 9_000, 3_000, 7_500) * 50:
        rig.work_us = work_us
        rig.run(1)
    assert max(_errors_us(rig)) <= 60
    assert rig.begun_us[-1] - rig.begun_us[0] == pytest.approx(199 * TICK_US, abs=60)
    assert rig.late == []


def test_the_clock_may_wrap(monkeypatch):
    rig = Rig(monkeypatch, WRAP - 45_000)
    rig.run(20)
    assert rig.begun_us[-1] - rig.begun_us[0] == pytest.approx(19 * TICK_US, abs=60)
    assert rig.late == []


def test_a_tick_that_takes_too_long_is_counted_and_the_next_begins_at_once(rig):
    rig.run(3)
    rig.work_us = 13_000
    rig.run(1)
    rig.work_us = 3_000
    rig.run(3)
    assert rig.late == [1]
    assert rig.begun_us[4] - rig.begun_us[3] == pytest.approx(13_000, abs=300)
    assert rig.begun_us[5] - rig.begun_us[0] == pytest.approx(5 * TICK_US, abs=60)


def test_missed_ticks_are_left_out_and_never_made_up(rig):
    rig.run(3)
    rig.work_us = 47_000
    rig.run(1)
    rig.work_us = 3_000
    rig.run(4)
    assert sum(rig.late) == rig.loop.late_ticks == 4
    gaps = [later - sooner for sooner, later in zip(rig.begun_us[4:], rig.begun_us[5:], strict=False)]
    assert all(2_900 < gap <= TICK_US + 60 for gap in gaps)
    assert (rig.begun_us[-1] - rig.begun_us[0]) % TICK_US <= 60


def test_slow_work_is_done_only_while_there_is_time(rig):
    rig.slices_us = [1_500] * 30
    rig.run(4)
    assert len(rig.sliced_until_us) >= 8
    for until in rig.sliced_until_us:
        assert (until - rig.begun_us[0]) % TICK_US < TICK_US - 400
    assert rig.late == []


def test_a_tick_that_fills_its_time_does_no_slow_work(rig):
    rig.work_us = 9_450
    rig.slices_us = [500] * 5
    rig.run(4)
    assert len(rig.slices_us) == 5


def test_slow_work_that_takes_longer_than_is_left_waits_for_a_shorter_tick(rig):
    rig.slices_us = [4_000]
    rig.work_us = 6_500
    rig.run(4)
    assert len(rig.slices_us) == 1
    rig.work_us = 3_000
    rig.run(1)
    assert not rig.slices_us
    assert rig.late == []


def test_slow_work_gets_the_time_that_is_left_at_its_start(rig):
    wrong_us = []

    def slack(left_us):
        wrong_us.append(left_us - (rig.begun_us[-1] + TICK_US - rig.clock.now_us))
        rig.clock.now_us += 500
        return False

    rig.app.slack = slack
    rig.run(4)
    assert len(wrong_us) > 20
    assert max(wrong_us) < 100


def test_the_firmware_is_confirmed_once_after_two_good_seconds(rig):
    rig.run(199)
    assert rig.confirmations == 0
    rig.run(400)
    assert rig.confirmations == 1


def test_nothing_is_confirmed_while_something_moves_or_ticks_are_late(rig):
    rig.at_rest = False
    rig.run(350)
    assert rig.confirmations == 0
    rig.work_us = 15_000
    rig.run(1)
    rig.at_rest = True
    rig.run(350)
    assert rig.confirmations == 0
    rig.work_us = 3_000
    rig.run(301)
    assert rig.confirmations == 1


def test_the_light_flashes_slowly_and_with_a_fault_quickly(rig):
    rig.run(256)
    assert rig.lights.count(True) == 32
    assert _flashes(rig.lights) == 2
    rig.lights.clear()
    rig.guard.fault = FAULT_FORCE_HIGH
    rig.run(256)
    assert _flashes(rig.lights) == 16


def _flashes(lights):
    return sum(not before and now for before, now in zip(lights, [*lights[1:], lights[0]], strict=True))


def test_a_new_fault_sounds_the_buzzer_for_half_a_second(rig):
    rig.run(5)
    rig.guard.fault = FAULT_FORCE_HIGH
    rig.run(49)
    assert rig.buzzer == [True]
    rig.run(100)
    assert rig.buzzer == [True, False]
    rig.guard.fault = NO_FAULT
    rig.run(5)
    assert rig.buzzer == [True, False]


@pytest.mark.parametrize("where", ["begin_tick", "end_tick"])
def test_an_interrupt_in_a_tick_leaves_the_heap_unlocked(rig, where):
    def interrupted():
        raise KeyboardInterrupt

    setattr(rig.hal, where, interrupted)
    with pytest.raises(KeyboardInterrupt):
        rig.loop.run()
    assert rig.locks == 0


def test_an_interrupt_that_came_in_the_timer_ends_the_loop(rig):
    rig.run(1)
    rig.app.slack = lambda left_us: setattr(rig.hal, "was_interrupted", True)
    rig.loop.run()
    assert len(rig.begun_us) == 2


def test_a_laptop_that_asks_for_maintenance_ends_the_loop(rig):
    rig.app.may_restart = lambda: len(rig.begun_us) == 5
    rig.loop.run()
    assert len(rig.begun_us) == 5
