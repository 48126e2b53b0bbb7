"""The state of the questions: the verdict's event, answers left alone, and a release that is waited for."""

import pytest

from instep import user_events
from instep.axes import TICKS_PER_S
from instep.guard.faults import FAULT_PROGRAM_DAMAGED
from instep.session import screening, states
from instep.session.outcome import RESULT_NONE, STOPPED_NOT
from instep.session.questions import Questions
from instep.session.screening import Screening
from sim.answers import CAREFUL, HEALTHY
from tests.fakes import stand_in

ALONE_TICKS = 2 * 60 * TICKS_PER_S


class Bench:
    """The questions over a status that notes what was done to it."""

    def __init__(self, needs_release=False):
        self.trips: list[int] = []
        self.can_soften = True
        self.softened = 0
        self.begun: list[str] = []
        self.status = stand_in(
            screening=Screening(),
            is_screened=True,
            is_lotion_on=True,
            result=1,
            stop_reason=1,
            ticks_in_state=0,
            was_cleaning_suggested=False,
            suggests_cleaning=lambda: False,
            selection=stand_in(begin=lambda: self.begun.append("selection"), soften=self._soften),
            clock=stand_in(begin=lambda: self.begun.append("clock")),
        )
        self.questions = Questions(self.status, stand_in(trip=self.trips.append), needs_release)
        self.questions.enter()

    def _soften(self):
        self.softened += 1
        return self.can_soften

    def tick(self, pressed=0):
        event = self.questions.tick(pressed)
        self.status.ticks_in_state += 1
        return event

    def answer(self, buttons):
        """Press one button after the other; return the event of the last one."""
        event = states.NO_EVENT
        for button in buttons:
            assert event == states.NO_EVENT
            event = self.tick(button)
        return event


def test_a_session_begins_with_nothing_known_about_the_person():
    status = Bench().status
    assert (status.is_screened, status.is_lotion_on) == (False, False)
    assert (status.result, status.stop_reason) == (RESULT_NONE, STOPPED_NOT)
    assert status.screening.verdict == screening.PENDING


def test_selection_and_clock_begin_with_the_questions():
    assert Bench().begun == ["selection", "clock"]


def test_a_healthy_person_goes_on_with_the_last_answer():
    bench = Bench()
    assert bench.answer(HEALTHY) == states.GO
    assert bench.status.is_screened and bench.softened == 0


def test_a_person_who_must_not_be_massaged_is_refused():
    bench = Bench()
    assert bench.answer((user_events.PLUS, user_events.PLUS)) == states.REFUSE
    assert not bench.status.is_screened


def test_feet_that_need_care_soften_the_session_once():
    bench = Bench()
    assert bench.answer(CAREFUL) == states.GO
    bench.tick()
    assert bench.softened == 1 and bench.trips == []


def test_without_a_gentle_program_the_machine_stops_by_a_fault():
    bench = Bench()
    bench.can_soften = False
    bench.answer(CAREFUL)
    bench.tick()
    assert bench.trips == [FAULT_PROGRAM_DAMAGED]


def test_a_machine_at_a_laptop_waits_for_the_release_after_the_verdict():
    bench = Bench(needs_release=True)
    assert bench.answer(HEALTHY) == states.NO_EVENT
    assert bench.tick() == states.NO_EVENT
    bench.questions.release()
    assert bench.tick() == states.GO
    bench.questions.enter()
    assert bench.answer(HEALTHY) == states.NO_EVENT, "a release holds for one session"


@pytest.mark.parametrize("answered_at", [None, 500])
def test_answers_left_alone_for_two_minutes_end_the_questions(answered_at):
    bench = Bench()
    if answered_at is not None:
        bench.status.ticks_in_state = answered_at
        bench.tick(user_events.PLUS)
    bench.status.ticks_in_state = ALONE_TICKS - 1 + (answered_at or 0)
    assert bench.tick() == states.NO_EVENT
    assert bench.tick() == states.STOP


def test_another_button_is_no_answer():
    bench = Bench()
    bench.status.ticks_in_state = ALONE_TICKS - 1
    assert bench.tick(user_events.HEAT | user_events.PROGRAM) == states.NO_EVENT
    assert bench.tick() == states.STOP
