"""The kernels as machine code on the emulated board give the bits that the same text gives on CPython."""

from array import array
from collections.abc import Callable
from itertools import product

import pytest

from instep.axes import (
    AXES,
    AXES_PER_FOOT,
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
from tests.emulator.kernel_calls import Case, assert_equal
from tests.emulator.machine import Machine
from tests.firmware.step_lanes import lane, scale_of

_HOME = [0] * AXES
_FURTHEST = 340_000
_LONGEST = 2 * RAMP_TICKS * (40_000 - RAMP_TICKS)  # the sum of weights of the slowest stroke
_FASTEST = 2 * RAMP_TICKS * RAMP_TICKS


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


def test_duties_at_the_ends_of_their_ranges(machine: Machine):
    states = [_roller(DUTY=duty, CEILING=ceiling) for duty, ceiling in ((0, 0), (-1_000, 995), (1_000, 1_000))]
    given = product((-6_000, -1_000, 0, 999, 6_000), (-100_000, 1_500, 1_501, 100_000))
    assert_equal(machine, limit_duty, [([state], list(numbers)) for numbers in given for state in states])
