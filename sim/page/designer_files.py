"""Gather the Python of the designer: the checker and compiler of stroke programs with all that they import."""

import ast
from importlib import metadata
from pathlib import Path

from sim.page.shake import ROOT
from sim.page.sources import FIRMWARE

# The modules that the page calls; sim/page/designer.py is the page's own.
_ENTRY = "sim.page.designer"
_ROOTS = {"instep": FIRMWARE, "micropython": ROOT / "host_tools" / "cpython"}
_TREE = ("sim", "host_tools", *_ROOTS)


def designer_files() -> dict[str, str]:
    """Return the sources, with tomlkit's, by their path below Pyodide's folder of modules."""
    found: dict[str, str] = {}
    _gather(_ENTRY, found)
    return {path: _shortened(text) for path, text in (found | _tomlkit()).items()}


def _shortened(source: str) -> str:
    """Return a source without comments and docstrings, which are a third of what the page would load."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


def _gather(module: str, found: dict[str, str]) -> None:
    for name in _with_packages(module):
        path = _path(name)
        if path is None:
            continue
        root = _ROOTS.get(name.partition(".")[0], ROOT)
        key = str(path.relative_to(root))
        if key in found:
            continue
        found[key] = path.read_text(encoding="utf-8")
        for imported in _imports(found[key]):
            _gather(imported, found)


def _with_packages(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _path(module: str) -> Path | None:
    top = module.partition(".")[0]
    if top not in _TREE:
        return None
    path = _ROOTS.get(top, ROOT).joinpath(*module.split("."))
    candidates = (path.with_suffix(".py"), path / "__init__.py")
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def _imports(source: str) -> list[str]:
    """Return the modules that a source imports, names of modules inside packages included."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return names


def _tomlkit() -> dict[str, str]:
    """Return tomlkit, which is pure Python, as it is installed."""
    files = metadata.files("tomlkit") or []
    return {str(file): file.read_text() for file in files if str(file).startswith("tomlkit/") and file.suffix == ".py"}
