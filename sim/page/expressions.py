"""Translate the expressions of the plant's compiled functions into JavaScript; `translate.py` has the statements."""

import ast
from collections.abc import Callable
from typing import Any, ClassVar, NoReturn

import numpy as np

from sim.page import words64
from sim.page.errors import untranslatable

Shape = tuple[int, ...]
# Called with a function that the translated one calls and the shapes of its arguments; returns its JavaScript name.
Referrer = Callable[[Any, list[Shape | None]], str]

_BINARY = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARED = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "===", ast.NotEq: "!=="}
_UNARY = {ast.USub: "-", ast.Not: "!"}
_BOOLEAN = {ast.And: " && ", ast.Or: " || "}
_BUILTINS = {"abs": "Math.abs", "max": "Math.max", "min": "Math.min", "int": "Math.trunc"}
# exp() may differ by the last bit from one library to the next; the tests compare every reading of whole sessions.
_MATH = {"sqrt", "exp", "floor"}


class Expressions:
    """The expressions of one function: `names` are its module's, `parameters`, `local` and `words` its own.

    `words` hold 64 bits, `word_arrays` are arrays of them; `shapes` are those of arrays of more than one dimension.
    """

    def __init__(self, path: str, first_line: int, names: dict[str, Any], refer: Referrer) -> None:
        self._path = path
        self._first_line = first_line
        self._names = names
        self._refer = refer
        self.parameters: list[str] = []
        self.local: set[str] = set()
        self.words: set[str] = set()
        self.word_arrays: set[str] = set()
        self.shapes: dict[str, Shape] = {}

    def refuse(self, node: ast.AST, why: str) -> NoReturn:
        """Stop the build at a syntax node."""
        raise untranslatable(self._path, node, self._first_line, why)

    def value(self, node: ast.expr) -> str:
        """Return an expression in JavaScript."""
        translate = self._KINDS.get(type(node))
        if translate is None:
            self.refuse(node, "the page's physics knows no such expression")
        return translate(self, node)

    def _constant_of(self, node: ast.Constant) -> str:
        return self._constant(node, node.value)

    def _attribute(self, node: ast.Attribute) -> str:
        owner = self._names.get(node.value.id) if isinstance(node.value, ast.Name) else None
        return self._constant(node, getattr(owner, node.attr, None))

    def _binary(self, node: ast.BinOp) -> str:
        return self.operation(node, node.op, self.value(node.left), self.value(node.right))

    def _unary(self, node: ast.UnaryOp) -> str:
        if type(node.op) not in _UNARY:
            self.refuse(node, "the page's physics knows no such operator")
        return f"{_UNARY[type(node.op)]}({self.value(node.operand)})"

    def _boolean(self, node: ast.BoolOp) -> str:
        return "(" + _BOOLEAN[type(node.op)].join(self.value(part) for part in node.values) + ")"

    def _choice(self, node: ast.IfExp) -> str:
        return f"({self.value(node.test)} ? {self.value(node.body)} : {self.value(node.orelse)})"

    def _tuple(self, node: ast.Tuple) -> str:
        return "[" + ", ".join(self.value(element) for element in node.elts) + "]"

    def _named(self, node: ast.Name) -> str:
        if node.id in self.words:
            self.refuse(node, "a 64-bit word is only shifted, stored, or made a float of")
        if node.id in self.local or node.id in self.parameters:
            return node.id
        return self._constant(node, self._names.get(node.id))

    def _constant(self, node: ast.expr, value: object) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float) and np.isfinite(value):
            return repr(value) if value >= 0 else f"({value!r})"
        self.refuse(node, "the page's physics takes finite numbers only")

    def operation(self, node: ast.AST, operator: ast.operator, left: str, right: str) -> str:
        """Return an operation on two numbers that are JavaScript already."""
        if type(operator) in _BINARY:
            return f"({left} {_BINARY[type(operator)]} {right})"
        if isinstance(operator, ast.FloorDiv):
            return f"Math.floor({left} / {right})"
        if isinstance(operator, ast.Mod):
            # Whole numbers only: the result has the divisor's sign, as in Python.
            return f"((({left}) % {right} + {right}) % {right})"
        self.refuse(node, "the page's physics knows no such operator")

    def _comparison(self, node: ast.Compare) -> str:
        parts = []
        for left, operator, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
            if type(operator) not in _COMPARED:
                self.refuse(node, "the page's physics knows no such comparison")
            parts.append(f"{self.value(left)} {_COMPARED[type(operator)]} {self.value(right)}")
        return "(" + " && ".join(parts) + ")"

    def _subscript(self, node: ast.Subscript) -> str:
        array = self.value(node.value)
        if isinstance(node.slice, ast.Slice):
            if node.slice.lower is None or node.slice.upper is None or node.slice.step is not None:
                self.refuse(node, "a slice of the page's physics has a start and an end")
            return f"{array}.subarray({self.value(node.slice.lower)}, {self.value(node.slice.upper)})"
        indices = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        shape = self.shape(node.value)
        if shape is None:
            if len(indices) > 1:
                self.refuse(node, "the shape of this array is not known")
            return f"{array}[{self.value(indices[0])}]"
        place = self._place(shape, [self.value(index) for index in indices])
        if len(indices) == len(shape):
            return f"{array}[{place}]"
        size = int(np.prod(shape[len(indices) :]))
        return f"{array}.subarray(({place}) * {size}, ({place}) * {size} + {size})"

    def _place(self, shape: Shape, indices: list[str]) -> str:
        """Return the offset of the first `indices`, in units of the smallest part that they address."""
        place = indices[0]
        for size, index in zip(shape[1:], indices[1:], strict=False):
            place = f"({place}) * {size} + {index}"
        return place

    def shape(self, node: ast.expr) -> Shape | None:
        """Return the shape of an array of more than one dimension, None for another."""
        if isinstance(node, ast.Name):
            return self.shapes.get(node.id)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "reshape":
            return tuple(int(self.value(size)) for size in node.args)
        if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice):
            shape = self.shape(node.value)
            count = len(node.slice.elts) if isinstance(node.slice, ast.Tuple) else 1
            return shape[count:] or None if shape else None
        return None

    def _call(self, node: ast.Call) -> str:
        if node.keywords:
            self.refuse(node, "the page's physics calls without names of arguments")
        if isinstance(node.func, ast.Attribute) and node.func.attr == "reshape":
            return self.value(node.func.value)
        name = ast.unparse(node.func)
        if name == "float":
            return self._float(node)
        arguments = ", ".join(self.value(argument) for argument in node.args)
        if name in _BUILTINS:
            return f"{_BUILTINS[name]}({arguments})"
        called = self._called(node.func)
        if getattr(called, "__module__", "") == "math" and called.__name__ in _MATH:
            return f"Math.{called.__name__}({arguments})"
        if not hasattr(called, "py_func"):
            self.refuse(node, "the page's physics calls compiled functions only")
        return f"{self._refer(called, [self.shape(argument) for argument in node.args])}({arguments})"

    def _float(self, node: ast.Call) -> str:
        """Return the JavaScript of float(): a word becomes a number, any other number stays."""
        argument = node.args[0]
        if any(isinstance(part, ast.Name) and part.id in self.words for part in ast.walk(argument)):
            return words64.number(*self.halves(argument))
        return self.value(argument)

    def _called(self, function: ast.expr) -> Any:
        if isinstance(function, ast.Name):
            return self._names.get(function.id)
        if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
            return getattr(self._names.get(function.value.id), function.attr, None)
        return None

    def halves(self, node: ast.expr) -> tuple[str, str]:
        """Return the halves of a word: a local, or one shifted by a constant."""
        if isinstance(node, ast.Name) and node.id in self.words:
            return f"{node.id}$low", f"{node.id}$high"
        if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name) and node.left.id in self.words:
            bits = self._word_constant(node.right)
            halves = words64.shifted(node.left.id, node.op, bits) if bits is not None else None
            if halves:
                return halves
        self.refuse(node, "the page's physics knows no such expression of 64-bit words")

    def _word_constant(self, node: ast.expr) -> int | None:
        if isinstance(node, ast.Call) and self._called(node.func) is np.uint64:
            node = node.args[0]
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, int) else None

    _KINDS: ClassVar[dict[type[ast.expr], Callable[["Expressions", Any], str]]] = {
        ast.Constant: _constant_of,
        ast.Name: _named,
        ast.Attribute: _attribute,
        ast.BinOp: _binary,
        ast.UnaryOp: _unary,
        ast.BoolOp: _boolean,
        ast.Compare: _comparison,
        ast.IfExp: _choice,
        ast.Tuple: _tuple,
        ast.Subscript: _subscript,
        ast.Call: _call,
    }
