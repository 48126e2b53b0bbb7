"""A step takes as long as on the slower of the two feet, on the board and in the checker alike."""

import sys
from array import array
from concurrent.futures import ThreadPoolExecutor

import pytest

from instep.axes import AXES, HOME, TOP_STROKE
from instep.levels import PACE_PERMILLE
from instep.stroke.program import Program
from instep.stroke.step_timing import StepTimer
from instep.stroke.trajectory import Trajectory
from tests.firmware.playing import TOP_BOTH, compiled

SHORT_UM, LONG_UM = 210_000, 320_000


def timer_of(program: Program, length_um: int, pace_permille: int = 1000) -> StepTimer:
    """Return a timer at the first stroke of the program's first phase."""
    timer = StepTimer()
    timer.data = program.data
    timer.length_um = length_um
    timer.levels.set(1000, 35_000, pace_permille)
    timer.at = program.lane_offset(program.enter_lane(0))
    while timer.at < program.lane_offset(program.stroke_lane(0)):
        timer.step()
    return timer


def test_a_stroke_takes_longer_on_a_longer_foot_and_at_a_slower_pace():
    program = compiled(TOP_BOTH)
    usual = timer_of(program, LONG_UM).stroke()
    assert timer_of(program, SHORT_UM).stroke() < usual
    assert timer_of(program, LONG_UM, min(PACE_PERMILLE)).stroke() > usual


def test_a_stroke_ends_with_its_last_step():
    program = compiled(TOP_BOTH)
    timer = timer_of(program, LONG_UM)
    ends = []
    while timer.at < program.lane_offset(program.leave_lane(0)):
        timer.step()
        ends.append(timer.is_stroke_end)
    assert ends.count(True) == program.stroke_count(0)
    assert ends[-1]


@pytest.mark.parametrize(("length_um", "foot_um"), [(LONG_UM, SHORT_UM), (SHORT_UM, LONG_UM), (LONG_UM, LONG_UM)])
def test_a_step_with_a_second_foot_takes_as_long_as_on_the_slower_one(length_um, foot_um):
    program = compiled(TOP_BOTH)
    both, alone, second = timer_of(program, length_um), timer_of(program, length_um), timer_of(program, foot_um)
    setpoints = array("i", HOME * 2)
    assert len(setpoints) == AXES
    setpoints[: len(HOME)] = second.pose
    move = Trajectory(setpoints, 0)
    while not both.is_stroke_end:
        move.clear()
        ticks = both.step(move, foot_um, 0)
        assert ticks == max(alone.step(), second.step())
        move.begin(ticks)
        while not move.is_over:
            move.advance()
        assert setpoints[: len(HOME)] == second.pose
    assert both.pose == alone.pose


def test_a_tapered_step_takes_the_time_of_the_longer_foot_beside_a_shorter_one():
    program = compiled(TOP_BOTH)
    both, alone = timer_of(program, LONG_UM), timer_of(program, LONG_UM)
    for timer in (both, alone):
        timer.tapers = 90 | 90 << 8
        timer.levels.set(1_000, 35_000, 2_000)
    setpoints = array("i", HOME * 2)
    move = Trajectory(setpoints, 0)
    while not both.is_stroke_end:
        move.clear()
        assert both.step(move, SHORT_UM, 0) == alone.step()
        assert both.rolling == alone.rolling
        move.begin(1)
        move.advance()
    assert both.pose == alone.pose


def test_a_pose_is_copied():
    timer = StepTimer()
    pose = array("i", HOME)
    timer.set_pose(pose)
    pose[TOP_STROKE] += 1
    assert timer.pose == array("i", HOME)


def test_timers_of_two_machines_in_threads_of_one_process_do_not_disturb_each_other():
    """As on a cluster whose workers have several threads."""
    program = compiled(TOP_BOTH)
    expected = {length_um: timer_of(program, length_um).stroke() for length_um in (SHORT_UM, LONG_UM)}
    usual_s = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(2) as pool:
            lengths_um = [SHORT_UM, LONG_UM] * 300
            found = list(pool.map(lambda length_um: timer_of(program, length_um).stroke(), lengths_um))
    finally:
        sys.setswitchinterval(usual_s)
    assert found == [expected[length_um] for length_um in lengths_um]
