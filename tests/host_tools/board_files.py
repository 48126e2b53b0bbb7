"""Board files for tests: the Pico's, with some values changed."""

import re

import pytest

from host_tools.board.check import check_text
from host_tools.board.findings import BoardFileError
from host_tools.board.load import find

REMOVED = ""


def edited(changes, board="pico"):
    """Return a shipped board's text with `table.key` (or a key of the head) set to a TOML value, or REMOVED."""
    lines = find(board).read_text().splitlines()
    for field, value in changes.items():
        table, _, key = field.rpartition(".")
        index = _line_of(lines, table, key)
        lines[index] = f"{key} = {value}" if value != REMOVED else ""
    return "\n".join(lines) + "\n"


def line_of(field, board="pico"):
    """Return the line (from 1) on which a shipped board has `table.key`."""
    table, _, key = field.rpartition(".")
    return _line_of(find(board).read_text().splitlines(), table, key) + 1


def _line_of(lines, table, key):
    current = ""
    for index, line in enumerate(lines):
        header = re.match(r"\[(\w+)\]", line)
        current = header.group(1) if header else current
        if current == table and re.match(rf"{key} *=", line):
            return index
    raise ValueError(f"the board file has no {table}.{key}")


def refusals(changes):
    """Return the sentences with which an edited board is refused, without file and line."""
    with pytest.raises(BoardFileError) as caught:
        check_text(edited(changes), "my.toml")
    return [line.split(": ", 1)[1] for line in caught.value.message.splitlines()]
