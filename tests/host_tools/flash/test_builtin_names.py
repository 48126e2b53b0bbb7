"""A bundle imports the builtins that it calls, and no others."""

import pytest

from host_tools.flash.builtin_names import with_builtin_names
from host_tools.flash.modules import board_modules


def test_what_is_called_gets_a_name_of_the_module():
    source = "def far(a, b):\n    return max(abs(a), abs(b)) > 5\n"
    assert with_builtin_names(source) == f"from builtins import abs, max\n{source}"


@pytest.mark.parametrize("source", ["x = 1\n", "def f(x: int) -> bool:\n    return x.min() > 0\n"])
def test_a_source_that_calls_none_stays_as_it_is(source):
    assert with_builtin_names(source) == source


def test_the_bundles_have_them():
    for name in ("instep.core", "instep.hal.chips"):
        assert board_modules().sources[name].startswith("from builtins import ")
