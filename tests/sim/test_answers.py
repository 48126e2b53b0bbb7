"""The buttons that answer the questions, found by asking the firmware's own screening."""

import pytest

from instep import user_events
from instep.session.screening import ASK_CARE, PASSED, PASSED_GENTLE, Screening
from sim.answers import CAREFUL, HEALTHY, buttons_for, names_of


def verdict(buttons):
    """Return the screening after some buttons."""
    screening = Screening()
    for button in buttons:
        screening.answer(button == user_events.PLUS)
    return screening


@pytest.mark.parametrize(("buttons", "expected"), [(HEALTHY, PASSED), (CAREFUL, PASSED_GENTLE)])
def test_both_people_pass_and_one_of_them_gently(buttons, expected):
    assert verdict(buttons).verdict == expected


def test_a_person_who_answers_no_to_all_is_answered_before_the_last_question():
    assert len(buttons_for()) <= len(HEALTHY)
    assert set(buttons_for()) == {user_events.MINUS}
    assert len(buttons_for(ASK_CARE)) <= len(CAREFUL)


def test_buttons_have_the_names_that_a_script_uses():
    assert names_of((user_events.START, user_events.HEAT)) == ("start", "heat")
