"""Characters of word processors in files that people write: each is named, with its line and what to type."""

# ruff: noqa: RUF001 (the characters are what is tested)

import pytest

from host_tools.board.findings import BoardFileError
from host_tools.board.read import parse
from host_tools.program.check import check_text
from host_tools.program.violations import ProgramFileError
from host_tools.typography import foreign_characters

GOOD = """format = 1
name = "own"
title = "“Own” − ‘with’ typography" # “here” too\u00a0
about = '''“about”'''

[[phase]]
technique = "top"
"""
CURLY = 'format = 1\nname = “own”\ntitle = "Own"\n\n[[phase]]\ntechnique = ‘top’\n'
BLANK = "format\u00a0= 1\nname = 'own'\n"


def refusal(text):
    with pytest.raises(ProgramFileError) as raised:
        check_text(text, "my.toml")
    return raised.value.message.splitlines()


def test_within_texts_and_comments_every_character_is_welcome():
    assert check_text(GOOD, "my.toml").title == "“Own” − ‘with’ typography"
    assert foreign_characters(GOOD) == []
    assert foreign_characters('a = """\n“b”\u00a0\n"""\n') == []


def test_all_curly_quotes_are_named_at_once_with_their_lines():
    assert refusal(CURLY) == [
        'my.toml:2: the file: has a left double quotation mark outside of a text; allowed: type "',
        'my.toml:2: the file: has a right double quotation mark outside of a text; allowed: type "',
        "my.toml:6: the file: has a left single quotation mark outside of a text; allowed: type '",
        "my.toml:6: the file: has a right single quotation mark outside of a text; allowed: type '",
    ]


def test_a_blank_that_does_not_break_is_named():
    assert refusal(BLANK) == [
        "my.toml:1: the file: has a no-break space outside of a text; allowed: type a plain blank"
    ]


@pytest.mark.parametrize("character", "−–—\u200b\ufeff«»„＝，\u202f\u3000")
def test_other_characters_of_that_kind_are_named_too(character):
    ((line, name, remedy),) = foreign_characters(f"format = 1\nminutes = {character}10\n")
    assert line == 2 and name and remedy.startswith(("type ", "delete "))


def test_a_board_file_names_them_as_well():
    with pytest.raises(BoardFileError) as raised:
        parse(CURLY, "my.toml")
    assert raised.value.message.count("quotation mark outside of a text") == 4


def test_single_brackets_around_a_phase_are_told_from_double_ones():
    said = refusal('format = 1\nname = "own"\n\n[phase]\ntechnique = "top"\n')
    assert said == [
        "my.toml:4: phase = a table: is not a list of [[phase]] tables; allowed: 1 to 64 tables. "
        "Write [[phase]] with two brackets on each side."
    ]
