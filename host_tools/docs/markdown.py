"""Pieces of Markdown that several generated pages share."""

from collections.abc import Iterable


def made_from(source: str) -> str:
    """Return the comment at the head of a generated page; `source` names the file that holds its facts."""
    return f"<!-- Made by `make docs` from {source}. Change that file, then run `make docs`. -->"


def link(path: str, words: str = "") -> str:
    """Return a link from a page in `docs/` to a path of the repository; its words are the path unless given."""
    return f"[{words or path}](../{path})"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return the lines of a table."""
    lines = [_row(head), "|---" * len(head) + "|"]
    return lines + [_row(row) for row in rows]


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"
