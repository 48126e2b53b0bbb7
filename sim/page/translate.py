"""Translate one compiled function of the plant into JavaScript by its syntax tree.

Numbers become JavaScript's numbers, which are IEEE doubles as numba's are; arrays become typed arrays; arrays of
64-bit words become pairs of 32-bit halves. An unknown expression raises PageBuildError with file and
line: a guess could change the physics.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.page import words64
from sim.page.expressions import Expressions, Referrer, Shape

_WORDS = NDArray[np.uint64]


class Translator(Expressions):
    """Translate `function`, called `name` in JavaScript; `shapes` are those of its array parameters, by name."""

    def __init__(self, function: Any, name: str, shapes: dict[str, Shape], refer: Referrer) -> None:
        python = function.py_func
        lines, first_line = inspect.getsourcelines(python)
        super().__init__(inspect.getsourcefile(python) or "", first_line, python.__globals__, refer)
        definition = ast.parse(textwrap.dedent("".join(lines))).body[0]
        assert isinstance(definition, ast.FunctionDef)
        self._definition = definition
        self._name = name
        self.parameters = [argument.arg for argument in definition.args.args]
        self.word_arrays = {key for key, kind in python.__annotations__.items() if kind == _WORDS}
        self.words = self._word_locals()
        self.shapes = dict(shapes)
        self.local = {
            node.id for node in ast.walk(definition) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        self._temporaries = 0

    def text(self) -> str:
        """Return the JavaScript function."""
        body = self._block(self._definition.body, 1)
        declared = []
        for name in sorted(self.local - set(self.parameters)):
            declared += [f"{name}$low", f"{name}$high"] if name in self.words else [name]
        head = f"  let {', '.join(declared)};\n" if declared else ""
        return f"function {self._name}({', '.join(self.parameters)}) {{\n{head}{body}}}\n"

    def _word_locals(self) -> set[str]:
        """Return the local variables that hold a 64-bit word: those that are loaded from an array of words."""
        return {
            node.targets[0].id
            for node in ast.walk(self._definition)
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Subscript)
            and isinstance(node.value.value, ast.Name)
            and node.value.value.id in self.word_arrays
        }

    # Statements.

    def _block(self, body: list[ast.stmt], depth: int) -> str:
        return "".join(self._statement(statement, "  " * depth, depth) for statement in body)

    def _statement(self, node: ast.stmt, pad: str, depth: int) -> str:
        translate = self._STATEMENTS.get(type(node))
        if translate is None:
            self.refuse(node, "the page's physics knows no such statement")
        return translate(self, node, pad, depth)

    def _expression(self, node: ast.Expr, pad: str, depth: int) -> str:
        is_docstring = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return "" if is_docstring else f"{pad}{self.value(node.value)};\n"

    def _return(self, node: ast.Return, pad: str, depth: int) -> str:
        return f"{pad}return {self.value(node.value)};\n" if node.value else f"{pad}return;\n"

    def _while(self, node: ast.While, pad: str, depth: int) -> str:
        if node.orelse:
            self.refuse(node, "a loop of the page's physics has no else")
        return f"{pad}while ({self.value(node.test)}) {{\n{self._block(node.body, depth + 1)}{pad}}}\n"

    def _word(self, node: ast.stmt, pad: str, depth: int) -> str:
        return f"{pad}{type(node).__name__.lower()};\n"

    def _pass(self, node: ast.Pass, pad: str, depth: int) -> str:
        return ""

    def _assign(self, node: ast.Assign, pad: str, depth: int) -> str:
        target = node.targets[0]
        if len(node.targets) > 1:
            self.refuse(node, "the page's physics assigns to one thing at a time")
        if isinstance(target, ast.Tuple):
            return self._assign_many(target, node.value, pad)
        if isinstance(target, ast.Name) and target.id in self.words:
            assert isinstance(node.value, ast.Subscript)
            array, at = self.value(node.value.value), self.value(node.value.slice)
            return f"{pad}{target.id}$low = {array}[2 * {at}]; {target.id}$high = {array}[2 * {at} + 1];\n"
        if isinstance(node.value, ast.Name) and node.value.id in self.words:
            return self._store_word(node, target, node.value.id, pad)
        if isinstance(target, ast.Name):
            shape = self.shape(node.value)
            if shape:
                self.shapes[target.id] = shape
        return f"{pad}{self._target(target)} = {self.value(node.value)};\n"

    def _assign_many(self, target: ast.Tuple, value: ast.expr, pad: str) -> str:
        """Evaluate all values before the first is assigned, as Python does."""
        targets = ", ".join(self._target(element) for element in target.elts)
        if not isinstance(value, ast.Tuple):
            return f"{pad}[{targets}] = {self.value(value)};\n"
        self._temporaries += 1
        kept = [f"$kept{self._temporaries}_{index}" for index in range(len(value.elts))]
        pairs = zip(kept, value.elts, strict=True)
        first = "".join(f"{pad}const {name} = {self.value(element)};\n" for name, element in pairs)
        return first + "".join(
            f"{pad}{self._target(element)} = {name};\n" for element, name in zip(target.elts, kept, strict=True)
        )

    def _assign_changed(self, node: ast.AugAssign, pad: str, depth: int) -> str:
        if isinstance(node.target, ast.Name) and node.target.id in self.words:
            name, mark = node.target.id, words64.OPERATORS.get(type(node.op))
            if mark is None:
                self.refuse(node, "the page's physics knows no such change of a 64-bit word")
            low, high = self.halves(node.value)
            self._temporaries += 1
            kept = f"$low{self._temporaries}"
            return (
                f"{pad}const {kept} = ({name}$low {mark} {low}) >>> 0;\n"
                f"{pad}{name}$high = ({name}$high {mark} {high}) >>> 0; {name}$low = {kept};\n"
            )
        target = self._target(node.target)
        return f"{pad}{target} = {self.operation(node, node.op, target, self.value(node.value))};\n"

    def _store_word(self, node: ast.Assign, target: ast.expr, name: str, pad: str) -> str:
        if not (isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name)):
            self.refuse(node, "a 64-bit word is only stored in an array of words")
        if target.value.id not in self.word_arrays:
            self.refuse(node, "a 64-bit word is only stored in an array of words")
        array, at = target.value.id, self.value(target.slice)
        return f"{pad}{array}[2 * {at}] = {name}$low; {array}[2 * {at} + 1] = {name}$high;\n"

    def _if(self, node: ast.If, pad: str, depth: int) -> str:
        text = f"{pad}if ({self.value(node.test)}) {{\n{self._block(node.body, depth + 1)}{pad}}}"
        return text + (f" else {{\n{self._block(node.orelse, depth + 1)}{pad}}}\n" if node.orelse else "\n")

    def _for(self, node: ast.For, pad: str, depth: int) -> str:
        if node.orelse:
            self.refuse(node, "a loop of the page's physics has no else")
        is_range = isinstance(node.iter, ast.Call) and isinstance(node.iter.func, ast.Name)
        if not (is_range and isinstance(node.iter, ast.Call) and ast.unparse(node.iter.func) == "range"):
            self.refuse(node.iter, "a loop of the page's physics goes over a range")
        bounds = [self.value(bound) for bound in node.iter.args]
        if len(bounds) > 2 or not isinstance(node.target, ast.Name):
            self.refuse(node.iter, "a range has one bound or two")
        start, end = ("0", bounds[0]) if len(bounds) == 1 else bounds
        at = f"$at{depth}"
        body = self._block(node.body, depth + 1)
        inner = f"{pad}  {node.target.id} = {at};\n"
        return f"{pad}for (let {at} = {start}; {at} < {end}; {at}++) {{\n{inner}{body}{pad}}}\n"

    def _target(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name) and node.id in self.words:
            self.refuse(node, "a 64-bit word is only loaded from an array of words")
        if isinstance(node, ast.Name | ast.Subscript):
            return self.value(node)
        self.refuse(node, "the page's physics cannot assign to this")

    _STATEMENTS: ClassVar[dict[type[ast.stmt], Callable[["Translator", Any, str, int], str]]] = {
        ast.Expr: _expression,
        ast.Return: _return,
        ast.Assign: _assign,
        ast.AugAssign: _assign_changed,
        ast.If: _if,
        ast.For: _for,
        ast.While: _while,
        ast.Break: _word,
        ast.Continue: _word,
        ast.Pass: _pass,
    }
