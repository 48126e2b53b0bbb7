"""Replace calls in a function by the bodies of what they call, where the order of all that happens stays the same."""

import ast
from collections.abc import Iterator, Mapping

from host_tools.flash.inline_body import Callee
from host_tools.flash.inline_names import Functions, Key

# Statement: the field with the expression that it evaluates before anything else.
_FIRST_FIELD: dict[type[ast.stmt], str] = {
    ast.Expr: "value",
    ast.Assign: "value",
    ast.AnnAssign: "value",
    ast.AugAssign: "value",
    ast.Return: "value",
    ast.If: "test",
    ast.For: "iter",
}

# Expression: its parts in the order of evaluation; how many of them are evaluated in any case, if not all.
_ORDER: dict[type[ast.expr], tuple[str, ...]] = {
    ast.BoolOp: ("values",),
    ast.IfExp: ("test",),
    ast.BinOp: ("left", "right"),
    ast.UnaryOp: ("operand",),
    ast.Compare: ("left", "comparators"),
    ast.Subscript: ("value", "slice"),
    ast.Attribute: ("value",),
    ast.Tuple: ("elts",),
    ast.List: ("elts",),
}
_CERTAIN: dict[type[ast.expr], int] = {ast.BoolOp: 1, ast.Compare: 2}


class Caller:
    """A function of class `owner` ("" without one) in which calls of `callees` are replaced."""

    def __init__(
        self, function: ast.FunctionDef, owner: str, functions: Functions, callees: Mapping[Key, Callee]
    ) -> None:
        self._function = function
        self._owner = owner
        self._functions = functions
        self._callees = callees
        self._taken = functions.global_names | _names(function)
        self._replaced: list[Key] = []

    def replace(self) -> list[Key]:
        """Replace what can be replaced; return the function of each call that went."""
        if any(self._key(node) for node in ast.walk(self._function)):
            self._function.body = self._block(self._function.body)
        return self._replaced

    def _block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        done: list[ast.stmt] = []
        todo = list(reversed(body))
        while todo:
            node = todo.pop()
            self._expressions(node)
            put = self._statement(node)
            if put is None:
                put = self._split(node)
            if put is not None:
                todo += reversed(put)
                continue
            for inner in _blocks(node):
                inner[:] = self._block(inner)
            done.append(node)
        return done

    def _key(self, node: ast.AST) -> Key | None:
        """Return the function that a call, or a property, stands for; None if it is not to be replaced."""
        if not isinstance(node, ast.Call | ast.Attribute):
            return None
        key = self._functions.key_of(node.func if isinstance(node, ast.Call) else node, self._owner)
        callee = self._callees.get(key) if key else None
        fits = callee is not None and callee.is_property != isinstance(node, ast.Call)
        return key if fits and callee and callee.function is not self._function else None

    def _expressions(self, node: ast.stmt) -> None:
        """Replace calls of functions that are one expression, wherever they stand in a statement's expressions."""
        for field, part in ast.iter_fields(node):
            if isinstance(part, ast.expr):
                setattr(node, field, _Expressions(self).visit(part))
            elif isinstance(part, list) and part and isinstance(part[0], ast.expr):
                part[:] = [_Expressions(self).visit(item) for item in part]

    def expression(self, node: ast.expr) -> ast.expr | None:
        """Return the expression in the place of a call, None if its arguments might be evaluated in another order."""
        key = self._key(node)
        if key is None or self._callees[key].value is None or self._callees[key].stored():
            return None
        callee = self._callees[key]
        given = _arguments(callee, node)
        if given is None:
            return None
        for name, argument in given.items():
            once = callee.reads[name] <= 1 and callee.is_pure() and _is_chain(argument)
            if not (is_stable(argument) or once):
                return None
        self._replaced.append(key)
        return callee.expression(given)

    def _statement(self, node: ast.stmt) -> list[ast.stmt] | None:
        """Return statements in place of one that begins with a call, None if there is none."""
        field = _FIRST_FIELD.get(type(node))
        if field is None or (isinstance(node, ast.AugAssign) and not isinstance(node.target, ast.Name)):
            return None
        call = self._leading(getattr(node, field))
        key = self._key(call) if call else None
        if call is None or key is None:
            return None
        callee = self._callees[key]
        given = _arguments(callee, call)
        if given is None:
            return None
        is_returned = isinstance(node, ast.Return) and node.value is call
        if not (callee.is_branched or is_returned):
            return None
        before, names = self._bind(callee, given)
        self._replaced.append(key)
        if is_returned:
            return before + callee.returning(names)
        if callee.ends_plainly():
            return before + self._straight(callee, names, node, field, call)
        return before + self._branched(callee, names, node, field, call)

    def _split(self, node: ast.stmt) -> list[ast.stmt] | None:
        """Return statements for `and` and `or` of which a later part begins with a call, None if none does."""
        field = _FIRST_FIELD.get(type(node))
        whole = getattr(node, field) if field and not isinstance(node, ast.AugAssign | ast.For) else None
        if field is None or not isinstance(whole, ast.BoolOp):
            return None
        at = next((at for at, part in enumerate(whole.values) if at and self._leading(part)), 0)
        if not at:
            return None
        first, second = _joined(whole.op, whole.values[:at]), _joined(whole.op, whole.values[at:])
        if isinstance(node, ast.If) and isinstance(whole.op, ast.And) and not node.orelse:
            return [ast.If(first, [ast.If(second, node.body, [])], [])]
        result = self._fresh("result")
        test: ast.expr = ast.Name(result, ast.Load())
        if isinstance(whole.op, ast.Or):
            test = ast.UnaryOp(ast.Not(), test)
        setattr(node, field, ast.Name(result, ast.Load()))
        return [_set(result, first), ast.If(test, [_set(result, second)], []), node]

    def _straight(
        self, callee: Callee, names: Mapping[str, ast.expr], node: ast.stmt, field: str, call: ast.expr
    ) -> list[ast.stmt]:
        values: list[ast.expr] = []

        def keep(value: ast.expr | None) -> list[ast.stmt]:
            values.append(value or ast.Constant(None))
            return []

        body = callee.statements(names, keep)
        _put(node, field, call, values[0])
        if isinstance(node, ast.Expr) and is_stable(node.value):
            return body
        return [*body, node]

    def _branched(
        self, callee: Callee, names: Mapping[str, ast.expr], node: ast.stmt, field: str, call: ast.expr
    ) -> list[ast.stmt]:
        is_whole = getattr(node, field) is call
        if isinstance(node, ast.Expr) and is_whole:
            return callee.statements(names, _leave)
        result = self._fresh("result")
        body = callee.statements(names, lambda value: [_set(result, value or ast.Constant(None))])
        _put(node, field, call, ast.Name(result, ast.Load()))
        return [*body, node]

    def _bind(self, callee: Callee, given: Mapping[str, ast.expr]) -> tuple[list[ast.stmt], dict[str, ast.expr]]:
        """Return the statements that evaluate the arguments, and what stands for each local name of the callee."""
        before: list[ast.stmt] = []
        names: dict[str, ast.expr] = {}
        stored = callee.stored()
        for name in stored - given.keys():
            names[name] = ast.Name(self._fresh(name), ast.Load())
        for name, argument in given.items():
            if is_stable(argument) and name not in stored:
                names[name] = argument
                continue
            fresh = self._fresh(name)
            names[name] = ast.Name(fresh, ast.Load())
            before.append(_set(fresh, argument))
        return before, names

    def _fresh(self, name: str) -> str:
        while name in self._taken or name == "self":
            name += "_"
        self._taken.add(name)
        return name

    def _leading(self, node: ast.expr | None) -> ast.expr | None:
        """Return the call that is evaluated before all that could notice it, None if there is none."""
        while node is not None:
            if self._key(node):
                return node
            node = next((part for part in _in_order(node) if not is_stable(part)), None)
        return None


