"""Find a firmware's constants: names that one module-level statement sets to an integer."""

import ast
import operator
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_OPERATORS: dict[type[ast.operator], Callable[[int, int], int]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
    ast.BitXor: operator.xor,
}


@dataclass
class Module:
    """One source file: `constants` it defines, `names` it imports (local name: module, name there or "")."""

    tree: ast.Module
    constants: dict[str, int] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)


class Constants:
    """The constants of all modules of `sources` (dotted name: source)."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self.modules = {name: Module(ast.parse(source)) for name, source in sources.items()}
        for module in self.modules.values():
            self._read_imports(module)
        # A constant may depend on another module's: repeat until no more are found.
        while sum(self._read_constants(module) for module in self.modules.values()):
            pass

    def outsider(self, source: str) -> Module:
        """Return a source from outside the modules, which may import them, as a Module."""
        module = Module(ast.parse(source))
        self._read_imports(module)
        while self._read_constants(module):
            pass
        return module

    def value(self, module: Module, node: ast.expr) -> int | None:
        """Return the value of an expression of `module` if it is a known integer, else None."""
        if isinstance(node, ast.Constant):
            return node.value if isinstance(node.value, int) else None
        if isinstance(node, ast.Name):
            return self._named(module, node.id)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            return self._attribute(module, node.value.id, node.attr)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            operand = self.value(module, node.operand)
            return None if operand is None else -operand
        if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
            left, right = self.value(module, node.left), self.value(module, node.right)
            return None if left is None or right is None else _OPERATORS[type(node.op)](left, right)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "const":
            return self.value(module, node.args[0])
        return None

    def _named(self, module: Module, name: str) -> int | None:
        if name in module.constants:
            return module.constants[name]
        source, there = module.names.get(name, ("", ""))
        return self._named(self.modules[source], there) if there and source in self.modules else None

    def _attribute(self, module: Module, name: str, attribute: str) -> int | None:
        source, there = module.names.get(name, ("", ""))
        return None if there or source not in self.modules else self._named(self.modules[source], attribute)

    def _read_imports(self, module: Module) -> None:
        """Record the origin of each name that `from … import` defines: a module, or a name in one."""
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    target = (whole, "") if whole in self.modules else (node.module, alias.name)
                    module.names[alias.asname or alias.name] = target

    def _read_constants(self, module: Module) -> int:
        """Add the constants that can be computed now; return how many are new."""
        stores = Counter(
            node.id for node in ast.walk(module.tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        )
        arguments = {node.arg for node in ast.walk(module.tree) if isinstance(node, ast.arg)}
        before = len(module.constants)
        for statement in module.tree.body:
            for name, value in self._assigned(module, statement).items():
                if stores[name] == 1 and name not in arguments:
                    module.constants[name] = value
        return len(module.constants) - before

    def _assigned(self, module: Module, statement: ast.stmt) -> dict[str, int]:
        """Return the names that a statement sets to known integers, with their values."""
        if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
            return {}
        target, value = statement.targets[0], statement.value
        if isinstance(target, ast.Name):
            number = self.value(module, value)
            return {} if number is None else {target.id: number}
        if isinstance(target, ast.Tuple) and _is_count(value):
            names = [element.id for element in target.elts if isinstance(element, ast.Name)]
            return {name: number for number, name in enumerate(names)} if len(names) == len(target.elts) else {}
        return {}


def _is_count(value: ast.expr) -> bool:
    """Return True for `range(n)`: its names are numbered from 0; a range with a start is left to the board."""
    return isinstance(value, ast.Call) and ast.unparse(value.func) == "range" and len(value.args) == 1
