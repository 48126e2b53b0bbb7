"""The constants of a firmware: integers that one statement of a module sets, also by those of other modules."""

import ast

import pytest

from host_tools.flash.constants import Constants

SOURCES = {
    "a.units": "MILLI = 1_000\nPER_TICK = const(MILLI // 100)\nOFF, ON, HELD = range(3)\n",
    "a.use": (
        "from a import units\nfrom a.units import MILLI as M\nWIDE = -M << 2\nBACK = units.PER_TICK * units.HELD\n"
    ),
}


def constants_of(source, name="one"):
    return Constants({name: source}).modules[name].constants


def test_values_come_through_imports_in_any_order_of_the_modules():
    for names in (["a.units", "a.use"], ["a.use", "a.units"]):
        modules = Constants({name: SOURCES[name] for name in names}).modules
        assert modules["a.units"].constants == {"MILLI": 1_000, "PER_TICK": 10, "OFF": 0, "ON": 1, "HELD": 2}
        assert modules["a.use"].constants == {"WIDE": -4_000, "BACK": 20}


@pytest.mark.parametrize(
    "source",
    [
        "N = 1\nN = 2",
        "N = 1\ndef f(N):\n    return N",
        "N = 1\nfor N in range(3):\n    pass",
        "N = 1.5",
        "N = 'x'",
        "N = unknown + 1",
        "N = 7 / 2",
        "N: int = 1",
        "if True:\n    N = 1",
        "N, *M = range(3)",
        "N, M = range(1, 3)",
    ],
)
def test_a_name_that_may_be_something_else_is_no_constant(source):
    assert constants_of(source) == {}


@pytest.mark.parametrize("expression", ["3 + 4 * 2", "-7 // 2", "-7 % 3", "1 << 9 | 5", "0xFF & 0x3C ^ 1", "256 >> 3"])
def test_arithmetic_is_that_of_python(expression):
    assert constants_of(f"N = {expression}") == {"N": ast.literal_eval(repr(eval(expression)))}


def test_a_source_from_outside_may_use_the_modules():
    constants = Constants(SOURCES)
    module = constants.outsider("from a.units import HELD\nLIMIT = HELD + 5\n")
    assert module.constants == {"LIMIT": 7}
