"""What lets jogging and cleaning begin, go on and end."""

import pytest

from instep.guard import faults
from instep.guard.selftest import FAILED, HOMING, PASSED
from instep.people import UNCLEANED
from instep.session import states
from instep.session.jog import JOG_CHECKING, JOG_CLEANED, JOG_CLEANING, JOG_OFF, JOGGING
from instep.session.jog_at_rest import advance
from tests.fakes import stand_in


class Bench:
    """A session at rest, and a jog that notes what is asked of it."""

    def __init__(self, stage=JOG_OFF, state=states.IDLE, fault=faults.NO_FAULT, selftest=HOMING, wants_cleaning=False):
        self.allowed: list[bool] = []
        self.trips: list[int] = []
        self.noted: list[tuple[int, int]] = []
        self.cleanings = 0
        self.page = stand_in(wants_cleaning=wants_cleaning)
        self.session = stand_in(
            status=stand_in(page=self.page, state=state),
            selection=stand_in(people=stand_in(put=lambda *note: self.noted.append(note))),
        )
        self.guard = stand_in(fault=fault, trip=self.trip)
        self.jog = stand_in(
            state=stage,
            clean=self.clean,
            tick=self.allowed.append,
            selftest_state=lambda: selftest,
            selftest_fault=lambda: faults.FAULT_RELAY_WELDED,
        )

    def clean(self):
        self.cleanings += 1
        self.jog.state = JOG_CLEANING

    def trip(self, fault):
        self.trips.append(fault)
        self.guard.fault = fault

    def advance(self, is_untouched=True):
        advance(self.jog, self.session, self.guard, is_untouched)
        return self


def test_nothing_is_done_while_nobody_jogs_or_cleans():
    bench = Bench().advance()
    assert not bench.allowed and not bench.cleanings and not bench.noted


def test_the_page_begins_cleaning_once():
    bench = Bench(wants_cleaning=True).advance(is_untouched=False).advance()
    assert bench.cleanings == 1 and bench.allowed == [True, True] and not bench.page.wants_cleaning


def test_the_page_does_not_begin_cleaning_while_an_axis_is_jogged():
    bench = Bench(JOGGING, wants_cleaning=True).advance()
    assert not bench.cleanings and not bench.page.wants_cleaning and bench.allowed == [True]


@pytest.mark.parametrize("stage", [JOG_CHECKING, JOGGING])
def test_a_button_ends_jogging(stage):
    assert Bench(stage).advance(is_untouched=False).allowed == [False]


@pytest.mark.parametrize("stage", [JOGGING, JOG_CLEANING, JOG_CLEANED])
def test_a_session_ends_it(stage):
    assert Bench(stage, state=states.SCREENING).advance().allowed == [False]


@pytest.mark.parametrize("stage", [JOGGING, JOG_CLEANING, JOG_CLEANED])
def test_a_fault_ends_it(stage):
    assert Bench(stage, fault=faults.FAULT_EMERGENCY_STOP).advance().allowed == [False]


def test_a_self_test_that_fails_before_cleaning_is_a_fault_and_ends_it():
    bench = Bench(JOG_CLEANING, selftest=FAILED).advance()
    assert bench.trips == [faults.FAULT_RELAY_WELDED] and bench.allowed == [False]


def test_a_self_test_that_fails_before_jogging_is_no_fault():
    assert not Bench(JOGGING, selftest=FAILED).advance().trips


def test_a_clean_machine_forgets_how_long_it_ran():
    assert Bench(JOG_CLEANED, selftest=PASSED).advance().noted == [(UNCLEANED, 0)]
    assert not Bench(JOG_CLEANING).advance().noted
