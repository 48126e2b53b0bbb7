"""Functions in the place of their call: the same behaviour and the same order, with fewer definitions."""

import ast
from textwrap import dedent
from typing import Any

import pytest

from host_tools.flash.inline import inline
from tests.host_tools.flash.inline_texts import HEAD, TEXTS


def _ran(source, given):
    seen: list[object] = []
    scope: dict[str, Any] = {"seen": seen}
    exec(source, scope)
    return scope["run"](given), seen


def _defined(source):
    return {node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_same_happens_in_the_same_order(text):
    source = HEAD + dedent(text)
    short = inline(source, ["run"])
    for given in range(6):
        assert _ran(short, given) == _ran(source, given)


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("a method that is called once", {"_take"}),
        ("returns in branches", {"_is_odd", "_name"}),
        ("names that the caller has too", {"_inner"}),
        ("a call that may be left out", {"_called"}),
        ("later parts of and and or", {"_first", "_second", "_third", "_fourth", "_fifth"}),
        ("defaults and keywords", {"_sum"}),
        ("a return in a loop at the end", {"_first"}),
        ("an exception", {"_check"}),
        ("properties and getters", {"is_high", "other", "show"}),
        ("a loop's condition", {"_steps", "run"}),
        ("a value that nobody uses", {"_set"}),
    ],
)
def test_a_function_that_is_understood_goes(text, gone):
    source = HEAD + dedent(TEXTS[text])
    left = _defined(inline(source, ["run"]))
    assert not (gone - {"run"}) & left


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("a value that the body changes", "_next"),
        ("returns in branches", "_size"),
        ("a return in a loop", "_first"),
        ("a name for a function", "_noted"),
        ("methods of the same name", "go"),
        ("a derived class", "_own"),
        ("a function of itself", "_down"),
        ("a loop's condition", "_goes_on"),
    ],
)
def test_what_is_not_understood_stays_a_call(text, stays):
    assert stays in _defined(inline(HEAD + dedent(TEXTS[text]), ["run"]))


def test_machine_code_stays_as_it_is():
    source = "@micropython.viper\ndef f(x: int) -> int:\n    return g(x)\n\ndef g(x):\n    return x\n"
    assert ast.dump(ast.parse(inline(source, []))) == ast.dump(ast.parse(source))


def test_a_function_that_another_file_names_stays():
    source = "def f(x):\n    return g(x)\n\ndef g(x):\n    return x\n"
    assert _defined(inline(source, ["from a import f, g"])) == {"f", "g"}
    assert _defined(inline(source, ["from a import f"])) == {"f"}


def test_a_function_that_is_kept_stays_though_its_call_goes():
    source = "def f(x):\n    note(x)\n    g(x)\n\ndef g(x):\n    x.go()\n"
    assert inline(source, ["f"], {"g"}) == "def f(x):\n    note(x)\n    x.go()\n\ndef g(x):\n    x.go()\n"


def test_a_swap_stays_without_brackets_with_which_it_would_allocate():
    source = "def f(a, b):\n    a, b = b, a\n    return (a, b)\n"
    assert inline(source, ["f"]) == source
