"""The guard's kernels as machine code on the emulated board give the bits that the same text gives on CPython."""

from itertools import product

import pytest

from instep.axes import (
    AXES,
    AXES_PER_FOOT,
    HIGH,
    LOW,
)
from instep.drive import roller_kernels
from instep.drive.press import (
    LANDING,
    SPRING,
    TOUCHING,
    TRAILING,
    TRAVEL_MAX,
    ZERO,
)
from instep.drive.roller_kernels import (
    ACTIVE,
)
from instep.guard import force_monitor, motion_monitor, surface_monitor, travel_monitor
from instep.guard.memory_monitor import are_whole
from instep.guard.setpoint_limiter import replace_invalid
from instep.stroke.trajectory import (
    RAMP_TICKS,
)
from tests.emulator.kernel_calls import Case, assert_equal
from tests.emulator.machine import Machine

_HOME = [0] * AXES
_FURTHEST = 340_000
_LONGEST = 2 * RAMP_TICKS * (40_000 - RAMP_TICKS)  # the sum of weights of the slowest stroke
_FASTEST = 2 * RAMP_TICKS * RAMP_TICKS


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


@pytest.mark.parametrize("ticks", [4, 39])
def test_speeds_of_watched_rollers_at_the_ends_of_their_ranges(machine: Machine, ticks: int):
    states = [[counts, 0, 0, *[ticks] * 9, 70, 9, 5] for counts in (0, 1 << 28)]
    numbers = product((-(1 << 28), -70, -5, 9, 1 << 28), (-1_000, -99, 0, 100))
    assert_equal(machine, motion_monitor.judge_speed, [([state], list(pair)) for pair in numbers for state in states])


@pytest.mark.parametrize("ticks", [1, 9])
def test_loads_of_watched_rollers_at_the_ends_of_their_ranges(machine: Machine, ticks: int):
    states = [[0, speed, 0, *[ticks] * 9, 70, 9, 5] for speed in (1, 1 << 29)]
    rollers = [[0] * roller_kernels.SIZE, [0] * roller_kernels.SIZE]
    rollers[0][roller_kernels.RUN], rollers[0][roller_kernels.ERROR] = ACTIVE, -1_000
    rollers[1][roller_kernels.RUN], rollers[1][roller_kernels.ERROR] = ACTIVE, 1 << 29
    numbers = list(product((-1_000, 99, 100), (0, 499, 500, 20_000), (2, 10)))
    cases = [([state, roller], list(three)) for three in numbers for state in states for roller in rollers]
    assert_equal(machine, motion_monitor.judge_load, cases)


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
    roller = [asked_mn, 35_000, 60_000, 4_000, 0, 3, follows, followed_um, 8_000, 5, 0, 20, 16_383, 2, 499, 1]
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
    for step_um, speed, cruising, against in product((-1_050, 149, 1_050), (0, 2, 1_000), (4, 5), (0, 1)):
        roller = [0] * roller_kernels.SIZE
        roller[roller_kernels.RUN], roller[roller_kernels.STEP], roller[roller_kernels.SCALE] = ACTIVE, step_um, 99_328
        monitor = [0, speed, 0, 0, 0, against, 0, 0, 0, 0, cruising, 1, 0, 0, 0]
        cases += [([monitor, roller], [*given]) for given in product((-1_000, 1_000), (1_099, 1_100))]
    assert_equal(machine, motion_monitor.judge_cruise, cases)
