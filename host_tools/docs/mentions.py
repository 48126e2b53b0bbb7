"""Where a name of the firmware is used: functions of the firmware, and tests, read from the source as text."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from host_tools.docs.imports import ROOT

_FIRMWARE = ROOT / "firmware" / "instep"
_TESTS = ROOT / "tests"


@dataclass(frozen=True)
class Place:
    """A function in a file; `path` is relative to the repository."""

    path: str
    function: str


def functions_that_use(name: str, outside: str = "") -> list[Place]:
    """Return the firmware's functions and methods that mention `name`, except those in the file `outside`."""
    return [
        Place(path, function)
        for path, functions in _firmware().items()
        for function, words in functions
        if path != outside and name in words
    ]


def tables_that_name(name: str, path: str) -> list[str]:
    """Return the module-level tables in `path` whose values mention `name`."""
    tables = _tables(_tree(ROOT / path))
    return [table for table, words in tables.items() if name in words]


def tests_that_expect(names: frozenset[str]) -> list[Place]:
    """Return the tests with one of `names` in an assertion, in their parameters, or in a table that these use."""
    return [
        Place(path, function)
        for path, functions in _tests().items()
        for function, words in functions
        if not names.isdisjoint(words)
    ]


@cache
def _firmware() -> dict[str, list[tuple[str, frozenset[str]]]]:
    return {_relative(path): _functions(_tree(path)) for path in sorted(_FIRMWARE.rglob("*.py"))}


@cache
def _tests() -> dict[str, list[tuple[str, frozenset[str]]]]:
    return {_relative(path): _expectations(_tree(path)) for path in sorted(_TESTS.rglob("test_*.py"))}


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(tree: ast.Module) -> list[tuple[str, frozenset[str]]]:
    """Return every function with the words in it; a method as `Class.method`."""
    found = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            found.append((node.name, _words(node)))
        elif isinstance(node, ast.ClassDef):
            methods = [part for part in node.body if isinstance(part, ast.FunctionDef)]
            found += [(f"{node.name}.{method.name}", _words(method)) for method in methods]
    return found


def _expectations(tree: ast.Module) -> list[tuple[str, frozenset[str]]]:
    """Return every test with the words of its assertions and parameters, those of the module's tables included."""
    tables = _tables(tree)
    return [
        (node.name, _with_tables(_expected(node), tables))
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def _tables(tree: ast.Module) -> dict[str, frozenset[str]]:
    tables = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            tables[node.targets[0].id] = _words(node.value)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            tables[node.target.id] = _words(node.value)
    return tables


def _with_tables(words: frozenset[str], tables: dict[str, frozenset[str]]) -> frozenset[str]:
    return words.union(*(tables[word] for word in words if word in tables))


def _expected(test: ast.FunctionDef) -> frozenset[str]:
    parts: list[ast.AST] = [node for node in ast.walk(test) if isinstance(node, ast.Assert)]
    return frozenset[str]().union(*(_words(part) for part in [*parts, *test.decorator_list]))


def _words(tree: ast.AST) -> frozenset[str]:
    """Return all names, attributes and short texts."""
    words = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            words.add(node.id)
        elif isinstance(node, ast.Attribute):
            words.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            words.add(node.value)
    return frozenset(words)
