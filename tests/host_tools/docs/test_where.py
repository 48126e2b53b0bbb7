"""The map names files that exist, and names that these files define."""

import ast
import re

import pytest

from host_tools.docs.imports import ROOT

_PAGE = ROOT / "docs" / "architecture.md"
_FILE = re.compile(r"\]\(\.\./([^)]+\.py)\)")
_NAME = re.compile(r"`([A-Za-z_][\w.]*)`")


def rows(text):
    """Return the rows of the tables under "Where is …" that link to Python files and give names."""
    lines = text.partition("## Where is")[2].splitlines()
    return [line for line in lines if line.startswith("|") and _FILE.search(line) and _names(line)]


def _names(line):
    """Return the names in a row, without commands and programs."""
    return [name for name in _NAME.findall(line) if name not in ("guard", "instep")]


def defined(path):
    """Return the names that a module defines: functions, classes, methods, module-level names."""
    names = set()
    for node in ast.parse((ROOT / path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            methods = [part.name for part in node.body if isinstance(part, ast.FunctionDef)]
            names |= {*methods, *(f"{node.name}.{method}" for method in methods)}
    return names


def missing(line):
    """Return the names of a row that none of its files defines."""
    found = set().union(*(defined(path) for path in _FILE.findall(line)))
    return [name for name in _names(line) if name not in found]


@pytest.mark.parametrize("line", rows(_PAGE.read_text(encoding="utf-8")), ids=lambda line: line[2:40])
def test_every_name_stands_in_one_of_the_files_beside_it(line):
    assert not missing(line)


def test_a_name_that_is_gone_is_found():
    line = "| a | [app.py](../firmware/instep/app.py) | `App.tick`, `App.no_such_method`, `NO_SUCH_TABLE` |"
    assert rows(f"## Where is …\n{line}") == [line]
    assert missing(line) == ["App.no_such_method", "NO_SUCH_TABLE"]
