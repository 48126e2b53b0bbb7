"""Gather the simulator's Python that the page's machine needs, and nothing else (tree shaking).

Beginning with one class, every used definition is followed through the modules of the tree. A module keeps its used
definitions only: code that reads files or draws pictures is left out, with its imports.
"""

import ast
from collections.abc import Callable, Mapping
from pathlib import Path

from sim.page.errors import PageBuildError
from sim.page.micropython import rewrite

# Packages of this tree: a missing module of theirs is an error, as MicroPython does not have it either.
_OWN = ("sim", "host_tools")

ROOT = Path(__file__).resolve().parents[2]

Place = tuple[str, str]  # a module, and a name in it


class _Module:
    """One module: its tree, what binds each name, and where each imported name comes from ("" = a whole module)."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.tree = rewrite(path.read_text(encoding="utf-8"))
        self.imports: dict[str, Place] = {}
        self.bound: dict[str, list[ast.stmt]] = {}
        self.loose: list[ast.stmt] = []
        for node in self.tree.body:
            self._note(node)
        self.kept: set[int] = set()
        self.taken: dict[str, Place] = {}

    def _note(self, node: ast.stmt) -> None:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                self.imports[alias.asname or alias.name] = (node.module, alias.name)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                self.imports[alias.asname or alias.name] = (alias.name, "")
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            self.bound.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.Assign):
            for part in ast.walk(ast.Tuple(node.targets, ast.Store())):
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                    self.bound.setdefault(part.id, []).append(node)
        elif not isinstance(node, ast.Expr):
            self.loose.append(node)


class Gathering:
    """Follow definitions from `add` on; `texts` are then the modules by dotted name.

    `find` returns the file of a module of the tree, None for one that the page's machine has anyway. `instead` says
    which definition stands in for another. `partial` modules lack the definitions that nothing in the page uses.
    """

    def __init__(
        self,
        find: Callable[[str], Path | None],
        instead: Mapping[Place, Place],
        partial: frozenset[str] = frozenset(),
    ) -> None:
        self._find = find
        self._instead = instead
        self._partial = partial
        self._modules: dict[str, _Module] = {}

    def add(self, module: str, name: str) -> None:
        """Keep a definition and everything that it uses."""
        self._reach(module, name)
        for known in list(self._modules.values()):
            for node in known.loose:
                if id(node) not in known.kept and self._is_wanted(known, node):
                    self._keep(known, node)

    def texts(self) -> dict[str, str]:
        """Return the source of every module that is needed; a package's own file is empty."""
        return {name: _text(module) for name, module in self._modules.items() if module.kept or module.taken}

    def _module(self, name: str) -> _Module | None:
        if name not in self._modules:
            path = self._find(name)
            if path is None:
                return None
            self._modules[name] = _Module(name, path)
        return self._modules[name]

    def _reach(self, name: str, wanted: str) -> Place:
        """Keep the definition that the name `wanted` of a module leads to; return its place."""
        place = (name, wanted)
        if place in self._instead:
            return self._reach(*self._instead[place])
        module = self._module(name)
        if module is None:
            if name.partition(".")[0] in _OWN:
                raise PageBuildError(f"The page's machine needs the module {name}, which is not there.")
            return place
        if wanted in module.bound:
            for node in module.bound[wanted]:
                self._keep(module, node)
            return place
        if wanted in module.imports:
            source, there = module.imports[wanted]
            return self._imported(source, there)
        if self._find(f"{name}.{wanted}") is not None:
            return (f"{name}.{wanted}", "")
        if name in self._partial:
            return place
        raise PageBuildError(f"The page's machine needs {wanted} of {name}, which has no such name.")

    def _imported(self, source: str, there: str) -> Place:
        if not there or self._find(f"{source}.{there}") is not None:
            return (f"{source}.{there}".rstrip("."), "")
        return self._reach(source, there)

    def _keep(self, module: _Module, node: ast.stmt) -> None:
        if id(node) in module.kept:
            return
        module.kept.add(id(node))
        owners: set[int] = set()
        for part in ast.walk(node):
            if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
                owners.add(id(part.value))
                self._use_attribute(module, part.value.id, part.attr)
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load):
                self._use(module, part.id)
                if id(part) not in owners:
                    self._use_whole(module, part.id)

    def _use(self, module: _Module, name: str) -> None:
        place = (module.name, name)
        if place in self._instead:
            module.taken[name] = self._reach(*self._instead[place])
        elif name in module.bound:
            self._reach(module.name, name)
        elif name in module.imports:
            module.taken[name] = self._imported(*module.imports[name])

    def _use_whole(self, module: _Module, name: str) -> None:
        """Keep all of an imported module that is used as a value: any of its attributes may be read."""
        place = module.taken.get(name, ("", name))
        whole = None if place[1] else self._module(place[0])
        for bound in whole.bound if whole is not None else ():
            self._reach(place[0], bound)

    def _use_attribute(self, module: _Module, name: str, attribute: str) -> None:
        """Keep the definition of an attribute of an imported module."""
        if name in module.imports and name not in module.bound:
            whole, there = self._imported(*module.imports[name])
            owner = None if there else self._module(whole)
            if owner is not None and attribute in owner.imports:
                owner.taken[attribute] = self._imported(*owner.imports[attribute])
            elif owner is not None:
                self._reach(whole, attribute)

    def _is_wanted(self, module: _Module, node: ast.stmt) -> bool:
        """Return True if every definition that a statement at module level refers to is kept."""
        about = [part.id for part in ast.walk(node) if isinstance(part, ast.Name) and part.id in module.bound]
        return bool(about) and all(id(bound) in module.kept for name in about for bound in module.bound[name])


def _text(module: _Module) -> str:
    lines = []
    for local, (source, there) in sorted(module.taken.items()):
        if there:
            lines.append(f"from {source} import {there} as {local}")
        elif "." in source:
            package, _, name = source.rpartition(".")
            lines.append(f"from {package} import {name} as {local}")
        else:
            lines.append(f"import {source} as {local}")
    for node in module.tree.body:
        if id(node) in module.kept:
            lines.append(_statement(node))
    return "\n".join(lines) + "\n"


def _statement(node: ast.stmt) -> str:
    """Return a statement's text; a plain assignment gets an annotation, so that folding does not remove it."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return f"{node.targets[0].id}: 0 = {ast.unparse(node.value)}"
    return ast.unparse(ast.fix_missing_locations(node))
