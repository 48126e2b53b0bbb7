"""What a tick calls and in which order, read from the source of the loop and the app without running it."""

import ast
from dataclasses import dataclass
from functools import cache

from host_tools.docs.imports import ROOT

_FIRMWARE = ROOT / "firmware" / "instep"
# What runs in place of a tick's work, on the way to a restart.
_ASIDE = ("MaintenanceExit",)


@dataclass(frozen=True)
class Call:
    """A call of a method or function of another room; `is_conditional` is True if a tick may leave it out."""

    room: str
    name: str
    is_conditional: bool


@dataclass(frozen=True)
class _Class:
    name: str
    room: str
    methods: dict[str, ast.FunctionDef]
    body: ast.ClassDef


def tick_calls() -> list[Call]:
    """Return the calls of one tick in the order of the source: from the loop through the app into the rooms."""
    return _Walk(_classes()["Loop"]).calls_of("tick")


@cache
def _classes() -> dict[str, _Class]:
    """Return the firmware's classes by name; the room of a module beside the folders is empty."""
    found = {}
    for path in sorted(_FIRMWARE.rglob("*.py")):
        room = path.parent.name if path.parent != _FIRMWARE else ""
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                methods = {part.name: part for part in node.body if isinstance(part, ast.FunctionDef)}
                found[node.name] = _Class(node.name, room, methods, node)
    return found


@cache
def _rooms() -> dict[str, str]:
    """Return the room of each module in one, by the module's name."""
    return {path.stem: path.parent.name for path in _FIRMWARE.glob("*/*.py")}


class _Walk:
    """Follow the calls of an object that belongs to no room, and of the other such objects that it calls."""

    def __init__(self, owner: _Class) -> None:
        self._owner = owner

    def calls_of(self, method: str, is_conditional: bool = False) -> list[Call]:
        function = self._owner.methods[method]
        env = _parameters(function)
        found: list[Call] = []
        for statement in function.body:
            self._visit(statement, env, is_conditional, found)
        return found

    def _visit(self, node: ast.AST, env: dict[str, str], is_conditional: bool, found: list[Call]) -> None:
        """Add the calls in `node`, arguments before the call itself; what handles an exception is left out."""
        if isinstance(node, ast.ExceptHandler):
            return
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            kind = _type_of(node.value, self._owner, env)
            env.update({node.targets[0].id: kind} if kind else {})
        if isinstance(node, ast.If | ast.IfExp):
            self._visit_branches(node, env, is_conditional, found)
            return
        for child in ast.iter_child_nodes(node):
            self._visit(child, env, is_conditional, found)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            self._add(node.func, env, is_conditional, found)

    def _visit_branches(
        self, node: ast.If | ast.IfExp, env: dict[str, str], is_conditional: bool, found: list[Call]
    ) -> None:
        """Add the calls of all branches as conditional ones, unless the only other branch leads aside."""
        self._visit(node.test, env, is_conditional, found)
        parts = [part for part in ast.iter_child_nodes(node) if part is not node.test]
        aside = [part for part in parts if self._leads_aside(part, env)]
        for part in parts:
            if part not in aside:
                self._visit(part, env, is_conditional or not aside, found)

    def _leads_aside(self, node: ast.AST, env: dict[str, str]) -> bool:
        calls = (part.func for part in ast.walk(node) if isinstance(part, ast.Call))
        methods = (func for func in calls if isinstance(func, ast.Attribute))
        return any(_type_of(method.value, self._owner, env) in _ASIDE for method in methods)

    def _add(self, func: ast.Attribute, env: dict[str, str], is_conditional: bool, found: list[Call]) -> None:
        owner = _classes().get(_type_of(func.value, self._owner, env) or "")
        if owner is None:
            if isinstance(func.value, ast.Name) and func.value.id in _rooms() and func.value.id not in env:
                found.append(Call(_rooms()[func.value.id], f"{func.value.id}.{func.attr}", is_conditional))
            return
        if not owner.room and func.attr in owner.methods:
            found += _Walk(owner).calls_of(func.attr, is_conditional)
        elif owner.room:
            found.append(Call(owner.room, f"{owner.name}.{func.attr}", is_conditional))


def _type_of(node: ast.AST, owner: _Class, env: dict[str, str], own: dict[str, str] | None = None) -> str | None:
    """Return the class of an expression, as far as constructors, annotations and aliases say it.

    `own` are the attributes of `owner` that are known while its constructor is read.
    """
    if isinstance(node, ast.Name):
        return owner.name if node.id == "self" else env.get(node.id)
    if isinstance(node, ast.Attribute):
        holder = _classes().get(_type_of(node.value, owner, env, own) or "")
        if holder is None:
            return None
        return (own if holder is owner and own is not None else _attributes(holder.name)).get(node.attr)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _classes():
        return node.func.id
    return None


@cache
def _attributes(name: str) -> dict[str, str]:
    """Return the classes of an object's attributes, by what its constructor assigns or its body declares."""
    owner = _classes()[name]
    found = {
        part.target.id: _annotation(part.annotation)
        for part in owner.body.body
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)
    }
    constructor = owner.methods.get("__init__")
    env = _parameters(constructor) if constructor else {}
    for node in ast.walk(constructor) if constructor else ():
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute):
            kind = _type_of(node.value, owner, env, found)
            found.update({node.targets[0].attr: kind} if kind else {})
    return found


def _parameters(function: ast.FunctionDef) -> dict[str, str]:
    return {each.arg: _annotation(each.annotation) for each in function.args.args if each.annotation}


def _annotation(node: ast.expr) -> str:
    """Return the class that an annotation names, whether or not it is written as a string."""
    text = node.value if isinstance(node, ast.Constant) else ast.unparse(node)
    return str(text).split("|")[0].strip()
