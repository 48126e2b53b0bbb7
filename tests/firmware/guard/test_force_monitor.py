"""A force over its set point, one that stays after lifting, and a reading that does not change are found in time."""

from array import array
from typing import Any

import pytest

from instep.drive.press import TRAVEL
from instep.guard import faults, limits
from instep.guard.force_monitor import ForceMonitor
from instep.guard.memory_monitor import MemoryMonitor
from tests.fakes import stand_in

ASKED_MN = 20_000
OVER_MN = 28_001  # a quarter and 3 N over
GENTLE_MAX_MN = 10_000


class Bench:
    """A monitored roller whose readings change by 1 mN from tick to tick."""

    def __init__(self):
        self.is_in = True
        self.press = stand_in(asked_mn=0, state=[20_000])
        self.travel: Any = stand_in(
            has_rolled=lambda: True,
            has_foot=lambda: self.is_in,
            begin_session=lambda: None,
            fault=faults.NO_FAULT,
            check=lambda force_mn, is_other_loaded: self.travel.fault,
        )
        self.loaded = array("i", [0, 0])
        self.monitor = ForceMonitor(self.press, self.travel, self.loaded, MemoryMonitor())
        self._is_odd = False

    def ticks(self, count, asked_mn, force_mn):
        """Let ticks pass; return the first fault."""
        self.press.asked_mn = asked_mn
        for _ in range(count):
            self._is_odd = not self._is_odd
            fault = self.monitor.check(force_mn + self._is_odd)
            if fault:
                return fault
        return faults.NO_FAULT

    def frozen(self, count, asked_mn, force_mn):
        """Let ticks pass in which the reading stays the same; return the first fault."""
        self.press.asked_mn = asked_mn
        for _ in range(count):
            fault = self.monitor.check(force_mn)
            if fault:
                return fault
        return faults.NO_FAULT


@pytest.fixture
def bench():
    return Bench()


def test_a_force_over_its_set_point_trips_after_250_ms(bench):
    assert bench.ticks(24, ASKED_MN, OVER_MN) == faults.NO_FAULT
    assert bench.ticks(1, ASKED_MN, OVER_MN) == faults.FAULT_PRESS_HIGH


def test_a_force_up_to_a_quarter_and_3_n_over_its_set_point_is_none(bench):
    assert bench.ticks(1_000, ASKED_MN, OVER_MN - 2) == faults.NO_FAULT
    assert bench.ticks(1_000, 400, 3_499) == faults.NO_FAULT


def test_single_wild_forces_are_not_over_the_set_point(bench):
    for _ in range(20):
        assert bench.ticks(24, ASKED_MN, 200_000) == faults.NO_FAULT
        assert bench.ticks(1, ASKED_MN, ASKED_MN) == faults.NO_FAULT


def test_the_time_over_the_set_point_begins_again_after_a_lift(bench):
    bench.ticks(24, ASKED_MN, OVER_MN)
    bench.ticks(1, 0, 0)
    assert bench.ticks(24, ASKED_MN, OVER_MN) == faults.NO_FAULT


def test_a_gentle_person_is_never_pressed_with_more_than_13_n(bench):
    bench.monitor.begin_session(GENTLE_MAX_MN)
    assert bench.ticks(100, GENTLE_MAX_MN, 12_999) == faults.NO_FAULT
    assert bench.ticks(25, GENTLE_MAX_MN, 13_001) == faults.FAULT_PRESS_HIGH


def test_the_firmest_set_point_has_its_greatest_force_too(bench):
    assert bench.ticks(100, 35_000, 45_499) == faults.NO_FAULT
    assert bench.ticks(25, 35_000, 45_501) == faults.FAULT_PRESS_HIGH


def test_a_roller_that_does_not_lift_is_noticed_after_450_ms(bench):
    bench.ticks(100, ASKED_MN, ASKED_MN)
    assert bench.ticks(44, 0, 3_001) == faults.NO_FAULT
    assert not bench.monitor.still_presses()
    assert bench.ticks(1, 0, 3_001) == faults.FAULT_ROLLER_PRESSES
    assert bench.monitor.still_presses()


def test_a_roller_that_lifts_in_time_is_none(bench):
    for _ in range(5):
        bench.ticks(100, ASKED_MN, ASKED_MN)
        assert bench.ticks(40, 0, ASKED_MN) == faults.NO_FAULT
        assert bench.ticks(100, 0, 2_998) == faults.NO_FAULT


def test_a_roller_that_is_clear_for_less_than_100_ms_has_not_lifted(bench):
    bench.ticks(100, ASKED_MN, ASKED_MN)
    bench.ticks(9, 0, 0)
    bench.ticks(1, 0, 9_000)
    bench.ticks(9, 0, 0)
    assert bench.ticks(45, 0, 9_000) == faults.FAULT_ROLLER_PRESSES


def test_a_foot_may_push_on_a_lifted_roller_a_little_but_not_with_more_than_10_n(bench):
    bench.ticks(100, ASKED_MN, ASKED_MN)
    bench.ticks(10, 0, 0)
    assert bench.ticks(1_000, 0, 9_999) == faults.NO_FAULT
    assert bench.ticks(44, 0, 10_001) == faults.NO_FAULT
    bench.ticks(1, 0, 5_000)
    assert bench.ticks(44, 0, 10_001) == faults.NO_FAULT
    assert bench.ticks(1, 0, 10_001) == faults.FAULT_ROLLER_PRESSES


def test_a_foot_that_pushed_on_a_lifted_roller_and_left_it_has_its_whole_time_again(bench):
    bench.ticks(100, ASKED_MN, ASKED_MN)
    bench.ticks(10, 0, 0)
    for _ in range(3):
        assert bench.ticks(44, 0, 10_001) == faults.NO_FAULT
        assert bench.ticks(1, 0, 0) == faults.NO_FAULT


