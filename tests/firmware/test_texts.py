"""Tables of texts: every text is found where it stands, and what the display says of it is whole."""

import pytest

from instep.guard.faults import CATALOGUE
from instep.levels import HEAT_NAMES
from instep.panel import words
from instep.panel.screens import TEXTS
from instep.panel.words import WORDS
from instep.session import choices
from instep.session.screening import QUESTIONS, REASONS
from instep.texts import Texts


def test_each_text_is_found_by_row_and_part():
    texts = Texts(b"one|two|three||five|six|", parts=2)
    found = [[texts.get(row, part) for part in range(2)] for row in range(texts.count())]
    assert found == [["one", "two"], ["three", ""], ["five", "six"]]


def test_a_row_beyond_the_table_raises_an_index_error():
    with pytest.raises(IndexError):
        Texts(b"one|two|").find(3)


@pytest.mark.parametrize(("texts", "parts"), [(CATALOGUE, 3), (TEXTS, 3), (REASONS, 3), (QUESTIONS, 1), (WORDS, 1)])
def test_every_table_of_the_firmware_has_whole_rows_of_printable_ascii(texts, parts):
    assert texts.text.count(b"|") == texts.count() * parts
    assert texts.text.endswith(b"|") and texts.text.decode("ascii").isprintable()


def test_the_heat_levels_of_the_display_are_those_of_the_laptop():
    assert [WORDS.get(words.HEATS + heat) for heat in range(len(HEAT_NAMES))] == list(HEAT_NAMES)


def test_each_refusal_of_a_gentle_session_has_its_words_which_end_the_table():
    refusals = [choices.REFUSED_FIRMER, choices.REFUSED_HEAT, choices.REFUSED_MORE]
    assert refusals == [1, 2, 3]
    assert words.REFUSALS + len(refusals) == WORDS.count()
    for refused, word in zip(refusals, ("firmer", "heat", "ten minutes"), strict=True):
        assert word in WORDS.get(words.REFUSALS + refused - 1)
