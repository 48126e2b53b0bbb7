"""Merge many modules into one: each module's table of names costs a board memory and boot time.

The modules follow each other in the order of their imports. A name that two of them define gets the module's name as
its prefix; imports between them become the one name that the bundle has.
"""

import ast
import builtins
from collections.abc import Collection, Iterator, Mapping
from graphlib import TopologicalSorter

from host_tools.flash.edit import Edit, apply_edits
from host_tools.flash.scope import defined_names, local_names, module_uses


class Bundle:
    """The bundle `name` of the modules `members`, keys of `sources` (dotted name: text)."""

    def __init__(self, name: str, members: Collection[str], sources: Mapping[str, str]) -> None:
        self.name = name
        self._trees = {member: ast.parse(sources[member]) for member in members}
        self._sources = sources
        self._order = self._sorted()
        self._names = self._unique_names()

    def text(self) -> str:
        """Return the bundle's source."""
        parts = [apply_edits(self._sources[member], list(self._edits(member))) for member in self._order]
        return "\n".join(line for part in parts for line in part.split("\n") if line.strip()) + "\n"

    def outsider(self, source: str) -> str:
        """Return the source of a module outside, with imports of the members replaced by imports of the bundle."""
        tree = ast.parse(source)
        modules = self._module_aliases(tree)
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and _members(node, self._trees)]
        return apply_edits(
            source,
            [Edit.of(node, "; ".join(self._imports(node))) for node in imports]
            + [
                Edit.at_end(node, len(node.attr), self._names[modules[node.value.id], node.attr])
                for node in ast.walk(tree)
                if isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and (modules.get(node.value.id, ""), node.attr) in self._names
            ],
        )

    def _imports(self, node: ast.ImportFrom) -> Iterator[str]:
        """Yield an import statement for each name that an import defines."""
        package, _, bundle = self.name.rpartition(".")
        for alias in node.names:
            local = alias.asname or alias.name
            if f"{node.module}.{alias.name}" in self._trees:
                yield f"from {package} import {bundle} as {local}"
            elif node.module in self._trees:
                yield f"from {self.name} import {self._names[node.module, alias.name]} as {local}"
            else:
                yield f"from {node.module} import {alias.name} as {local}"

    def _sorted(self) -> list[str]:
        graph = {
            member: sorted({module for module, _ in imported(tree, self._trees)} - {member})
            for member, tree in self._trees.items()
        }
        return list(TopologicalSorter(graph).static_order())

    def _unique_names(self) -> dict[tuple[str, str], str]:
        """Return the name in the bundle of each name that a member defines."""
        taken = set(dir(builtins)).union(*(local_names(tree) for tree in self._trees.values()))
        for tree in self._trees.values():
            taken |= set(_outside_imports(tree, self._trees))
        names = {}
        for member in self._order:
            for name in defined_names(self._trees[member]):
                unique = name if name not in taken else f"{name}_{member.rpartition('.')[2]}"
                while unique in taken:
                    unique += "_"
                taken.add(unique)
                names[member, name] = unique
        return names

    def _module_aliases(self, tree: ast.Module) -> dict[str, str]:
        """Return the names that stand for a whole member."""
        return {alias: module for module, names in imported(tree, self._trees) for alias, there in names if not there}

    def _edits(self, member: str) -> Iterator[Edit]:
        tree = self._trees[member]
        renamed = {name: unique for (owner, name), unique in self._names.items() if owner == member}
        modules = self._module_aliases(tree)
        for module, names in imported(tree, self._trees):
            renamed |= {alias: self._names[module, there] for alias, there in names if there}
        yield from self._import_edits(tree)
        yield from _attribute_edits(tree, modules, self._names)
        for use in module_uses(tree):
            if use.id in renamed and renamed[use.id] != use.id:
                yield Edit.of(use, renamed[use.id])
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and renamed[node.name] != node.name:
                keyword = "def " if isinstance(node, ast.FunctionDef) else "class "
                start = (node.lineno, node.col_offset + len(keyword))
                yield Edit(start, (start[0], start[1] + len(node.name)), renamed[node.name])

    def _import_edits(self, tree: ast.Module) -> Iterator[Edit]:
        """Remove imports of members from each other; inside a function a `pass` replaces them."""
        top = set(map(id, tree.body))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and _members(node, self._trees):
                yield Edit.of(node, "" if id(node) in top else "pass")


def _attribute_edits(
    tree: ast.Module, modules: Mapping[str, str], names: Mapping[tuple[str, str], str]
) -> Iterator[Edit]:
    """Replace `module.name` by `name`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            yield Edit.of(node, names[modules[node.value.id], node.attr])


def _members(node: ast.ImportFrom, modules: Collection[str]) -> bool:
    return node.module in modules or any(f"{node.module}.{alias.name}" in modules for alias in node.names)


def imported(tree: ast.Module, modules: Collection[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each import from `modules`: module, (local name, name in it); the latter is empty for a whole module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in modules:
                    yield whole, [(alias.asname or alias.name, "")]
                elif node.module in modules:
                    yield node.module, [(alias.asname or alias.name, alias.name)]


def _outside_imports(tree: ast.Module, modules: Collection[str]) -> Iterator[str]:
    """Yield the names that imports from outside the bundle define."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) or (isinstance(node, ast.ImportFrom) and not _members(node, modules)):
            yield from (alias.asname or alias.name for alias in node.names)
