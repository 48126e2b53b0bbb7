"""Change single figures and lists of a board file, with a dated remark; comments and order stay."""

import re
from collections.abc import Iterable, Mapping, Set
from datetime import date

import tomlkit
from tomlkit.items import InlineTable, Table

from host_tools.board.check import check_text
from host_tools.board.schema import REVERSED
from host_tools.errors import InstepError
from instep.hal.board import ROLLER_NAMES

BRIDGES, ENCODERS = "bridges", "encoders"

# The remark of an earlier calibration, behind a person's own comment.
_REMARK = re.compile(r"\| (seen|measured) \d{4}-\d{2}-\d{2}.*")


def with_reversed(text: str, file: str, toggled: Mapping[str, Set[str]], when: date) -> str:
    """Return the text with the rollers of `toggled`, by table, added to or removed from its list `reversed`.

    Raise BoardFileError if the result breaks a rule of board files.
    """
    document = tomlkit.parse(text)
    for name, rollers in toggled.items():
        table = _table(document, name)
        before = set(table[REVERSED])
        after = [roller for roller in ROLLER_NAMES if (roller in before) != (roller in rollers)]
        if rollers:
            _replace(table, REVERSED, after, f"seen {when.isoformat()}: {', '.join(after) or 'none'}")
    return _checked(document, file)


def with_figures(text: str, file: str, figures: Mapping[tuple[str, str], tuple[int, str]], when: date) -> str:
    """Return the text with measured figures: (table, name) to value and spread.

    Raise BoardFileError if the result breaks a rule of board files.
    """
    document = tomlkit.parse(text)
    for (name, key), (value, spread) in figures.items():
        table = _table(document, name)
        _replace(table, key, value, f"measured {when.isoformat()}, spread {spread}")
    return _checked(document, file)


def refuse_inline(text: str, file: str, names: Iterable[str]) -> None:
    """Raise InstepError if one of the tables is written in braces: no remark fits behind its figures."""
    document = tomlkit.parse(text)
    for name in names:
        if isinstance(document.get(name), InlineTable):
            raise InstepError(
                f"{file}: {name} is written in braces, so no remark fits behind its figures.",
                f"Write it as [{name}] with one figure a line, as in the board file that comes with Instep.",
            )


def _table(document: tomlkit.TOMLDocument, name: str) -> Table:
    table = document[name]
    assert isinstance(table, Table), "the board file was checked, and refuse_inline asked"
    return table


def _replace(table: Table, key: str, value: object, remark: str) -> None:
    """Replace a value and the remark behind its comment."""
    kept = _REMARK.sub("", table[key].trivia.comment.removeprefix("#")).strip()
    table[key] = value
    table[key].comment(f"{kept} | {remark}".lstrip())


def _checked(document: tomlkit.TOMLDocument, file: str) -> str:
    changed = tomlkit.dumps(document)
    check_text(changed, file)
    return changed
