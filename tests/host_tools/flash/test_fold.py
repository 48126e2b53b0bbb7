"""Constants folded into their uses: the same values, the same lines, and nothing else changed."""

import ast
from typing import Any

import pytest

from host_tools.flash.constants import Constants
from host_tools.flash.fold import fold, fold_outsider
from host_tools.flash.modules import installed_files

LIMITS = """\
from micropython import const

MAX = 7
MIN = -MAX * (1 << 2)
_HIDDEN = const(3)
A, B, C = range(3)
TABLE = (1, 2)
"""


def _run(sources, name):
    """Run the sources as modules; return the globals of the last."""
    modules: dict[Any, dict[str, Any]] = {}
    for module, source in sources.items():
        lines = [line for line in source.split("\n") if not line.startswith("from micropython")]
        scope = {"const": lambda value: value, "__name__": module}
        imports = [node for node in ast.parse("\n".join(lines)).body if isinstance(node, ast.ImportFrom)]
        for node in imports:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                target = type("Module", (), modules[whole]) if whole in modules else modules[node.module][alias.name]
                scope[alias.asname or alias.name] = target
        body = [line for line in lines if "import" not in line]
        exec("\n".join(body), scope)
        modules[module] = scope
    return modules[name]


@pytest.mark.parametrize(
    "use",
    [
        "from a.limits import MIN, MAX, TABLE\nx = MAX + MIN - TABLE[1]",
        "from a.limits import MAX as GREATEST\nx = GREATEST ** 2",
        "from a import limits\nx = limits.MAX - limits.C + limits.TABLE[0]",
        "from a.limits import MIN\nx = MIN.bit_length() if MIN < 0 else 0",
        "from a.limits import A, B\nOWN = B << 4 | A\nx = [OWN for _ in (A, B)]",
        "from a.limits import MAX\ndef f(n=MAX):\n    return n - MAX\nx = f() + f(9)",
    ],
)
def test_a_folded_module_computes_the_same(use):
    sources = {"a.limits": LIMITS, "a.use": use}
    assert _run(fold(sources), "a.use")["x"] == _run(sources, "a.use")["x"]


def test_constants_and_what_only_they_were_imported_for_are_gone():
    folded = fold({"a.limits": LIMITS, "a.use": "from a.limits import MAX, TABLE\nx = [MAX]\ny = TABLE"})
    assert "MAX" not in folded["a.limits"] and "MIN" not in folded["a.limits"]
    assert "TABLE = (1, 2)" in folded["a.limits"]
    assert folded["a.use"] == "from a.limits import TABLE\nx = [7]\ny = TABLE"


def test_what_type_checkers_alone_read_is_gone():
    source = "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from a.b import C\n\nx = 1\n"
    assert "import" not in fold({"a": source})["a"]


@pytest.mark.parametrize(
    "source",
    [
        "N = 1\nN = 2\nx = N",
        "N = 1\ndef f(N):\n    return N\nx = f(5)",
        "N = 1\ndef f():\n    N = 3\n    return N\nx = N + f()",
        "N = 1\nfor N in (4, 5):\n    pass\nx = N",
        "N = len('ab')\nx = N",
        "N = 'text'\nx = N",
        "M, N = range(5, 7)\nx = N",
    ],
)
def test_a_name_that_is_not_constant_stays(source):
    folded = fold({"a": source})["a"]
    assert _run({"a": folded}, "a")["x"] == _run({"a": source}, "a")["x"]
    assert "N" in folded


def test_a_negative_constant_keeps_its_sign_where_it_stands():
    folded = fold({"a": "N = -2\nx = [3 - N ** 2]\ny = [-N]"})["a"]
    scope = _run({"a": folded}, "a")
    assert (scope["x"], scope["y"]) == ([-1], [2])


def test_an_outsider_is_folded_as_the_firmware_is():
    constants = Constants({"a.limits": LIMITS})
    assert fold_outsider(constants, "from a.limits import MAX\nprint(MAX)") == "\nprint(7)"


SOURCES = {name: path.read_text() for name, path in installed_files().items()}
FOLDED = fold(SOURCES)


@pytest.mark.parametrize("module", SOURCES)
def test_the_firmware_keeps_its_lines(module):
    assert SOURCES[module].count("\n") == FOLDED[module].count("\n")
    assert _functions(FOLDED[module]) <= _functions(SOURCES[module])


def _functions(source):
    return {(node.name, node.lineno) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)}
