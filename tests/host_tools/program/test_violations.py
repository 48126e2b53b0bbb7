"""Broken rules as text: in the order of the lines, cut to a readable length, safe for a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.program.violations import Findings, ProgramFileError, field_text, value_text, visible


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ((), "the file"),
        (("name",), "name"),
        (("phase", 1, "waypoints", 2, "top_n"), "phase 2, waypoint 3, top_n"),
        (("phase", 0, "\x1b[2J"), r"phase 1, \x1b[2J"),
    ],
)
def test_a_place_is_named_as_a_person_counts(place, text):
    assert field_text(place) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (3.5, "3.5"),
        ("no", '"no"'),
        ({"a": 1}, "a table"),
        ([1, [2, 3], "x"], '[1, a list, "x"]'),
        (1 << 64, "a whole number of 65 bits"),
        ("x" * 39, '"' + "x" * 38 + "…"),
    ],
)
def test_a_value_is_shown_as_in_the_file_and_never_at_length(value, text):
    assert value_text(value) == text


@given(
    st.recursive(st.text() | st.integers() | st.booleans(), lambda some: st.lists(some, max_size=50), max_leaves=50)
)
def test_any_value_is_one_short_line_that_a_terminal_shows(value):
    text = value_text(value)
    assert len(text) <= 40 and text.isprintable()


@given(st.text())
def test_visible_text_keeps_what_can_be_shown_and_escapes_the_rest(text):
    shown = visible(text)
    assert shown.isprintable()
    assert shown == text or not text.isprintable()


def test_violations_are_sorted_by_line_and_say_what_to_do():
    findings = Findings("my.toml", {("b",): 2, ("a",): 7})
    findings.add(("a",), 5, "is too large", "0 to 4")
    findings.add(("b",), None, "is missing", "a text", "Add it")
    error = ProgramFileError(findings.violations)
    assert error.message.splitlines() == [
        "my.toml:2: b: is missing; allowed: a text. Add it.",
        "my.toml:7: a = 5: is too large; allowed: 0 to 4",
    ]
    assert "README" in error.advice
