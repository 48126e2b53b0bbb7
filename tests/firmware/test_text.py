"""The display's rows: what fits is shown, what does not is cut, and nothing else happens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.panel.text import COLUMNS, Row, wrap

WORDS = st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12), max_size=12)


def _written(write):
    row = Row()
    row.clear()
    write(row)
    return row.text.decode()


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (7, "7"), (10, "10"), (99, "99"), (100, "100"), (999_999, "999999"), (-1, "0"), (-1000, "0")],
)
def test_a_number_is_shown_as_it_is_read(value, shown):
    assert _written(lambda row: row.put_number(value)) == shown.ljust(COLUMNS)


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
    assert row.text == b"b".ljust(COLUMNS)


def test_words_are_broken_at_spaces():
    assert wrap("Take the feet out and press START.", 2) == [b"Take the feet out and", b"press START."]
    assert wrap("", 1) == []


@pytest.mark.parametrize(("text", "rows"), [("x" * (COLUMNS + 1), 3), ("one two three four five six", 1)])
def test_a_text_that_does_not_fit_is_refused_by_name(text, rows):
    with pytest.raises(ValueError, match=f"does not fit {rows} rows of {COLUMNS}: {text}"):
        wrap(text, rows)


@given(WORDS)
def test_wrapping_loses_no_word_and_breaks_none(words):
    lines = wrap(" ".join(words), len(words))
    assert b" ".join(lines).decode().split() == words
    assert all(0 < len(line) <= COLUMNS for line in lines)
