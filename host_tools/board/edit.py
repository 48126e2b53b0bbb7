"""Change a board file: only the lists of reversed rollers, with a dated remark; comments and order stay."""

from collections.abc import Set
from datetime import date

import tomlkit
from tomlkit.items import Table

from host_tools.board.check import check_text
from host_tools.board.schema import REVERSED
from instep.hal.board import ROLLER_NAMES

BRIDGES, ENCODERS = "bridges", "encoders"


def with_reversed(text: str, file: str, toggled: dict[str, Set[str]], when: date) -> str:
    """Return the text with the rollers of `toggled`, by table, added to or removed from its list `reversed`.

    Raise BoardFileError if the result breaks a rule of board files.
    """
    document = tomlkit.parse(text)
    for name, rollers in toggled.items():
        table = document[name]
        assert isinstance(table, Table), "the board file was checked"
        before = set(table[REVERSED])
        after = [roller for roller in ROLLER_NAMES if (roller in before) != (roller in rollers)]
        if rollers:
            old = table[REVERSED].trivia.comment.removeprefix("#").strip()
            table[REVERSED] = after
            remark = f"seen {when.isoformat()}: {', '.join(after) or 'none'}"
            table[REVERSED].comment(f"{old.partition(' | ')[0]} | {remark}".removeprefix(" | "))
    changed = tomlkit.dumps(document)
    check_text(changed, file)
    return changed