@pytest.mark.parametrize(("asked_mn", "force_mn"), [(0, 0), (ASKED_MN, ASKED_MN)])
def test_a_roller_that_lifts_after_all_or_is_to_press_again_presses_no_longer(bench, asked_mn, force_mn):
    bench.ticks(1, ASKED_MN, 5_000)
    bench.ticks(45, 0, 5_000)
    assert bench.monitor.still_presses()
    assert bench.ticks(1, asked_mn, force_mn) == faults.NO_FAULT
    assert not bench.monitor.still_presses()


def test_lifting_has_its_whole_time_again_after_each_stroke(bench):
    bench.ticks(1, ASKED_MN, 5_000)
    bench.ticks(44, 0, 5_000)
    bench.ticks(1, ASKED_MN, 5_000)
    assert bench.ticks(44, 0, 5_000) == faults.NO_FAULT


def test_a_press_has_to_clear_its_roller_after_each_stroke(bench):
    bench.ticks(100, 0, 0)
    bench.ticks(100, ASKED_MN, ASKED_MN)
    assert bench.ticks(45, 0, 5_000) == faults.FAULT_ROLLER_PRESSES


def test_a_reading_that_does_not_change_for_100_ms_is_frozen(bench):
    assert bench.frozen(10, ASKED_MN, 5_000) == faults.NO_FAULT
    assert bench.frozen(1, ASKED_MN, 5_000) == faults.FAULT_FORCE_FROZEN


def test_a_reading_that_changes_in_time_is_not_frozen(bench):
    for _ in range(20):
        assert bench.frozen(10, ASKED_MN, 5_000) == faults.NO_FAULT
        assert bench.frozen(10, ASKED_MN, 5_001) == faults.NO_FAULT


def test_a_lifted_roller_may_read_the_same_for_ever(bench):
    assert bench.frozen(1_000, 0, 500) == faults.NO_FAULT


def test_a_reading_that_is_always_zero_is_frozen_as_soon_as_the_roller_is_to_press(bench):
    assert bench.frozen(9, ASKED_MN, 0) == faults.NO_FAULT
    assert bench.frozen(2, ASKED_MN, 0) == faults.FAULT_FORCE_FROZEN


def test_a_roller_that_has_not_pressed_since_the_start_is_not_said_to_press_still(bench):
    assert bench.ticks(1_000, 0, 5_000) == faults.NO_FAULT
    assert bench.ticks(45, 0, 10_001) == faults.FAULT_ROLLER_PRESSES


def test_too_much_force_with_the_press_all_the_way_up_is_a_foot_that_is_too_high(bench):
    bench.press.state[TRAVEL] = 0
    assert bench.ticks(7, ASKED_MN, OVER_MN) == faults.NO_FAULT
    assert bench.ticks(1, ASKED_MN, OVER_MN) == faults.FAULT_FOOT_TOO_HIGH


def test_too_much_force_where_the_roller_has_landed_is_none_of_the_foots_height(bench):
    bench.press.state[TRAVEL] = 0
    bench.travel.has_rolled = lambda: False
    assert bench.ticks(24, ASKED_MN, OVER_MN) == faults.NO_FAULT
    assert bench.ticks(1, ASKED_MN, OVER_MN) == faults.FAULT_PRESS_HIGH


def test_what_the_travel_shows_is_a_fault_too(bench):
    bench.travel.fault = faults.FAULT_FORCE_LOW
    assert bench.ticks(10, 0, 0) == faults.NO_FAULT
    assert bench.ticks(1, ASKED_MN, 1_000) == faults.FAULT_FORCE_LOW


def test_the_time_without_a_change_begins_again_after_a_lift(bench):
    bench.frozen(10, ASKED_MN, 5_000)
    bench.ticks(1, 0, 0)
    assert bench.frozen(10, ASKED_MN, 5_000) == faults.NO_FAULT


def test_a_frozen_reading_does_not_say_that_a_roller_still_presses(bench):
    bench.frozen(20, ASKED_MN, 5_000)
    assert bench.frozen(1_000, 0, 5_000) == faults.NO_FAULT
    assert not bench.monitor.still_presses()


def test_a_lifted_roller_that_reads_a_pull_for_100_ms_has_lost_its_zero(bench):
    assert bench.ticks(1_000, 0, limits.LIFTED_MIN_MN) == faults.NO_FAULT
    assert bench.ticks(limits.FORCE_LOW_TICKS - 1, 0, -1_600) == faults.NO_FAULT
    assert bench.ticks(1, 0, 0) == faults.NO_FAULT
    assert bench.ticks(limits.FORCE_LOW_TICKS - 1, 0, -1_600) == faults.NO_FAULT
    assert bench.ticks(1, 0, -1_600) == faults.FAULT_FORCE_LOW


@pytest.mark.parametrize(("force_mn", "is_loaded"), [(3_000, 0), (3_001, 1)])
def test_a_lifted_roller_that_bears_a_load_says_so_to_the_others(bench, force_mn, is_loaded):
    assert bench.frozen(1, 0, force_mn) == faults.NO_FAULT
    assert list(bench.loaded) == [is_loaded, 0]


def test_only_a_roller_that_presses_on_a_foot_is_a_fault_at_rest(bench):
    assert bench.monitor.has_foot(faults.FAULT_ROLLER_PRESSES)
    assert not bench.monitor.has_foot(faults.FAULT_PRESS_HIGH)
    bench.is_in = False
    assert not bench.monitor.has_foot(faults.FAULT_ROLLER_PRESSES)
