"""Find the names that a module defines, and their uses, in its syntax tree."""

import ast
from collections.abc import Iterable, Iterator

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def defined_names(tree: ast.Module) -> list[str]:
    """Return the names that a module's own statements define, without imports, each once."""
    names: dict[str, None] = {}
    for statement in tree.body:
        for node in _outside_functions(statement):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names[node.name] = None
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names[node.id] = None
    return list(names)


def local_names(tree: ast.Module) -> set[str]:
    """Return every name that is local to a function or class of a module."""
    return {
        name
        for node in ast.walk(tree)
        if isinstance(node, _Function | _Comprehension | ast.ClassDef)
        for name in _own(node)
    }


def mentioned_names(sources: Iterable[str]) -> set[str]:
    """Return every name, attribute and import that stands in some sources, and every text that could be a name."""
    found = set()
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.Name):
                found.add(node.id)
            elif isinstance(node, ast.alias):
                found.add(node.name)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                found.add(node.value)
    return found


def module_uses(tree: ast.Module) -> Iterator[ast.Name]:
    """Yield each use of a module's name; names local to functions and classes are skipped."""
    yield from _uses(tree, frozenset())


def _uses(node: ast.AST, hidden: frozenset[str]) -> Iterator[ast.Name]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Name):
            if child.id not in hidden:
                yield child
        elif isinstance(child, ast.ClassDef):
            yield from _uses_in_class(child, hidden)
        elif isinstance(child, _Function | _Comprehension):
            yield from _uses(child, hidden | _own(child))
        else:
            yield from _uses(child, hidden)


def _uses_in_class(owner: ast.ClassDef, hidden: frozenset[str]) -> Iterator[ast.Name]:
    """Yield the uses in a class; its methods do not see the names of its body."""
    own = _own(owner)
    for part in owner.body:
        if isinstance(part, ast.FunctionDef):
            yield from _uses(part, hidden | _own(part))
        else:
            yield from _uses(ast.Module([part], []), hidden | own)
    heads: list[ast.stmt] = [ast.Expr(expression) for expression in [*owner.bases, *owner.decorator_list]]
    yield from _uses(ast.Module(heads, []), hidden)


def _own(node: ast.AST) -> frozenset[str]:
    """Return the names local to a function, comprehension or class, and to those inside it."""
    if isinstance(node, ast.ClassDef):
        stores = [inner for part in node.body for inner in _outside_functions(part)]
    else:
        stores = list(ast.walk(node))
    shared = {name for inner in stores if isinstance(inner, ast.Global) for name in inner.names}
    names = {inner.id for inner in stores if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)}
    names |= {inner.arg for inner in stores if isinstance(inner, ast.arg)}
    names |= {
        inner.name for inner in stores if isinstance(inner, ast.FunctionDef | ast.ClassDef) and inner is not node
    }
    names |= {inner.name for inner in stores if isinstance(inner, ast.ExceptHandler) and inner.name}
    return frozenset(names - shared)


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a statement and its parts, except those inside a function or class."""
    yield node
    if isinstance(node, _Function | ast.ClassDef | _Comprehension):
        return
    for child in ast.iter_child_nodes(node):
        yield from _outside_functions(child)
