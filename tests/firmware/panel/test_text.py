"""The display's rows: what fits is shown, what does not is cut, and nothing else happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.axes import DISPLAY_COLUMNS
from instep.panel.text import Row
from instep.texts import Texts

WORDS = st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=123), min_size=1, max_size=12), max_size=12)


def _written(write):
    row = Row()
    row.clear()
    write(row)
    return row.text.decode()


def wrapped(text: str) -> list[str]:
    """Return the lines of a text."""
    texts = Texts(text.encode() + b"|")
    lines: list[str] = []
    row = Row()
    while True:
        row.clear()
        if row.put_line(texts, 0, 0, len(lines)) >= 0:
            return lines
        lines.append(row.text.decode().rstrip())


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (7, "7"), (10, "10"), (99, "99"), (100, "100"), (999_999, "999999"), (-1, "0"), (-1000, "0")],
)
def test_a_number_is_shown_as_it_is_read(value, shown):
    assert _written(lambda row: row.put_number(value)) == shown.ljust(DISPLAY_COLUMNS)


@given(st.integers(0, 999_999))
def test_every_number_is_shown_in_full(value):
    assert _written(lambda row: row.put_number(value)).rstrip() == str(value)


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (9, "0:09"), (59, "0:59"), (60, "1:00"), (845, "14:05"), (1800, "30:00")]
)
def test_a_clock_shows_minutes_and_seconds(seconds, shown):
    assert _written(lambda row: row.put_clock(seconds)).rstrip() == shown


@pytest.mark.parametrize(
    ("centi_c", "shown"),
    [(3894, "38.9 C"), (3895, "39.0 C"), (4100, "41.0 C"), (5, "0.1 C"), (4, "0.0 C"), (-500, "0.0 C")],
)
def test_a_temperature_is_rounded_to_a_tenth(centi_c, shown):
    assert _written(lambda row: row.put_temperature(centi_c)).rstrip() == shown


def test_what_does_not_fit_is_cut():
    def write(row):
        row.put(b"0123456789")
        row.put(b"0123456789")
        row.put_number(345)
        row.put(b"x")

    assert _written(write) == "012345678901234567893"


def test_a_cleared_row_remembers_nothing():
    row = Row()
    row.put(b"a longer text")
    row.clear()
    row.put(b"b")
    assert row.text == b"b".ljust(DISPLAY_COLUMNS)


def test_words_are_broken_at_spaces():
    assert wrapped("Take the feet out and press START.") == ["Take the feet out and", "press START."]
    assert wrapped("") == []


def test_a_word_longer_than_a_row_is_cut():
    assert wrapped("a " + "x" * (DISPLAY_COLUMNS + 9) + " b") == ["a", "x" * DISPLAY_COLUMNS, "x" * 8 + " b"]


def test_what_comes_after_the_text_is_counted_on():
    row = Row()
    row.clear()
    assert row.put_line(Texts(b"Take the feet out and press START.|"), 0, 0, 3) == 1
    assert row.text.decode().strip() == ""


@given(WORDS)
def test_wrapping_loses_no_word_and_breaks_none(words):
    lines = wrapped(" ".join(words))
    assert " ".join(lines).split() == words
    assert all(0 < len(line) <= DISPLAY_COLUMNS for line in lines)
