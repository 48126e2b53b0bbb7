"""The kernels as machine code on the emulated board give the bits that the same text gives on CPython."""

import ast
from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, product

import pytest

from host_tools.flash.modules import board_modules
from instep.axes import (
    AXES,
    AXES_PER_FOOT,
    HIGH,
    LOW,
    ROLLERS_PER_FOOT,
    SOLE_PRESS,
    SOLE_STROKE,
    TOE_REACH,
    TOE_TURN,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.drive import drives, roller_kernels
from instep.drive.press import (
    LANDING,
    SPRING,
    TOUCHING,
    TRAILING,
    TRAVEL_MAX,
    ZERO,
    feel_foot,
    follow_surface,
    learn_zero,
    measure_surface,
    step_travel,
)
from instep.drive.roller_kernels import (
    ACTIVE,
    RESTING,
    close_gap,
    limit_duty,
    measure_place,
    take_setpoint,
    wanted_speed,
    wind_up,
)
from instep.guard import force_monitor, motion_monitor, surface_monitor, travel_monitor
from instep.guard.memory_monitor import are_whole
from instep.guard.setpoint_limiter import replace_invalid
from instep.hal.quadrature import drain_fifos, take_counts
from instep.stroke.foot_scaling import FOOT_MAX_UM, FOOT_MIN_UM, SCALE_PLACES, SCALE_PRESS_HIGH, new_scale, scale_axes
from instep.stroke.lanes import (
    STEP_ROLLED,
    STEP_TAPERS,
    STEP_WAYS,
    add_lanes,
    arrive,
    lane_place,
)
from instep.stroke.program import AXIS_WAIT, END_STEP, END_STROKE
from instep.stroke.taper import tapered
from instep.stroke.trajectory import (
    MOVE_FIRST,
    MOVE_SIZE,
    RAMP_TICKS,
    add_axis,
    advance_axes,
    new_move,
    ticks_at_full_speed,
)
from tests.emulator.machine import Machine
from tests.emulator.raw_repl import run_code
from tests.firmware.step_lanes import lane, scale_of

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

_HOME = [0] * AXES
_FURTHEST = 340_000
_LONGEST = 2 * RAMP_TICKS * (40_000 - RAMP_TICKS)  # the sum of weights of the slowest stroke
_FASTEST = 2 * RAMP_TICKS * RAMP_TICKS


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


def test_setpoints_at_the_ends_of_their_ranges_and_beyond(machine: Machine):
    ends = [(LOW, HIGH)[index & 1][index % AXES_PER_FOOT] for index in range(AXES)]
    beyond = (0, 1, -1, 1 << 29, -(1 << 29))
    assert_equal(
        machine,
        replace_invalid,
        [([[end + more for end in ends], _HOME, [*LOW, *HIGH]], [AXES]) for more in beyond],
    )


def test_words_and_their_inverses_at_the_ends_of_their_ranges(machine: Machine):
    runs = [1 | 2 << 16, 6 | 1 << 16]
    runs.append(runs[0] ^ runs[1] ^ -1)
    cases: list[Case] = []
    for word, other in product((0, -1, 1, -(1 << 31), (1 << 31) - 1), repeat=2):
        words = [7, word, 5, ~other, ~5, 9, other, ~other]
        cases += [([words, runs], [3]), ([words, [runs[0], runs[1] ^ 1, runs[2]]], [3])]
    assert_equal(machine, are_whole, cases)


def test_moves_at_the_ends_of_their_ranges(machine: Machine):
    cases: list[Case] = []
    for total, weight in product((_FASTEST, _LONGEST), (0, 1, 2 * RAMP_TICKS)):
        axes = [
            (0, _FURTHEST, 1, total - 1, _FURTHEST),
            (1, _FURTHEST, -1, total - 1, 0),
            (2, 1, 1, total - 1, 1),
            (3, 1, -1, 0, 0),
            (19, 0, 1, 0, 0),
        ]
        move = [total, MOVE_FIRST + len(axes) * MOVE_SIZE, 0, *(value for axis in axes for value in axis)]
        cases.append(([move, [7] * AXES], [weight]))
    assert_equal(machine, advance_axes, cases)


def test_scales_at_the_ends_of_their_ranges(machine: Machine):
    scales = product((FOOT_MIN_UM, FOOT_MAX_UM), (95, 170), (0, 1_300), (0, 35_001))
    assert_equal(
        machine, scale_axes, [([[*values, *new_scale(SCALE_PLACES)[SCALE_PRESS_HIGH:]]], []) for values in scales]
    )


def test_steps_at_the_ends_of_their_ranges(machine: Machine):
    last = lane(TOE_REACH, 1_000, 1_000, END_STEP | END_STROKE)
    rollers = lane(TOP_STROKE, 1_000) + lane(SOLE_STROKE, 0, 1)
    presses = lane(TOP_PRESS, 3_500) + lane(SOLE_PRESS, 0)
    datas = (
        rollers + last,
        presses + lane(AXIS_WAIT, 6_000) + lane(TOE_TURN, -100) + lane(TOE_REACH, -1, 0, END_STEP),
    )
    cases: list[Case] = []
    for data, tapers, base, place in product(datas, (0, 90 | 90 << 8), (0, AXES_PER_FOOT), (0, 258_400)):
        step = scale_of(FOOT_MAX_UM, 0, 1_300)
        step[STEP_TAPERS] = tapers
        step[STEP_WAYS : STEP_ROLLED + ROLLERS_PER_FOOT] = array("i", [258_400, 323_000, place, 0, -1, -1])
        cases.append(([list(step), data, list(new_move(base)), [place] * AXES, [0, 0]], []))
    assert_equal(machine, add_lanes, cases, called=(lane_place, ticks_at_full_speed, add_axis, tapered))


def test_axes_arrive_at_their_goals(machine: Machine):
    move = [0, 13, 0, 1, 7, -1, 5, -340_000, 19, 0, 1, 0, 340_000]
    assert_equal(machine, arrive, [([move, [3] * AXES], [])])


def _press(travel_um: int, measured_um: int, surface_um: int, spring_mn_mm: int) -> list[int]:
    tracker = [0, 1, 10_000, surface_um, -4_000]
    return [travel_um, travel_um, 20_000, *tracker, measured_um, -30, -1_900, 50, 1, spring_mn_mm, 60_000, 475]


@pytest.mark.parametrize("kernel", [measure_surface, feel_foot, learn_zero])
def test_readings_of_presses_at_the_ends_of_their_ranges(machine: Machine, kernel: Callable[..., int]):
    forces_mn = (-(1 << 29), -100_000, -530, -1, 0, 400, 401, 470, 5_001, 100_000, 1 << 29)
    states = [_press(*places, spring) for places in ((0, -500_000, 0), (60_000, 60_000, 0)) for spring in (200, 5_000)]
    assert_equal(machine, kernel, [([state], [force]) for state, force in product(states, forces_mn)])


def test_presses_at_the_ends_of_their_ranges(machine: Machine):
    surfaces = ((-500_000, 0), (60_000, -500_000), (60_000, 60_000), (0, 60_000))
    states = [_press(30_000, *surface, spring) for surface in surfaces for spring in (200, 5_000)]
    assert_equal(machine, follow_surface, [([state], [force]) for state in states for force in (1, 10_000, 35_000)])


def test_travels_at_the_ends_of_their_ranges(machine: Machine):
    states = [_press(travel_um, 0, 0, 1_200) for travel_um in (0, 29_500, 60_000)]
    wanted_um = (-1_000_000, 0, 30_000, 60_001, 1_000_000)
    assert_equal(machine, step_travel, [([state], [wanted]) for state in states for wanted in wanted_um])


def _roller(**values: int) -> list[int]:
    """Return the state of a roller with some of its values, by their places."""
    state = [0] * roller_kernels.SIZE
    state[roller_kernels.SCALE :] = [99_328, 700, 1_500]
    for name, value in values.items():
        state[getattr(roller_kernels, name)] = value
    return state


def test_places_at_the_ends_of_their_ranges(machine: Machine):
    counts = (-(1 << 29), -20_000, -1, 0, 31, 20_000, 1 << 29)
    states = [_roller(PLACE=place_um) for place_um in (-400_000, 0, 400_000)]
    assert_equal(machine, measure_place, [([state], [count]) for state in states for count in counts])


def test_setpoints_of_rollers_at_the_ends_of_their_ranges(machine: Machine):
    states = [_roller(RUN=run, GAP=gap, SETPOINT=170_000) for run in (ACTIVE, RESTING) for gap in (0, -1)]
    setpoints_um = (0, 168_949, 168_950, 170_000, 171_050, 171_051, 340_000)
    assert_equal(machine, take_setpoint, [([state], [setpoint]) for state in states for setpoint in setpoints_um])


def test_servos_whose_setpoints_have_changed(machine: Machine):
    followed, axes = [0, 0x3FFF_FFFF, -100, *[0] * 9], [2, 3, 6, 7, 8, 9, 12, 13, 16, 17, 18, 19]
    setpoints = [list(range(AXES)), [0, 0, 0, 0x3FFF_FFFF, 0, 0, -100, *[0] * 13]]
    calls = [([list(values), followed, axes], [servo]) for values in setpoints for servo in (0, 1, 11, 12)]
    assert_equal(machine, drives.next_changed, calls)


def test_counts_of_encoders_at_the_ends_of_their_ranges(machine: Machine):
    fifos = [-(1 << 31) + 1, (1 << 31) - 1, -1, 0]
    assert_equal(machine, drain_fifos, [([fifos], [])])
    assert_equal(machine, take_counts, [([fifos, [0] * 4], [mask]) for mask in (0, 0b0101, 0b1111)])


def test_gaps_at_the_ends_of_their_ranges(machine: Machine):
    gaps = product((-400_000, -17, -16, 0, 16, 17, 400_000), (-1_050, -21, 0, 20, 1_050))
    assert_equal(machine, close_gap, [([_roller(GAP=gap, GAP_SPEED=speed)], []) for gap, speed in gaps])


def test_speeds_at_the_ends_of_their_ranges(machine: Machine):
    places_um = (-400_000, -150, -1, 0, 151, 400_000)
    states = [_roller(PLACE=place, INTEGRAL=sum_) for place in places_um for sum_ in (-40_000, -1, 40_000)]
    steps = (-1_050, -1, 0, 1, 1_050)
    assert_equal(machine, wanted_speed, [([state], [step]) for state in states for step in steps])


def test_integrals_at_the_ends_of_their_ranges(machine: Machine):
    errors = (-1_001, -1_000, -1, 0, 1, 1_000, 1_001)
    states = [_roller(ERROR=error, INTEGRAL=sum_, CEILING=1_000) for error in errors for sum_ in (-40_000, 0, 40_000)]
    speeds = (-4_000, -700, -1, 0, 699, 700, 4_000)
    assert_equal(machine, wind_up, [([state], [wanted]) for state in states for wanted in speeds])


@pytest.mark.parametrize("ticks", [4, 39])
def test_speeds_of_watched_rollers_at_the_ends_of_their_ranges(machine: Machine, ticks: int):
    states = [[counts, 0, 0, *[ticks] * 7, 70, 9, 5] for counts in (0, 1 << 28)]
    numbers = product((-(1 << 28), -70, -5, 9, 1 << 28), (-1_000, -99, 0, 100))
    assert_equal(machine, motion_monitor.judge_speed, [([state], list(pair)) for pair in numbers for state in states])


@pytest.mark.parametrize("ticks", [1, 9])
def test_loads_of_watched_rollers_at_the_ends_of_their_ranges(machine: Machine, ticks: int):
    states = [[0, speed, 0, *[ticks] * 7, 70, 9, 5] for speed in (1, 1 << 29)]
    numbers = list(product((-1_000, 99, 100), (0, 499, 500, 20_000), (2, 10)))
    assert_equal(machine, motion_monitor.judge_load, [([state], list(three)) for three in numbers for state in states])


@pytest.mark.parametrize("ticks", [9, 10])
def test_watched_forces_at_the_ends_of_their_ranges(machine: Machine, ticks: int):
    states = [[read_mn, 9, 24, ticks, held, 9, 45_500] for read_mn in (0, 3_001) for held in (0, 44)]
    forces_mn = (-(1 << 29), -1_501, 3_000, 3_001, 10_001, 1 << 29)
    lifted = [([state, [0, 0]], [force_mn]) for state in states for force_mn in forces_mn]
    assert_equal(machine, force_monitor.judge_lifted, lifted)
    asked = [([state], [force_mn, 35_000]) for state in states for force_mn in forces_mn]
    assert_equal(machine, force_monitor.judge_pressing, asked)


@pytest.mark.parametrize("um_per_n", [550, 5_350])
def test_watched_travels_at_the_ends_of_their_ranges(machine: Machine, um_per_n: int):
    monitors = [[touching, 1, rolled, 14_000, 100_000, 9, um_per_n] for touching, rolled in ((0, 0), (1, 0), (1, 1))]
    presses = []
    for travel_um, zero_mn in ((0, 500), (60_000, -500)):
        press = [0] * (TRAVEL_MAX + 8)
        press[TRAILING], press[SPRING], press[ZERO] = travel_um, 1_200, zero_mn
        presses.append(press)
    cases = product(monitors, presses, (97_000, 103_001), (-(1 << 29), 3_000, 3_001, 1 << 29))
    assert_equal(
        machine,
        travel_monitor.judge_touch,
        [([monitor, press], [place_um, force_mn]) for monitor, press, place_um, force_mn in cases],
    )


_NODES = 22


def _surface(asked_mn: int, follows: int, followed_um: int, node_um: int, node_mn: int) -> list[int]:
    """Return the state of a surface monitor whose nodes swing between -20 mm and `node_um`; each third is unknown."""
    nodes_um = [node_um if node & 1 else -20_000 for node in range(2 * _NODES)]
    nodes_mn = [-1 if node % 3 == 2 else node_mn for node in range(2 * _NODES)]
    roller = [asked_mn, 35_000, 60_000, 4_000, 0, 3, follows, followed_um, 8_000, 5, 0, 20, 16_383]
    return [*roller, *nodes_um, *nodes_mn]


def test_followed_surfaces_at_the_ends_of_their_ranges(machine: Machine):
    cases = []
    for asked_mn, follows, followed_um, landing, touching in product(
        (0, 35_000), (0, 1, 2), (-60_000, 60_000), (0, 1), (0, 1)
    ):
        press = [0] * (TRAVEL_MAX + 8)
        press[TRAILING], press[SPRING], press[ZERO], press[LANDING], press[TOUCHING] = (
            60_000,
            200,
            -500,
            landing,
            touching,
        )
        monitor = _surface(asked_mn, follows, followed_um, 60_000, 60_000)
        numbers = product((-3_000, 343_000), (-(1 << 29), 20_000, 1 << 29))
        cases += [([monitor, press], [*given]) for given in numbers]
    assert_equal(machine, surface_monitor.follow_foot, cases)


def test_nodes_at_the_ends_of_their_ranges(machine: Machine):
    states = [
        _surface(asked_mn, follows, 0, 60_000, node_mn)
        for asked_mn, follows, node_mn in product((8_000, 35_000), (1, 2), (0, 60_000))
    ]
    places_um = (-3_000, 0, 16_383, 16_384, 40_000, 343_000, 400_000)
    cases = [([state], [place_um]) for state in states for place_um in places_um]
    assert_equal(machine, surface_monitor.judge_nodes, cases)
    assert_equal(machine, surface_monitor.forget_nodes, [([state], []) for state in states])
    learning: list[Case] = []
    for state, touching, last, now in product(states, (0, 1), (0, 19), (0, 1, 20, 42)):
        press = [0] * (TRAVEL_MAX + 8)
        press[TOUCHING] = touching
        learning.append(([[*state[:10], last, now, *state[12:]], press], []))
    assert_equal(machine, surface_monitor.learn_node, learning)


def test_rollers_at_their_speed_at_the_ends_of_their_ranges(machine: Machine):
    cases = []
    for step_um, speed, cruising in product((-1_050, 149, 1_050), (0, 2, 1_000), (4, 5)):
        roller = [0] * roller_kernels.SIZE
        roller[roller_kernels.RUN], roller[roller_kernels.STEP], roller[roller_kernels.SCALE] = ACTIVE, step_um, 99_328
        monitor = [0, 0, 0, 0, speed, 0, 0, 0, 0, 0, 0, 0, 0, cruising, 1]
        cases += [([monitor, roller], [*given]) for given in product((-1_000, 1_000), (1_099, 1_100))]
    assert_equal(machine, motion_monitor.judge_cruise, cases)


def test_duties_at_the_ends_of_their_ranges(machine: Machine):
    states = [_roller(DUTY=duty, CEILING=ceiling) for duty, ceiling in ((0, 0), (-1_000, 995), (1_000, 1_000))]
    given = product((-6_000, -1_000, 0, 999, 6_000), (-100_000, 1_500, 1_501, 100_000))
    assert_equal(machine, limit_duty, [([state], list(numbers)) for numbers in given for state in states])
