"""Find out which function each call of a module means, as far as that is certain from its text."""

import array
import ast
import builtins
import hashlib
import io
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from host_tools.flash.scope import defined_names

# Class ("" for a function of the module) and name.
Key = tuple[str, str]

_INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_LIBRARY = (str, bytes, bytearray, memoryview, list, dict, set, tuple, int, array.array, io.BufferedRandom)
_LIBRARY_NAMES = frozenset(name for kind in (*_LIBRARY, type(hashlib.sha256())) for name in dir(kind))


class Mentions:
    """What one source says about names, found in one walk through its tree."""

    def __init__(self, tree: ast.Module) -> None:
        self.owners: dict[str, list[str]] = defaultdict(list)  # method: classes that have it
        self.bases: set[str] = set()
        self.data: set[str] = set()  # attributes that are set
        self.names: Counter[str] = Counter()  # names that are read
        self.by_self: Counter[Key] = Counter()  # class and attribute read by `self`
        self.by_others: Counter[str] = Counter()  # attributes read of other objects
        self.by_names: Counter[str] = Counter()  # attributes read of classes and modules
        self.imported: set[str] = set()
        self.classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
        nodes = [
            (statement.name if isinstance(statement, ast.ClassDef) else "", node)
            for statement in tree.body
            for node in ast.walk(statement)
        ]
        for _, node in nodes:
            if isinstance(node, ast.Import | ast.ImportFrom):
                self.imported |= {alias.asname or alias.name for alias in node.names}
                self.names.update(alias.name for alias in node.names)
        for owner, node in nodes:
            if isinstance(node, ast.Attribute):
                self._see_attribute(owner, node)
            elif isinstance(node, ast.Name):
                self.names[node.id] += isinstance(node.ctx, ast.Load)
            elif isinstance(node, ast.ClassDef):
                self._see_class(node)

    def _see_attribute(self, owner: str, node: ast.Attribute) -> None:
        receiver = node.value.id if isinstance(node.value, ast.Name) else ""
        if not isinstance(node.ctx, ast.Load):
            self.data.add(node.attr)
        elif receiver == "self":
            self.by_self[owner, node.attr] += 1
        elif receiver in self.imported or receiver in self.classes:
            self.by_names[node.attr] += 1
        else:
            self.by_others[node.attr] += 1

    def _see_class(self, node: ast.ClassDef) -> None:
        self.bases |= {base.id for base in node.bases if isinstance(base, ast.Name)}
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                self.owners[part.name].append(node.name)
            elif isinstance(part, ast.Assign):
                self.data |= {target.id for target in part.targets if isinstance(target, ast.Name)}

    def foreign_names(self) -> set[str]:
        """Return the names that may mean a function of another source."""
        own = {(owner, name) for name, owners in self.owners.items() for owner in owners}
        by_self = {name for owner, name in self.by_self if (owner, name) not in own}
        return by_self | self.by_others.keys() | self.by_names.keys() | self.names.keys()


class Functions:
    """The functions of a module; `outside` is what further sources say, which may use them."""

    def __init__(self, tree: ast.Module, outside: Sequence[Mentions]) -> None:
        self._tree = tree
        self._own = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        self._classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
        self._inside = inside = Mentions(tree)
        everything = [inside, *outside]
        self._not_objects = inside.imported | inside.classes
        self._bases = set().union(*(part.bases for part in everything))
        owners = Counter(name for part in everything for name, owners in part.owners.items() for _ in owners)
        used_on_others = {name for part in everything for name in part.by_others}
        # Names that mean something else somewhere: data, methods of several classes or of the library, other sources'.
        self._barred = set().union(*(part.data for part in everything))
        self._barred |= used_on_others & ({name for name, count in owners.items() if count > 1} | _LIBRARY_NAMES)
        self._barred |= set().union(*(part.foreign_names() for part in outside)) | inside.by_names.keys()
        # The names that a local name must not have.
        self.global_names = {*defined_names(tree), *dir(builtins), *inside.imported}

    def uses(self, key: Key) -> int:
        """Return how often a function is called or named."""
        owner, name = key
        if not owner:
            return self._inside.names[name]
        return self._inside.by_self[key] + self._inside.by_others[name]

    def candidates(self) -> dict[Key, ast.FunctionDef]:
        """Return the functions whose every use is known."""
        return {
            key: function for key, function in self._functions() if self._is_certain(key) and _is_undecorated(function)
        }

    def callers(self) -> Iterator[tuple[str, ast.FunctionDef]]:
        """Yield each function that may get bodies of others, and its class: bytecode without inner functions."""
        for (owner, _), function in self._functions():
            has_inner = any(isinstance(node, _INNER) for node in ast.walk(function) if node is not function)
            if not has_inner and _is_undecorated(function):
                yield owner, function

    def key_of(self, node: ast.expr, owner: str) -> Key | None:
        """Return the function that a name or attribute in a method of `owner` means, None if that is not certain."""
        if isinstance(node, ast.Name):
            return self._certain("", node.id)
        if not isinstance(node, ast.Attribute) or node.attr in self._barred:
            return None
        receiver = node.value.id if isinstance(node.value, ast.Name) else ""
        if receiver == "self":
            return self._certain(owner, node.attr)
        owners = self._inside.owners.get(node.attr, [])
        return self._certain(owners[0], node.attr) if len(owners) == 1 and receiver not in self._not_objects else None

    def calls(self, function: ast.FunctionDef) -> set[Key]:
        """Return what may be meant by the names in a function, of whatever class it is."""
        found: set[Key] = set()
        for node in ast.walk(function):
            if isinstance(node, ast.Name):
                found.add(("", node.id))
            elif isinstance(node, ast.Attribute):
                found |= {(owner, node.attr) for owner in self._inside.owners.get(node.attr, ())}
        return found

    def remove(self, keys: Collection[Key]) -> None:
        """Remove the definitions of functions."""
        self._tree.body = [node for node in self._tree.body if ("", getattr(node, "name", "")) not in keys]
        for owner, node in self._classes.items():
            kept = [part for part in node.body if (owner, getattr(part, "name", "")) not in keys]
            node.body = kept or [ast.Pass()]

    def _functions(self) -> Iterator[tuple[Key, ast.FunctionDef]]:
        yield from ((("", name), function) for name, function in self._own.items())
        for owner, node in self._classes.items():
            yield from (((owner, part.name), part) for part in node.body if isinstance(part, ast.FunctionDef))

    def _certain(self, owner: str, name: str) -> Key | None:
        return (owner, name) if self._is_certain((owner, name)) else None

    def _is_certain(self, key: Key) -> bool:
        owner, name = key
        if name in self._barred or name.startswith("__"):
            return False
        if not owner:
            return name in self._own
        is_alone = owner in self._classes and not self._classes[owner].bases and owner not in self._bases
        return is_alone and owner in self._inside.owners.get(name, ())


def _is_undecorated(function: ast.FunctionDef) -> bool:
    """Return True for bytecode that is called as it stands; a property counts as that."""
    return all(isinstance(node, ast.Name) and node.id == "property" for node in function.decorator_list)
