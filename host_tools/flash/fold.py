"""Replace the firmware's constants by their values, so that the board neither stores nor looks up their names.

A name costs the board a search through a module's globals at each use, and memory for its text in every file.
Folding edits the source in place: what it leaves can be read beside the source, line by line.
"""

import ast
from collections.abc import Iterator, Mapping

from host_tools.flash.constants import Constants, Module
from host_tools.flash.edit import Edit, apply_edits


def fold(sources: Mapping[str, str]) -> dict[str, str]:
    """Return the sources (dotted name: text) with values in place of constants, without the constants' definitions."""
    constants = Constants(sources)
    return {name: _fold_one(constants, constants.modules[name], source) for name, source in sources.items()}


def fold_outsider(constants: Constants, source: str) -> str:
    """Return a source from outside the firmware, which imports it, folded likewise."""
    return _fold_one(constants, constants.outsider(source), source)


def _fold_one(constants: Constants, module: Module, source: str) -> str:
    module.tree.body = [node for node in module.tree.body if not _is_for_type_checkers(node)]
    uses = list(_uses(constants, module, module.tree))
    remaining = _names_left(module.tree, {id(node) for node, _ in uses})
    edits = [Edit.of(node, f"({value})" if value < 0 else str(value)) for node, value in uses]
    for statement in module.tree.body:
        edits += _without_unused(constants, module, statement, remaining)
    original = ast.parse(source)
    edits += [Edit.of(node, "") for node in original.body if _is_for_type_checkers(node)]
    return apply_edits(source, edits)


def _is_for_type_checkers(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _uses(constants: Constants, module: Module, node: ast.AST) -> Iterator[tuple[ast.expr, int]]:
    """Yield the outermost expressions with a constant value, and that value; annotations are skipped."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Name | ast.Attribute) and isinstance(child.ctx, ast.Load):
            value = constants.value(module, child)
            if value is not None:
                yield child, value
                continue
        yield from _uses(constants, module, child)


def _names_left(tree: ast.Module, folded: set[int]) -> set[str]:
    """Return the names that are still used; annotations do not count, because MicroPython does not evaluate them."""
    found: set[str] = set()
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if id(node) in folded or isinstance(node, ast.arg):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.add(node.id)
        todo += ast.iter_child_nodes(node)
    return found


def _without_unused(constants: Constants, module: Module, statement: ast.stmt, remaining: set[str]) -> Iterator[Edit]:
    """Yield the edits that remove constants' definitions and unused names of imports."""
    if isinstance(statement, ast.Assign) and _defines_constants(module, statement):
        yield Edit.of(statement, "")
    elif isinstance(statement, ast.ImportFrom) and statement.module in (*constants.modules, *_parents(constants)):
        kept = [alias for alias in statement.names if (alias.asname or alias.name) in remaining]
        if not kept:
            yield Edit.of(statement, "")
        elif len(kept) < len(statement.names):
            names = ", ".join(ast.unparse(alias) for alias in kept)
            yield Edit.of(statement, f"from {statement.module} import {names}")


def _defines_constants(module: Module, statement: ast.Assign) -> bool:
    target = statement.targets[0]
    elements = target.elts if isinstance(target, ast.Tuple) else [target]
    names = [element.id for element in elements if isinstance(element, ast.Name)]
    return bool(names) and len(names) == len(elements) and all(name in module.constants for name in names)


def _parents(constants: Constants) -> set[str]:
    return {name.rpartition(".")[0] for name in constants.modules}
