"""Edit a source in place, by the places of its syntax tree: lines keep their numbers."""

import ast
from dataclasses import dataclass

_Node = ast.stmt | ast.expr | ast.arg


@dataclass(frozen=True)
class Edit:
    """Replace what stands from `start` to `end` (line from 1, column in bytes)."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str

    @classmethod
    def of(cls, node: _Node, text: str) -> "Edit":
        """Return the edit that puts `text` in the place of a node."""
        return cls((node.lineno, node.col_offset), _end(node), text)

    @classmethod
    def at(cls, node: _Node, length: int, text: str) -> "Edit":
        """Return the edit that replaces the first `length` bytes of a node."""
        start = (node.lineno, node.col_offset)
        return cls(start, (start[0], start[1] + length), text)

    @classmethod
    def at_end(cls, node: _Node, length: int, text: str) -> "Edit":
        """Return the edit that replaces the last `length` bytes of a node."""
        end = _end(node)
        return cls((end[0], end[1] - length), end, text)


def _end(node: _Node) -> tuple[int, int]:
    assert node.end_lineno is not None and node.end_col_offset is not None
    return node.end_lineno, node.end_col_offset


def apply_edits(source: str, edits: list[Edit]) -> str:
    """Make the edits from the end backwards; a text that goes over several lines leaves them empty."""
    lines = source.encode().split(b"\n")
    for edit in sorted(_outermost(edits), key=lambda edit: edit.start, reverse=True):
        (first, start), (last, end) = edit.start, edit.end
        head, tail = lines[first - 1][:start], lines[last - 1][end:]
        lines[first - 1 : last] = [head + edit.text.encode() + tail, *[b""] * (last - first)]
    return b"\n".join(lines).decode()


def _outermost(edits: list[Edit]) -> list[Edit]:
    """Return the edits that are not inside another: a removed statement needs no folding."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, [-place for place in edit.end])):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept
