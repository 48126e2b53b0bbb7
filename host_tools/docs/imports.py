"""The project's modules and what each of them imports, read from the source without running it."""

import ast
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Folder: what Python puts on its path for it. The names of the modules in it begin below that.
SOURCES = {"firmware": ROOT / "firmware", "host_tools": ROOT, "sim": ROOT}


@dataclass(frozen=True)
class Import:
    """One imported module, or name of a module, in full; `at_run_time` is False under `if TYPE_CHECKING:`."""

    name: str
    line: int
    at_run_time: bool


def project_modules() -> dict[str, Path]:
    """Return every module of firmware, host_tools and sim by its full name; a package goes by its folder's name."""
    modules = {}
    for folder, base in SOURCES.items():
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(base).with_suffix("").parts
            modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return modules


def imports_of(module: str, source: str) -> list[Import]:
    """Return the imports of `source` at any depth; `from a import b` is `a.b`, whether or not b is a module."""
    found: list[Import] = []
    _collect(ast.parse(source), module, True, found)
    return found


def module_of(name: str, modules: Collection[str]) -> str | None:
    """Return the longest of `modules` that `name` equals or lies in; None if there is none."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name or None


def _collect(node: ast.AST, module: str, at_run_time: bool, found: list[Import]) -> None:
    if isinstance(node, ast.Import):
        found += [Import(alias.name, node.lineno, at_run_time) for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        base = _absolute(node, module)
        found += [Import(f"{base}.{alias.name}", node.lineno, at_run_time) for alias in node.names]
    elif isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
        for statement in node.body:
            _collect(statement, module, False, found)
        for statement in node.orelse:
            _collect(statement, module, at_run_time, found)
    else:
        for child in ast.iter_child_nodes(node):
            _collect(child, module, at_run_time, found)


def _absolute(node: ast.ImportFrom, module: str) -> str:
    if node.level == 0:
        return node.module or ""
    package = module.split(".")[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])
