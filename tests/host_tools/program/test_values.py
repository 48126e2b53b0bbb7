"""Single values of a program file: turned into program units to the last step, or refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.program.techniques import Number, Selection
from host_tools.program.values import guess, read_choice, read_number, read_selection, read_text, refuse_unknown_keys
from host_tools.program.violations import Findings

FORCE = Number("N", 100, 0, 3_500)
COUNT = Number("", 1, 1, 9)
TOES = Selection(5)


@pytest.fixture
def findings():
    return Findings("my.toml", {})


def problems(findings):
    return [violation.problem for violation in findings.violations]


@given(st.integers(FORCE.minimum, FORCE.maximum))
def test_every_step_of_a_range_is_read_as_it_is_written(units):
    findings = Findings("my.toml", {})
    assert read_number(findings, ("force",), units / 100, FORCE) == units
    assert not findings.violations


@pytest.mark.parametrize(
    ("value", "number", "problem"),
    [
        (True, FORCE, "is not a number"),
        ("5", FORCE, "is not a number"),
        (None, FORCE, "is not a number"),
        (float("nan"), FORCE, "is not a finite number"),
        (float("inf"), FORCE, "is not a finite number"),
        (-0.01, FORCE, "is too small"),
        (35.01, FORCE, "is too large"),
        (1.005, FORCE, "is too fine (nearest: 1)"),
        (2.0, COUNT, "is not a whole number"),
        (0, COUNT, "is too small"),
        (10, COUNT, "is too large"),
    ],
)
def test_a_number_that_is_none_is_refused_with_the_reason(findings, value, number, problem):
    assert read_number(findings, ("force",), value, number) is None
    assert problems(findings) == [problem]
    assert findings.violations[0].allowed == number.allowed


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (3, "is not a list"),
        ([], "is empty"),
        ([1, 6], "is not on this foot"),
        ([0], "is not on this foot"),
        ([True], "is not on this foot"),
        ([1, 2, 1], "names one twice"),
    ],
)
def test_a_selection_of_toes_that_is_none_is_refused_with_the_reason(findings, value, problem):
    assert read_selection(findings, ("toes",), value, TOES) is None
    assert problems(findings) == [problem]


def test_toes_keep_their_order(findings):
    assert read_selection(findings, ("toes",), [5, 1, 3], TOES) == (5, 1, 3)


def test_a_misspelt_choice_is_answered_with_the_nearest_one(findings):
    assert read_choice(findings, ("feet",), "both", ("left", "both")) == "both"
    assert read_choice(findings, ("feet",), "bot", ("left", "both")) is None
    assert problems(findings) == ["is unknown (did you mean both?)"]
    assert findings.violations[0].allowed == "left, both"


@pytest.mark.parametrize("word", [7, "completely different", "both" * 20])
def test_nothing_is_guessed_for_what_is_not_near(word):
    assert guess(word, ("left", "both")) == ""


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (3, "is not a text"),
        ("x" * 11, "has 11 characters"),
        ("\x1b[2J", "has characters that cannot be shown"),
    ],
)
def test_a_text_that_cannot_be_shown_is_refused(findings, value, problem):
    assert read_text(findings, ("title",), value, 10) is None
    assert problems(findings) == [problem]
    assert read_text(findings, ("title",), "x" * 10, 10) == "x" * 10


def test_every_unknown_key_is_reported_at_its_own_place(findings):
    refuse_unknown_keys(findings, ("phase", 0), {"feet": 1, "feets": 2, "x": 3}, ("feet", "repeats"))
    assert [violation.field for violation in findings.violations] == ["phase 1, feets", "phase 1, x"]
    assert problems(findings)[0] == "is not used here (did you mean feet?)"
