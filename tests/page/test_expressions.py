"""Expressions of the plant in JavaScript: the same numbers as in Python, or no page."""

import ast
import json
import math
import subprocess
from types import SimpleNamespace

import pytest

from sim.page.errors import PageBuildError
from sim.page.expressions import Expressions
from tests.vm.harness import NODE

NAMES = {"HALF": 0.5, "BELOW": -3, "part": SimpleNamespace(PLACE=2), "math": math, "ENDLESS": math.inf}
A, B = [3.5, -2.25, 7.0, 1.0, 0.5, 9.0], 4


@pytest.fixture
def expressions():
    made = Expressions("plant.py", 1, NAMES, lambda called, shapes: "called")
    made.parameters = ["a", "b"]
    made.shapes = {"grid": (2, 3)}
    made.local = {"grid"}
    return made


def node_of(text):
    return ast.parse(text, mode="eval").body


def test_every_kind_of_expression_has_python_s_value(expressions):
    texts = [
        "a[0] + a[1] * b - HALF / 2",
        "a[part.PLACE]",
        "-a[1]",
        "BELOW - 1",
        "7 // b + -7 // b",
        "7 % b + -7 % b",
        "a[0] if b > 3 else a[1]",
        "1 < b <= 4 and not a[0] == 2",
        "max(a[0], a[1], min(a[2], b))",
        "abs(a[1]) + int(a[0]) + int(a[1])",
        "math.sqrt(a[5]) + math.floor(a[1]) + math.exp(0.0)",
        "float(b) * 0.1",
        "grid[1, 2] + grid[0][1]",
    ]
    lines = ",".join(f"Number({expressions.value(node_of(text))})" for text in texts)
    script = f"const a = {A}, b = {B}, grid = Float64Array.from({A}); console.log(JSON.stringify([{lines}]))"
    done = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=True)

    class Grid(list[float]):
        def __getitem__(self, place):
            return A[place[0] * 3 + place[1]] if isinstance(place, tuple) else A[place * 3 : place * 3 + 3]

    known = {"a": A, "b": B, "grid": Grid(), **NAMES}
    assert json.loads(done.stdout) == [float(eval(text, {}, known)) for text in texts]


def test_a_slice_is_a_view(expressions):
    assert expressions.value(node_of("a[b : b + 2]")) == "a.subarray(b, (b + 2))"


@pytest.mark.parametrize(
    "text",
    [
        "a ** 2",
        "ENDLESS",
        "unknown",
        "a[1:]",
        "a[::2]",
        "a[1, 2]",
        "math.sin(b)",
        "max(a, key=b)",
        "b @ b",
        "~b",
        "[b]",
    ],
)
def test_what_is_not_known_stops_the_build(expressions, text):
    with pytest.raises(PageBuildError, match=r"plant\.py:1"):
        expressions.value(node_of(text))
