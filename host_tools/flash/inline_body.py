"""Turn a function's body into statements that stand in the place of its call."""

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

_Return = Callable[[ast.expr | None], list[ast.stmt]]

_NOT_PLAIN = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.Yield,
    ast.YieldFrom,
    ast.Await,
    ast.Global,
    ast.Nonlocal,
    ast.NamedExpr,
)

# Bytes of bytecode, roughly, of the nodes that make up nearly all expressions.
_BYTES: dict[type[ast.AST], int] = {ast.Attribute: 3, ast.Call: 2, ast.BoolOp: 3, ast.IfExp: 5}


class Callee:
    """A function that may be put into the place of a call; `value` is its expression if it is nothing else."""

    def __init__(self, function: ast.FunctionDef) -> None:
        self.function = function
        self.is_property = bool(function.decorator_list)
        arguments = function.args
        self.parameters = [arg.arg for arg in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
        self._body = [node for node in function.body if not _is_text(node)]
        only = self._body[0] if len(self._body) == 1 else None
        self.value = only.value if isinstance(only, ast.Return) else None
        self.reads = Counter(node.id for node in ast.walk(function) if isinstance(node, ast.Name))
        self.is_plain = self._is_plain()
        # A return inside a loop can only stand where the caller returns the same.
        self.is_branched = self.is_plain and self._is_branched()

    @property
    def bytes(self) -> int:
        """The size of the expression, bytes of bytecode, roughly."""
        return sum(
            _BYTES.get(type(node), 1) for node in ast.walk(self.value or ast.Pass()) if isinstance(node, ast.expr)
        )

    def is_pure(self) -> bool:
        """Return True for an expression that calls nothing: the order of its parts does not matter."""
        return self.value is not None and not any(isinstance(node, ast.Call) for node in ast.walk(self.value))

    def defaults(self) -> dict[str, ast.expr]:
        """Return the parameters' default values."""
        arguments = self.function.args
        usual = [arg.arg for arg in (*arguments.posonlyargs, *arguments.args)]
        found = dict(zip(usual[len(usual) - len(arguments.defaults) :], arguments.defaults, strict=True))
        named = zip((arg.arg for arg in arguments.kwonlyargs), arguments.kw_defaults, strict=True)
        return found | {name: value for name, value in named if value is not None}

    def stored(self) -> set[str]:
        """Return the local names that the body sets."""
        names = {node.id for node in self._walk() if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
        return names | {node.name for node in self._walk() if isinstance(node, ast.ExceptHandler) and node.name}

    def expression(self, names: Mapping[str, ast.expr]) -> ast.expr:
        """Return a copy of `value` with expressions in place of its parameters."""
        assert self.value is not None
        renamed: ast.expr = _Rename(names).visit(copy.deepcopy(self.value))
        return renamed

    def statements(self, names: Mapping[str, ast.expr], on_return: _Return) -> list[ast.stmt]:
        """Return a copy of the body with other names, and with what `on_return` makes of each return."""
        return without_returns(self._renamed(names), on_return)

    def returning(self, names: Mapping[str, ast.expr]) -> list[ast.stmt]:
        """Return a copy of the body with other names, for a caller that returns what it returns."""
        body = self._renamed(names)
        return body if _always_leaves(body) else [*body, ast.Return(None)]

    def ends_plainly(self) -> bool:
        """Return True if the only return is the last statement."""
        returns = [node for node in self._walk() if isinstance(node, ast.Return)]
        return len(returns) == 1 and returns[0] is self._body[-1]

    def _renamed(self, names: Mapping[str, ast.expr]) -> list[ast.stmt]:
        return [_Rename(names).visit(node) for node in copy.deepcopy(self._body)]

    def _walk(self) -> Iterator[ast.AST]:
        for node in self._body:
            yield from ast.walk(node)

    def _is_plain(self) -> bool:
        arguments = self.function.args
        if arguments.vararg or arguments.kwarg or not self._body:
            return False
        if any(isinstance(node, _NOT_PLAIN) for node in self._walk()):
            return False
        return all(isinstance(value, ast.Constant) for value in self.defaults().values())

    def _is_branched(self) -> bool:
        try:
            without_returns(self._body, lambda _: [])
        except _ReturnInsideError:
            return False
        return True


class _ReturnInsideError(Exception):
    """A return in a loop, or in a branch after which the function goes on: there is no jump to stand for it."""


def without_returns(body: list[ast.stmt], on_return: _Return) -> list[ast.stmt]:
    """Return statements that do the same as a body that returns early.

    What follows a branch that returns becomes the other branch. Raise _ReturnInsideError where that is not possible.
    """
    done: list[ast.stmt] = []
    for at, node in enumerate(body):
        if isinstance(node, ast.Return):
            return done + on_return(node.value)
        if not _has_return(node):
            done.append(node)
            if isinstance(node, ast.Raise):
                return done
            continue
        if not isinstance(node, ast.If):
            raise _ReturnInsideError
        rest = body[at + 1 :]
        if _always_leaves(node.body):
            first, second = node.body, node.orelse + rest
        elif not rest or _always_leaves(node.orelse):
            first, second = node.body + rest, node.orelse
        else:
            raise _ReturnInsideError
        then = without_returns(first, on_return) or [ast.Pass()]
        return [*done, ast.If(node.test, then, without_returns(second, on_return))]
    return done + on_return(None)


def _always_leaves(body: list[ast.stmt]) -> bool:
    if not body:
        return False
    last = body[-1]
    if isinstance(last, ast.If):
        return _always_leaves(last.body) and _always_leaves(last.orelse)
    return isinstance(last, ast.Return | ast.Raise)


def _has_return(node: ast.stmt) -> bool:
    return any(isinstance(part, ast.Return) for part in ast.walk(node))


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


class _Rename(ast.NodeTransformer):
    """Put expressions, mostly other names, in place of local names."""

    def __init__(self, names: Mapping[str, ast.expr]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Replace one name."""
        if node.id not in self._names:
            return node
        new = copy.deepcopy(self._names[node.id])
        if isinstance(new, ast.Name):
            new.ctx = node.ctx
        return new

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        """Replace the name of an exception."""
        new = self._names.get(node.name or "")
        node.name = new.id if isinstance(new, ast.Name) else node.name
        return self.generic_visit(node)
