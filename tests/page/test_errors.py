"""The error that stops the page's build: file, line in the file, the expression, what to do."""

import ast

from sim.page.errors import untranslatable


def test_the_line_is_counted_from_the_function_s_place_in_its_file():
    (node,) = [
        found for found in ast.walk(ast.parse("def f(x):\n    return x ** 2\n")) if isinstance(found, ast.BinOp)
    ]
    error = untranslatable("plant.py", node, 40, "no such operator")
    assert error.message == "plant.py:41: no such operator: x ** 2"
    assert "translate.py" in error.advice
