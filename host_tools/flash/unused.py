"""Remove the definitions that nothing on a board uses: names, units and words that only the laptop reads.

A module's unused function or constant costs a board its memory all the same.
"""

import ast
from collections.abc import Iterator, Mapping

from host_tools.flash.edit import Edit, apply_edits


def without_unused(sources: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Return the sources (name: text) without unused functions and constants; `others` may use them too.

    What only an unused definition uses is unused as well. Names count wherever they stand, so that a use through a
    module (`states.NAMES`) keeps every definition of that name.
    """
    kept = dict(sources)
    while True:
        used = {name for source in (*kept.values(), *others.values()) for name in _uses(ast.parse(source))}
        smaller = {name: apply_edits(source, list(_edits(source, used))) for name, source in kept.items()}
        if smaller == kept:
            return kept
        kept = smaller


def _uses(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name


def _edits(source: str, used: set[str]) -> Iterator[Edit]:
    return (Edit.of(statement, "") for statement in ast.parse(source).body if _is_unused(statement, used))


def _is_unused(statement: ast.stmt, used: set[str]) -> bool:
    if isinstance(statement, ast.FunctionDef):
        return statement.name not in used
    return isinstance(statement, ast.Assign) and _is_plain(statement) and not used & set(_targets(statement))


def _is_plain(statement: ast.Assign) -> bool:
    """Return True if an assignment only gives names to values: a call might do something else as well."""
    are_names = all(isinstance(target, ast.Name) for target in statement.targets)
    return are_names and not any(isinstance(node, ast.Call) for node in ast.walk(statement.value))


def _targets(statement: ast.Assign) -> Iterator[str]:
    return (target.id for target in statement.targets if isinstance(target, ast.Name))
