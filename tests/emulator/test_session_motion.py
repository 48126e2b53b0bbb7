"""The outputs of an emulated session: every setpoint is CPython's, and servos and rollers follow theirs."""

from itertools import pairwise

import pytest

from host_tools.program.load import load_program
from instep.axes import (
    AXES_PER_FOOT,
    FEET,
    FOOT_NAMES,
    HIGH,
    HOLD_ARCH,
    HOLD_HEEL,
    LOW,
    SOLE_PRESS,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.hal.board import ROLLER_NAMES
from instep.session.choices import Choices
from instep.stroke.foot_scaling import FootLengths
from instep.stroke.program import Program
from instep.stroke.scheduler import Scheduler
from tests.emulator.story import CALIBRATION, PROGRAM, STEPS, Story, axis_of, pulses_of, travel_of

# How far a roller may be behind its setpoint, and beyond an end of its travel: a tenth of a toe.
BEHIND_UM = 5_000
# From this speed of the setpoint, kept for so many ticks, the duty must have its sign.
SWIFT_UM = 300
SETTLED_TICKS = 15

FIGURES = {
    TOE_SELECT: (CALIBRATION.select_zero_us, CALIBRATION.select_us_per_kilo),
    TOE_REACH: (CALIBRATION.reach_zero_us, CALIBRATION.reach_us_per_kilo),
    TOE_TURN: (CALIBRATION.turn_zero_us, CALIBRATION.turn_us_per_kilo),
    TOE_GRIP: (CALIBRATION.grip_zero_us, CALIBRATION.grip_us_per_kilo),
    HOLD_ARCH: (CALIBRATION.hold_zero_us, CALIBRATION.hold_us_per_kilo),
    HOLD_HEEL: (CALIBRATION.hold_zero_us, CALIBRATION.hold_us_per_kilo),
}
# The waypoints of demo.toml; axes of one group move together, on both feet.
ORDER = (
    (HOLD_ARCH, HOLD_HEEL),
    (TOP_PRESS, SOLE_PRESS),
    (TOP_STROKE, SOLE_STROKE),
    (TOE_SELECT,),
    (TOE_REACH,),
    (TOE_GRIP,),
    (TOE_TURN,),
)

pytestmark = pytest.mark.xdist_group("emulated session")


def replayed(story: Story) -> list[tuple[int, ...]]:
    """Return what CPython makes of the same program for the same feet, from the same setpoints on."""
    scheduler = Scheduler()
    scheduler.setpoints[:] = type(scheduler.setpoints)("i", story.entries[0].setpoints)
    scheduler.load(Program(load_program(PROGRAM).data), FootLengths(*story.lengths_um), 3)
    choices = Choices()
    scheduler.set_levels(choices.force_permille(), choices.press_max_mn(), choices.pace_permille())
    scheduler.start(True)
    trace = [tuple(scheduler.setpoints)]
    for _ in story.entries:
        scheduler.tick()
        trace.append(tuple(scheduler.setpoints))
    return trace


def from_first_change(trace: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    return trace[next(index for index, setpoints in enumerate(trace) if setpoints != trace[0]) :]


def first_change(values: list[float] | list[int]) -> int:
    return next(index for index, value in enumerate(values) if value != values[0])


def test_the_board_makes_the_setpoints_that_cpython_makes(story: Story):
    expected = from_first_change(replayed(story))
    made = from_first_change([entry.setpoints for entry in story.entries])

    assert len(made) > 1000
    assert made == expected[: len(made)]


@pytest.mark.parametrize("axis", FIGURES)
@pytest.mark.parametrize("foot", range(FEET), ids=FOOT_NAMES)
def test_a_servos_pulse_is_its_setpoints(story: Story, foot: int, axis: int):
    zero_us, us_per_kilo = FIGURES[axis]
    step_us = story.machine.servos.period_us / STEPS
    setpoints = axis_of(story, foot, axis)

    assert len(set(setpoints)) > 10
    for setpoint, pulse_us in zip(setpoints, pulses_of(story, foot, axis), strict=True):
        assert pulse_us == pytest.approx(zero_us + setpoint * us_per_kilo / 1000, abs=1 + step_us)


@pytest.mark.parametrize("axis", [TOP_PRESS, SOLE_PRESS])
@pytest.mark.parametrize("foot", range(FEET), ids=FOOT_NAMES)
def test_a_press_lowers_to_press_and_lifts_to_release(story: Story, foot: int, axis: int):
    lifted_us = CALIBRATION.press_zero_us
    setpoints = axis_of(story, foot, axis)
    travels_us = [abs(pulse_us - lifted_us) for pulse_us in pulses_of(story, foot, axis)]
    down_us = abs(5_000 * CALIBRATION.press_us_per_kilo / 1000)
    for index, (before, after) in enumerate(pairwise(setpoints)):
        if before and not after:
            assert travels_us[index] > down_us
            assert min(travels_us[index : index + 60]) < down_us
    assert sum(before == 0 and after > 0 for before, after in pairwise(setpoints)) == 2


@pytest.mark.parametrize("roller", range(len(ROLLER_NAMES)), ids=ROLLER_NAMES)
def test_a_bridge_drives_the_way_that_its_roller_is_to_go(story: Story, roller: int):
    setpoints = axis_of(story, roller // 2, TOP_STROKE + roller % 2)
    speeds = [after - before for before, after in pairwise(setpoints)]
    seen = set()
    for index in range(SETTLED_TICKS, len(speeds)):
        lately = speeds[index - SETTLED_TICKS : index + 1]
        for way in (-1, 1):
            if all(way * speed >= SWIFT_UM for speed in lately):
                seen.add(way)
                assert way * story.entries[index + 1].duty_permille[roller] > 0
    assert seen == {-1, 1}


@pytest.mark.parametrize("roller", range(len(ROLLER_NAMES)), ids=ROLLER_NAMES)
def test_a_roller_follows_its_setpoint(story: Story, roller: int):
    setpoints = axis_of(story, roller // 2, TOP_STROKE + roller % 2)
    behind = [abs(travel - setpoint) for travel, setpoint in zip(travel_of(story, roller), setpoints, strict=True)]

    assert setpoints[0] == 0
    assert max(setpoints) > 30_000
    assert max(behind) < BEHIND_UM


@pytest.mark.parametrize("foot", range(FEET), ids=FOOT_NAMES)
def test_what_the_program_moves_is_seen_to_move_in_its_order(story: Story, foot: int):
    seen = []
    for group in ORDER:
        at = []
        for axis in group:
            if axis in (TOP_STROKE, SOLE_STROKE):
                travel = travel_of(story, foot * 2 + axis - TOP_STROKE)
                at.append(next(index for index, um in enumerate(travel) if abs(um) > BEHIND_UM))
            else:
                at.append(first_change(pulses_of(story, foot, axis)))
        seen.append(at)
    assert all(max(before) < min(after) for before, after in pairwise(seen)), seen


def test_nothing_leaves_its_range(story: Story):
    for foot in range(FEET):
        for axis in range(AXES_PER_FOOT):
            assert all(LOW[axis] <= setpoint <= HIGH[axis] for setpoint in axis_of(story, foot, axis))
        for axis, (zero_us, us_per_kilo) in FIGURES.items():
            ends_us = sorted(zero_us + end * us_per_kilo / 1000 for end in (LOW[axis], HIGH[axis]))
            pulses_us = pulses_of(story, foot, axis)
            assert ends_us[0] - 5 < min(pulses_us) and max(pulses_us) < ends_us[1] + 5
    for roller in range(len(ROLLER_NAMES)):
        travel = travel_of(story, roller)
        assert min(travel) > -BEHIND_UM and max(travel) < HIGH[TOP_STROKE + roller % 2]