class _Expressions(ast.NodeTransformer):
    """Replace calls within an expression, the inner ones first."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def visit(self, node: ast.AST) -> ast.AST:
        """Replace one node."""
        node = self.generic_visit(node)
        return (self._caller.expression(node) if isinstance(node, ast.expr) else None) or node


def is_stable(node: ast.expr) -> bool:
    """Return True for a constant or a name: other code of the same function call cannot change it."""
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.operand, ast.Constant)
    return isinstance(node, ast.Constant | ast.Name)


def _is_chain(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def _in_order(node: ast.expr) -> list[ast.expr]:
    """Return the parts of an expression in the order of evaluation, up to one that may be left out."""
    if isinstance(node, ast.Call):
        receiver = [node.func.value] if isinstance(node.func, ast.Attribute) else []
        return receiver + node.args if receiver or isinstance(node.func, ast.Name) else []
    parts = [getattr(node, field) for field in _ORDER.get(type(node), ())]
    return [part for item in parts for part in (item if isinstance(item, list) else [item])][
        : _CERTAIN.get(type(node))
    ]


def _blocks(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if block:
            yield block
    for handler in getattr(node, "handlers", ()):
        yield handler.body


def _arguments(callee: Callee, node: ast.expr) -> dict[str, ast.expr] | None:
    """Return each parameter's argument in the order of evaluation, None for a call with stars."""
    function = node.func if isinstance(node, ast.Call) else node
    given = [function.value] if isinstance(function, ast.Attribute) else []
    keywords: dict[str, ast.expr] = {}
    if isinstance(node, ast.Call):
        given += node.args
        keywords = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
        if len(keywords) < len(node.keywords) or any(isinstance(part, ast.Starred) for part in given):
            return None
    found = dict(zip(callee.parameters, given, strict=False)) | keywords
    missing = {name: value for name, value in callee.defaults().items() if name not in found}
    whole = found | missing
    return whole if set(whole) == set(callee.parameters) and len(given) <= len(callee.parameters) else None


def _joined(operator: ast.boolop, values: list[ast.expr]) -> ast.expr:
    return values[0] if len(values) == 1 else ast.BoolOp(operator, values)


def _set(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def _put(node: ast.stmt, field: str, call: ast.expr, value: ast.expr) -> None:
    """Put a value in the place of a call."""

    class Put(ast.NodeTransformer):
        def visit(self, part: ast.AST) -> ast.AST:
            return value if part is call else self.generic_visit(part)

    setattr(node, field, Put().visit(getattr(node, field)))


def _leave(value: ast.expr | None) -> list[ast.stmt]:
    """Return what is left of a returned value that nobody uses."""
    return [] if value is None or is_stable(value) else [ast.Expr(value)]


def _names(function: ast.FunctionDef) -> set[str]:
    names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
    handlers = {node.name for node in ast.walk(function) if isinstance(node, ast.ExceptHandler) and node.name}
    return names | handlers | {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
