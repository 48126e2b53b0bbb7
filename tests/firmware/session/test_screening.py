"""The screening, for every combination of what can be true of a person, against the massage's rules."""

from itertools import product

import pytest

from instep.session.screening import (
    ASK_BLOOD,
    ASK_CARE,
    ASK_CONFIRM,
    ASK_CONSENT,
    ASK_INJURY,
    ASK_NOTHING,
    ASK_PHYSICIAN,
    ASK_SKIN,
    ASK_SWOLLEN,
    PASSED,
    PASSED_GENTLE,
    PENDING,
    QUESTIONS,
    REASON_INJURY,
    REASON_NO_CONSENT,
    REASON_NONE,
    REASON_NOT_CONFIRMED,
    REASON_SKIN,
    REASON_SWOLLEN,
    REASONS,
    REFUSED,
    Screening,
)
from tests.firmware.panel.test_text import wrapped

# Below them a notice has room.
ROWS_OF_A_QUESTION = 4
ROWS_OF_A_REFUSAL = 4
ALL = (ASK_PHYSICIAN, ASK_CONFIRM, ASK_SWOLLEN, ASK_SKIN, ASK_INJURY, ASK_CARE, ASK_BLOOD, ASK_CONSENT)
COMBINATIONS = [dict(zip(ALL, facts, strict=True)) for facts in product((False, True), repeat=len(ALL))]


def _screen(facts):
    """Answer truthfully until there is a verdict; return the screening and the questions that were asked."""
    screening = Screening()
    asked = []
    while screening.verdict == PENDING:
        asked.append(screening.question)
        screening.answer(facts[screening.question])
        assert len(asked) <= len(ALL)
    return screening, asked


def _due(facts):
    """Return verdict and reason as the rules have it."""
    if not facts[ASK_PHYSICIAN] and not facts[ASK_CONFIRM]:
        return REFUSED, REASON_NOT_CONFIRMED
    if facts[ASK_SWOLLEN]:
        return REFUSED, REASON_SWOLLEN
    if facts[ASK_SKIN]:
        return REFUSED, REASON_SKIN
    if facts[ASK_INJURY]:
        return REFUSED, REASON_INJURY
    needs_care = facts[ASK_CARE] or facts[ASK_BLOOD]
    if needs_care and not facts[ASK_CONSENT]:
        return REFUSED, REASON_NO_CONSENT
    return (PASSED_GENTLE if needs_care else PASSED), REASON_NONE


@pytest.mark.parametrize("facts", COMBINATIONS)
def test_every_person_gets_the_verdict_of_the_rules(facts):
    screening, _ = _screen(facts)
    assert (screening.verdict, screening.reason) == _due(facts)


@pytest.mark.parametrize("facts", COMBINATIONS)
def test_nobody_passes_without_the_questions_that_concern_them(facts):
    screening, asked = _screen(facts)
    assert asked == sorted(set(asked))
    assert (ASK_CONFIRM in asked) == (not facts[ASK_PHYSICIAN])
    if screening.verdict != REFUSED:
        assert {ASK_PHYSICIAN, ASK_SWOLLEN, ASK_SKIN, ASK_INJURY, ASK_CARE, ASK_BLOOD} <= set(asked)
        assert (ASK_CONSENT in asked) == (facts[ASK_CARE] or facts[ASK_BLOOD])


def test_a_healthy_person_answers_six_questions():
    _, asked = _screen({**dict.fromkeys(ALL, False), ASK_PHYSICIAN: True})
    assert len(asked) == 6


def test_an_answer_after_the_verdict_changes_nothing():
    screening, _ = _screen(dict.fromkeys(ALL, True))
    assert screening.verdict == REFUSED
    for yes in (False, True):
        screening.answer(yes)
        assert (screening.verdict, screening.reason) == (REFUSED, REASON_SWOLLEN)


def test_the_next_person_is_asked_everything_again():
    care = {**dict.fromkeys(ALL, False), ASK_PHYSICIAN: True, ASK_CARE: True, ASK_CONSENT: True}
    screening, _ = _screen(care)
    assert screening.verdict == PASSED_GENTLE
    screening.begin()
    assert (screening.question, screening.verdict, screening.reason) == (ASK_PHYSICIAN, PENDING, REASON_NONE)
    for yes in (True, False, False, False, False, False):
        screening.answer(yes)
    assert screening.verdict == PASSED


def test_every_question_has_its_words():
    questions = [QUESTIONS.get(question) for question in range(ASK_NOTHING)]
    assert len(set(questions)) == len(ALL)
    assert all(question.endswith("?") for question in questions)
    assert QUESTIONS.get(ASK_NOTHING) == ""


def test_every_text_has_room_on_the_display():
    for question in range(QUESTIONS.count()):
        assert len(wrapped(QUESTIONS.get(question))) <= ROWS_OF_A_QUESTION
    for reason in range(REASONS.count()):
        assert len(wrapped(REASONS.get(reason, 1))) + len(wrapped(REASONS.get(reason, 2))) <= ROWS_OF_A_REFUSAL


def test_every_refusal_has_a_name_a_reason_and_an_advice_of_its_own():
    assert [REASONS.get(REASON_NONE, part) for part in range(3)] == ["", "", ""]
    names, whys, advices = ([REASONS.get(row, part) for row in range(1, REASONS.count())] for part in range(3))
    assert names == ["not_confirmed", "swollen", "skin", "no_consent", "clot_or_injury"]
    assert len(set(whys)) == len(whys)
    assert all(sentence.endswith(".") for sentence in (*whys, *advices))
