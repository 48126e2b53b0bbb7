"""The kernels as machine code on the emulated board give the bits that the same text gives on CPython."""

import ast
from array import array

import pytest

from host_tools.flash.modules import board_modules
from instep.axes import AXES
from instep.guard.setpoint_limiter import BOUNDS, replace_invalid
from instep.stroke.trajectory import RAMP_TICKS, advance_axes
from tests.emulator.machine import Machine
from tests.emulator.raw_repl import run_code

_CALL = "arrays = [array('i', a) for a in {arrays}]\nprint([{call}] + [list(a) for a in arrays])\n"
_HEAD = "import micropython\nfrom array import array\n"

_HOME = [0] * AXES
_FURTHEST = 340_000
_LONGEST = 2 * RAMP_TICKS * (40_000 - RAMP_TICKS)  # the sum of weights of the slowest stroke
_FASTEST = 2 * RAMP_TICKS * RAMP_TICKS


def _kernel(name: str) -> str:
    """Return the text of a kernel as a board gets it."""
    source = board_modules().sources["instep.core"]
    found = [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == name]
    lines = source.splitlines()[found[0].decorator_list[0].lineno - 1 : found[0].end_lineno]
    assert lines[0] == "@micropython.viper"
    return "\n".join(lines) + "\n"


def _both(machine: Machine, kernel, arrays: list[list[int]], *numbers: int) -> tuple[list[object], list[object]]:
    """Return result and arrays after a call on the board, and the same after one on CPython."""
    call = f"{kernel.__name__}({', '.join(['*arrays', *map(str, numbers)])})"
    printed = run_code(machine.pico, _HEAD + _kernel(kernel.__name__) + _CALL.format(arrays=arrays, call=call))
    here = [array("i", values) for values in arrays]
    result = kernel(*here, *numbers)
    return ast.literal_eval(printed), [result, *(list(values) for values in here)]


@pytest.mark.parametrize("beyond", [0, 1, -1, 1 << 29, -(1 << 29)])
def test_the_setpoints_at_the_ends_of_their_ranges_and_beyond(machine: Machine, beyond: int):
    setpoints = [BOUNDS[index + AXES * (index & 1)] + beyond for index in range(AXES)]
    on_board, here = _both(machine, replace_invalid, [setpoints, _HOME, list(BOUNDS)], AXES)
    assert on_board == here


@pytest.mark.parametrize("total", [_FASTEST, _LONGEST])
@pytest.mark.parametrize("weight", [0, 1, 2 * RAMP_TICKS])
def test_moves_at_the_ends_of_their_ranges(machine: Machine, total: int, weight: int):
    axes = [
        (0, _FURTHEST, 1, total - 1),
        (1, _FURTHEST, -1, total - 1),
        (2, 1, 1, total - 1),
        (3, 1, -1, 0),
        (19, 0, 1, 0),
    ]
    move = [total, *(value for axis in axes for value in axis)]
    on_board, here = _both(machine, advance_axes, [move, [7] * AXES], len(move), weight)
    assert on_board == here
