"""Call kernels as machine code on the emulated board, and require the bits that the same text gives on CPython."""

import ast
from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from host_tools.flash.modules import board_modules
from tests.emulator.machine import Machine
from tests.emulator.raw_repl import run_code

_CALLS = """
for arrays, numbers in {cases}:
    arrays = [values if isinstance(values, bytes) else array('i', values) for values in arrays]
    print([{kernel}(*arrays, *numbers)] + [list(values) for values in arrays])
"""
_HEAD = "import micropython\nfrom array import array\n"

# Arrays, or bytes, and numbers of a call.
Case = tuple[Sequence[Sequence[int]], Sequence[int]]
# A board has room for the text of so many.
_CASES_AT_ONCE = 20


def _kernel(name: str) -> str:
    """Return the text of a kernel as a board gets it."""
    for source in board_modules().sources.values():
        for node in ast.parse(source).body:
            if isinstance(node, ast.FunctionDef) and node.name == name:
                lines = source.splitlines()[node.decorator_list[0].lineno - 1 : node.end_lineno]
                assert lines[0] == "@micropython.viper"
                return "\n".join(lines) + "\n"
    raise LookupError(name)


def assert_equal(
    machine: Machine, kernel: Callable[..., int], cases: Iterable[Case], called: Iterable[Callable[..., int]] = ()
) -> None:
    """Require of each case the same result and arrays on the board as on CPython; `called`: by the kernel."""
    rest = iter(cases)
    head = _HEAD + "".join(_kernel(function.__name__) for function in (*called, kernel))
    while some := list(islice(rest, _CASES_AT_ONCE)):
        code = head + _CALLS.format(cases=some, kernel=kernel.__name__)
        for (arrays, numbers), printed in zip(some, run_code(machine.pico, code).splitlines(), strict=True):
            here = [values if isinstance(values, bytes) else array("i", values) for values in arrays]
            result = kernel(*here, *numbers)
            assert ast.literal_eval(printed) == [result, *(list(values) for values in here)], (arrays, numbers)
