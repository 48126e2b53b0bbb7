"""The kernels as machine code on the emulated board give the bits that the same text gives on CPython."""

import ast
from array import array

import pytest

from host_tools.flash.modules import board_modules
from instep.axes import AXES
from instep.drive import roller_kernels
from instep.drive.press import feel_foot, follow_surface, learn_zero, measure_surface, step_travel
from instep.drive.roller_kernels import close_gap, limit_duty, measure_place, wanted_speed, wind_up
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
        (0, _FURTHEST, 1, total - 1, _FURTHEST),
        (1, _FURTHEST, -1, total - 1, 0),
        (2, 1, 1, total - 1, 1),
        (3, 1, -1, 0, 0),
        (19, 0, 1, 0, 0),
    ]
    move = [total, *(value for axis in axes for value in axis)]
    on_board, here = _both(machine, advance_axes, [move, [7] * AXES], len(move), weight)
    assert on_board == here


def _press(travel_um: int, measured_um: int, surface_um: int, spring_mn_mm: int) -> list[int]:
    return [
        travel_um,
        travel_um,
        20_000,
        0,
        1,
        10_000,
        surface_um,
        -4_000,
        spring_mn_mm,
        60_000,
        measured_um,
        475,
        -30,
        -1_900,
        50,
    ]


@pytest.mark.parametrize("spring_mn_mm", [200, 5_000])
@pytest.mark.parametrize("force_mn", [-(1 << 29), -100_000, -530, -1, 0, 400, 401, 470, 100_000, 1 << 29])
def test_readings_of_presses_at_the_ends_of_their_ranges(machine: Machine, spring_mn_mm: int, force_mn: int):
    for travel_um, measured_um in ((0, -500_000), (60_000, 60_000)):
        state = _press(travel_um, measured_um, 0, spring_mn_mm)
        for kernel in (measure_surface, feel_foot, learn_zero):
            on_board, here = _both(machine, kernel, [state], force_mn)
            assert on_board == here


@pytest.mark.parametrize("spring_mn_mm", [200, 5_000])
@pytest.mark.parametrize("setpoint_mn", [1, 10_000, 35_000])
def test_presses_at_the_ends_of_their_ranges(machine: Machine, spring_mn_mm: int, setpoint_mn: int):
    for measured_um, surface_um in ((-500_000, 0), (60_000, -500_000), (60_000, 60_000), (0, 60_000)):
        on_board, here = _both(
            machine, follow_surface, [_press(30_000, measured_um, surface_um, spring_mn_mm)], setpoint_mn
        )
        assert on_board == here


@pytest.mark.parametrize("wanted_um", [-1_000_000, 0, 30_000, 60_001, 1_000_000])
def test_travels_at_the_ends_of_their_ranges(machine: Machine, wanted_um: int):
    for travel_um in (0, 29_500, 60_000):
        on_board, here = _both(machine, step_travel, [_press(travel_um, 0, 0, 1_200)], wanted_um)
        assert on_board == here


def _roller(**values: int) -> list[int]:
    """Return the state of a roller with some of its values, by their places."""
    state = [0] * 17
    state[14:] = [99_328, 700, 1_500]
    for name, value in values.items():
        state[getattr(roller_kernels, name)] = value
    return state


@pytest.mark.parametrize("counts", [-(1 << 29), -20_000, -1, 0, 31, 20_000, 1 << 29])
@pytest.mark.parametrize("place_um", [-400_000, 0, 400_000])
def test_places_at_the_ends_of_their_ranges(machine: Machine, counts: int, place_um: int):
    on_board, here = _both(machine, measure_place, [_roller(PLACE=place_um)], counts)
    assert on_board == here


@pytest.mark.parametrize("gap", [-400_000, -17, -16, 0, 16, 17, 400_000])
@pytest.mark.parametrize("gap_speed", [-1_050, -21, 0, 20, 1_050])
def test_gaps_at_the_ends_of_their_ranges(machine: Machine, gap: int, gap_speed: int):
    on_board, here = _both(machine, close_gap, [_roller(GAP=gap, GAP_SPEED=gap_speed)])
    assert on_board == here


@pytest.mark.parametrize("step", [-1_050, -1, 0, 1, 1_050])
@pytest.mark.parametrize("place_um", [-400_000, -150, -1, 0, 151, 400_000])
def test_speeds_at_the_ends_of_their_ranges(machine: Machine, step: int, place_um: int):
    for integral in (-40_000, -1, 40_000):
        state = _roller(PLACE=place_um, INTEGRAL=integral, CEILING=1_000)
        on_board, here = _both(machine, wanted_speed, [state], step)
        assert on_board == here


@pytest.mark.parametrize("wanted", [-4_000, -700, -1, 0, 699, 700, 4_000])
@pytest.mark.parametrize("error", [-1_001, -1_000, -1, 0, 1, 1_000, 1_001])
def test_integrals_at_the_ends_of_their_ranges(machine: Machine, wanted: int, error: int):
    for integral in (-40_000, 0, 40_000):
        state = _roller(ERROR=error, INTEGRAL=integral, CEILING=1_000)
        on_board, here = _both(machine, wind_up, [state], wanted)
        assert on_board == here


@pytest.mark.parametrize("duty", [-6_000, -1_000, 0, 999, 6_000])
@pytest.mark.parametrize("current_ma", [-100_000, 1_500, 1_501, 100_000])
def test_duties_at_the_ends_of_their_ranges(machine: Machine, duty: int, current_ma: int):
    for before, ceiling in ((0, 0), (-1_000, 995), (1_000, 1_000)):
        on_board, here = _both(machine, limit_duty, [_roller(DUTY=before, CEILING=ceiling)], duty, current_ma)
        assert on_board == here
