"""The crosstalk monitor's windows: when one starts and counts, how it votes, which fault it concludes."""

import pytest

from instep.guard import faults
from instep.guard.crosstalk_monitor import Swing
from tests.fakes import stand_in
from tests.firmware.crosstalk_rig import NOT, Window


def window_with(probe, power):
    """Return a window whose power stands at so much more than usual, of which so much is on purpose."""
    window = Window()
    window.watch.probe = stand_in(now=probe, take=lambda value: None)
    window.watch._power = stand_in(now=power, take=lambda value: None)
    return window


@pytest.mark.parametrize(("asked", "fault"), [(2_999_999, NOT), (3_000_000, faults.FAULT_HEAT_WITHOUT_RISE)])
def test_no_answer_to_a_big_change_is_enough_once(asked, fault):
    window = Window(asked)
    assert [window.check() for _ in range(39)] == [NOT] * 39
    assert window.check() == fault


def test_after_a_fault_the_next_small_change_without_an_answer_is_the_first_again():
    window = Window(3_000_000)
    assert window.end() == faults.FAULT_HEAT_WITHOUT_RISE
    window.watch._samples, window.watch._asked = 0, 12_000
    assert window.end() == NOT


@pytest.mark.parametrize(("own", "votes"), [(-375_000, 1), (375_000, 0)])
def test_a_lead_that_goes_the_other_way_says_nothing_and_one_that_answers_forgives(own, votes):
    window = Window(3_000_000)
    window.watch._own, window.watch._votes = own, 1
    assert window.end() == NOT
    assert window.watch._votes == votes


@pytest.mark.parametrize("whose", ["_by_other", "_by_film"])
@pytest.mark.parametrize(
    ("answer", "fault"), [(374_999, faults.FAULT_HEAT_WITHOUT_RISE), (375_000, faults.FAULT_HEAT_CROSSED)]
)
def test_an_answer_of_another_s_lead_or_of_the_own_film_is_crossed(whose, answer, fault):
    window = Window(3_000_000)
    setattr(window.watch, whose, answer)
    assert window.end() == fault


def test_a_lead_that_is_there_and_does_not_answer_is_of_sensors_that_differ():
    window = Window(3_000_000)
    window.lead.is_small = lambda: False
    assert window.end() == faults.FAULT_HEAT_SENSORS_DIFFER


@pytest.mark.parametrize("before", [0, 600, 1_000])
@pytest.mark.parametrize(("change", "is_anew"), [(0, False), (500, False), (501, True)])
def test_a_change_by_more_than_half_begins_a_window_anew(before, change, is_anew):
    window = Window(3_000_000, before)
    window.check()
    window.heater.left_out_permille += -change if before == 1_000 else change
    window.check()
    assert (window.watch._asked < 3_000_000, window.watch._samples) == (is_anew, 1 if is_anew else 2)


def test_a_window_that_has_asked_for_too_little_goes_on_for_another_forty_samples():
    window = window_with(-15, -10)
    assert [window.check() for _ in range(80)] == [NOT] * 80
    assert window.watch._votes == 1, "12,000 are asked for if each sample has counted"


def test_forty_samples_count_then_eighty_do_not_then_forty_again():
    window = window_with(-15, -20)
    assert [window.check() for _ in range(40)] == [NOT] * 40
    assert window.watch._votes == 1, "12,000 are asked for if each sample has counted"
    for _ in range(80):
        assert window.check() == NOT
        assert window.watch._asked == 0
    assert [window.check() for _ in range(40)] == [NOT] * 39 + [faults.FAULT_HEAT_WITHOUT_RISE]


def test_a_swing_is_what_has_changed_since_it_began_or_began_anew():
    swing = Swing()
    assert swing.now == 0
    swing.take(3_200)
    assert swing.now == 0
    swing.take(3_232)
    assert swing.now == 31
    swing.forget()
    assert swing.now == 0
    swing.take(5_000)
    assert swing.now == 0


@pytest.mark.parametrize(("asked", "fault"), [(11_999, NOT), (12_000, faults.FAULT_HEAT_WITHOUT_RISE)])
def test_no_answer_to_a_small_change_is_a_fault_the_second_time(asked, fault):
    window = Window(asked)
    assert window.end() == NOT
    if fault:
        # A second time is 8 s later at the soonest: it has to be another change.
        assert [window.check() for _ in range(80)] == [NOT] * 80
    window.watch._asked = asked
    assert [window.check() for _ in range(39)] == [NOT] * 39
    assert window.check() == fault


@pytest.mark.parametrize(("other", "is_heard"), [(25, True), (-25, True), (26, False), (-26, False)])
def test_a_change_only_counts_while_the_other_well_s_power_stands(other, is_heard):
    window = Window()
    window.check(other)
    window.heater.left_out_permille = 500
    window.watch._lead.power_permille = 300
    window.check(other)
    assert (window.watch._asked > 0) is is_heard
