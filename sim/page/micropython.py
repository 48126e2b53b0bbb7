"""Rewrite the simulator's Python for MicroPython, which reads a smaller language.

Annotations, docstrings and type aliases go; a dataclass gets its `__init__`; unpacking inside displays becomes sums;
the 64-bit words of numpy become whole numbers that are cut to 64 bits.
"""

import ast
from typing import TypeGuard

# Names imported from these modules are for type checkers only.
_TYPE_MODULES = frozenset({"typing", "collections.abc", "numpy.typing"})
_WORD_MASK = (1 << 64) - 1
_DROPPED_DECORATORS = frozenset({"compiled"})


def rewrite(source: str) -> ast.Module:
    """Return a module's syntax tree in the language that MicroPython reads."""
    tree = ast.parse(source)
    types = _type_names(tree)
    _Rewriter().visit(tree)
    tree.body = [node for node in tree.body if not _is_for_types(node, types)]
    return tree


def _type_names(tree: ast.Module) -> set[str]:
    """Return the names that only a type checker needs, type aliases included."""
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module in _TYPE_MODULES:
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and _mentions(node.value, names):
            names.add(node.targets[0].id)
    return names


def _mentions(node: ast.AST, names: set[str]) -> bool:
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))


def _is_for_types(node: ast.stmt, types: set[str]) -> bool:
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    if isinstance(node, ast.ImportFrom):
        return node.module in _TYPE_MODULES
    return isinstance(node, ast.Assign) and _mentions(node, types)


class _Rewriter(ast.NodeTransformer):
    """Replace the syntax that MicroPython cannot read."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        self.generic_visit(node)
        node.returns = None
        arguments = node.args
        for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]:
            argument.annotation = None
        for rest in (arguments.vararg, arguments.kwarg):
            if rest is not None:
                rest.annotation = None
        node.decorator_list = [part for part in node.decorator_list if ast.unparse(part) not in _DROPPED_DECORATORS]
        node.body = _without_docstring(node.body)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.ClassDef:
        is_dataclass = any(ast.unparse(part).startswith("dataclass") for part in node.decorator_list)
        fields = [part for part in node.body if isinstance(part, ast.AnnAssign)] if is_dataclass else []
        node.decorator_list = []
        if fields:
            node.body = [part for part in node.body if part not in fields]
            node.body.insert(0, _initializer(fields))
        self.generic_visit(node)
        node.body = _without_docstring(node.body or [ast.Pass()])
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt | None:
        self.generic_visit(node)
        if node.value is None:
            return None
        return ast.copy_location(ast.Assign([node.target], node.value), node)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if ast.unparse(node.func) == "zip":
            node.keywords = [keyword for keyword in node.keywords if keyword.arg != "strict"]
        if ast.unparse(node.func) == "np.uint64":
            return node.args[0]
        if isinstance(node.func, ast.Attribute) and node.func.attr == "removesuffix":
            return _without_suffix(node.func.value, node.args[0])
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        is_word = _is_word(node.right)
        self.generic_visit(node)
        if is_word and isinstance(node.op, ast.LShift):
            return ast.BinOp(node, ast.BitAnd(), ast.Constant(_WORD_MASK))
        return node

    def visit_Tuple(self, node: ast.Tuple) -> ast.expr:
        self.generic_visit(node)
        return _sum_of_parts(node, "tuple") if isinstance(node.ctx, ast.Load) else node

    def visit_List(self, node: ast.List) -> ast.expr:
        self.generic_visit(node)
        return _sum_of_parts(node, "list") if isinstance(node.ctx, ast.Load) else node

    def visit_Dict(self, node: ast.Dict) -> ast.expr:
        self.generic_visit(node)
        if None not in node.keys:
            return node
        parts: list[ast.expr] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                parts.append(ast.parse(f"list(({ast.unparse(value)}).items())", mode="eval").body)
            else:
                parts.append(ast.List([ast.Tuple([key, value], ast.Load())], ast.Load()))
        return _call("dict", _sum(parts))


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (body[1:] or [ast.Pass()]) if is_docstring else body


def _without_suffix(text: ast.expr, suffix: ast.expr) -> ast.expr:
    whole, end = ast.unparse(text), ast.unparse(suffix)
    return ast.parse(f"({whole}[:-len({end})] if {whole}.endswith({end}) else {whole})", mode="eval").body


def _is_word(node: ast.expr) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "np.uint64"


def _sum_of_parts(node: ast.Tuple | ast.List, kind: str) -> ast.expr:
    """Return a display without unpacking: `(*a, b)` is `tuple(a) + (b,)`."""
    if not any(isinstance(element, ast.Starred) for element in node.elts):
        return node
    parts: list[ast.expr] = []
    for element in node.elts:
        if isinstance(element, ast.Starred):
            parts.append(_call(kind, element.value))
        else:
            parts.append(type(node)([element], ast.Load()))
    return _sum(parts)


def _sum(parts: list[ast.expr]) -> ast.expr:
    total = parts[0]
    for part in parts[1:]:
        total = ast.BinOp(total, ast.Add(), part)
    return total


def _call(name: str, argument: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), [argument], [])


def _initializer(fields: list[ast.AnnAssign]) -> ast.FunctionDef:
    """Return the `__init__` that a dataclass would have; a default is evaluated at every call."""
    heads, lines = ["self"], []
    for field in fields:
        name = ast.unparse(field.target)
        heads.append(name if field.value is None else f"{name}=None")
        value = name
        if field.value is not None:
            value = f"({_default(field.value)}) if {name} is None else {name}"
        lines.append(f"    self.{name} = {value}")
    body = "\n".join(lines)
    definition = ast.parse(f"def __init__({', '.join(heads)}):\n{body}\n").body[0]
    assert isinstance(definition, ast.FunctionDef)
    return definition


def _default(value: ast.expr) -> str:
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "field":
        factory = next(keyword.value for keyword in value.keywords if keyword.arg == "default_factory")
        return f"({ast.unparse(factory)})()"
    return ast.unparse(value)
