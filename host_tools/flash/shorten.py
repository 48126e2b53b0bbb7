"""Shorten the names of parameters and of objects' private data, which nothing outside uses.

A board stores the text of every name, and a table entry for each different one; a few names used everywhere cost
almost nothing. Functions, methods and modules keep their names, because tracebacks show them.
"""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count, product
from string import ascii_lowercase

from host_tools.flash.edit import Edit, apply_edits

_Function = ast.FunctionDef | ast.AsyncFunctionDef
_KEPT = frozenset({"self", "cls"})


def shorten(sources: Mapping[str, str], others: Mapping[str, str]) -> dict[str, str]:
    """Return the sources (name: text) with short names; `others` are further sources that may use the long ones."""
    trees = {name: ast.parse(source) for name, source in sources.items()}
    everything = [*trees.values(), *(ast.parse(source) for source in others.values())]
    keywords = {node.arg for tree in everything for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    own = _own_data(everything)
    return {
        name: apply_edits(sources[name], [*_parameters(tree, keywords), *_data(tree, own)])
        for name, tree in trees.items()
    }


def _parameters(tree: ast.Module, keywords: set[str | None]) -> Iterator[Edit]:
    """Yield the edits for the parameters of functions without nested functions."""
    for function in ast.walk(tree):
        if not isinstance(function, _Function) or _has_inner(function):
            continue
        taken = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)} | _KEPT
        short = _names(taken)
        renamed = {
            node.arg: next(short)
            for node in ast.walk(function.args)
            if isinstance(node, ast.arg) and node.arg not in _KEPT and node.arg not in keywords
        }
        for node in ast.walk(function):
            if isinstance(node, ast.arg) and node.arg in renamed:
                yield Edit.at(node, len(node.arg), renamed[node.arg])
            elif isinstance(node, ast.Name) and node.id in renamed:
                yield Edit.at(node, len(node.id), renamed[node.id])


def _has_inner(function: _Function) -> bool:
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
    return any(isinstance(node, inner) for node in ast.walk(function) if node is not function)


def _data(tree: ast.Module, own: set[str]) -> Iterator[Edit]:
    """Yield the edits for the private data of each class."""
    for owner in _classes(tree):
        uses = [node for node in _self_attributes(owner) if node.attr in own]
        short = (f"_{name}" for name in _names(set()))
        taken = {node.attr for node in _self_attributes(owner)} | _methods(owner)
        renamed = {name: _untaken(short, taken) for name in sorted({node.attr for node in uses})}
        for node in uses:
            yield Edit.at_end(node, len(node.attr), renamed[node.attr])


def _own_data(trees: list[ast.Module]) -> set[str]:
    """Return the private data names of classes without base or derived classes that are used on `self` only."""
    uses: Counter[str] = Counter()
    by_self: Counter[str] = Counter()
    barred: set[str] = set()
    bases = {base for tree in trees for base in _bases(tree)}
    for tree in trees:
        uses.update(node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
        for owner in _classes(tree):
            names = [node.attr for node in _self_attributes(owner)]
            by_self.update(names)
            barred |= _methods(owner)
            if owner.bases or owner.name in bases:
                barred.update(names)
    return {name for name in by_self if name[0] == "_" and by_self[name] == uses[name] and name not in barred}


def _self_attributes(owner: ast.ClassDef) -> list[ast.Attribute]:
    return [
        node
        for node in ast.walk(owner)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self"
    ]


def _methods(owner: ast.ClassDef) -> set[str]:
    """Return the names that a class defines in its body."""
    names = {node.name for node in owner.body if isinstance(node, _Function)}
    assigned = [target for node in owner.body if isinstance(node, ast.Assign) for target in node.targets]
    return names | {target.id for target in assigned if isinstance(target, ast.Name)}


def _classes(tree: ast.Module) -> list[ast.ClassDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def _bases(tree: ast.Module) -> set[str]:
    return {base.id for owner in _classes(tree) for base in owner.bases if isinstance(base, ast.Name)}


def _untaken(short: Iterator[str], taken: set[str]) -> str:
    return next(name for name in short if name not in taken)


def _names(taken: set[str]) -> Iterator[str]:
    """Yield a, b, ... z, aa, ab, ... except the names in `taken`."""
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            name = "".join(letters)
            if name not in taken:
                yield name
