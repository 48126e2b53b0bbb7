"""Letting a foot go and taking it up: the stages in their order, the axes of a stage together."""

from array import array

import pytest

from instep.axes import (
    AXES_PER_FOOT,
    HOLD_ARCH,
    HOLD_HEEL,
    HOME,
    SOLE_PRESS,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.stroke.foot_release import FootRelease
from instep.stroke.modes import BRAKE, HELD, RELEASE, REST, RETRACT, RETURN, WAIT
from instep.stroke.trajectory import Trajectory

PRESSES = {TOP_PRESS, SOLE_PRESS}
TOE_AXES = {TOE_TURN, TOE_REACH}
HOLDS = {HOLD_ARCH, HOLD_HEEL}
PLACES = {TOP_STROKE, SOLE_STROKE, TOE_SELECT}
BUSY = array("i", HOME)
for axis, value in {
    TOP_STROKE: 120_000,
    SOLE_STROKE: 80_000,
    TOP_PRESS: 20_000,
    SOLE_PRESS: 25_000,
    TOE_SELECT: 2_000,
    TOE_REACH: 10_000,
    TOE_TURN: 80,
    TOE_GRIP: 3_500,
    HOLD_ARCH: 8_000,
    HOLD_HEEL: 9_000,
}.items():
    BUSY[axis] = value


class Foot:
    """One foot in the middle of a massage, with its release."""

    def __init__(self):
        self.setpoints = array("i", BUSY)
        self.move = Trajectory(self.setpoints, 0)
        self.release = FootRelease(self.move)

    def run(self, mode, last):
        """Tick until mode `last`; return the sets of axes that moved together, in their order."""
        stages: list[set[int]] = []
        for _ in range(20_000):
            before = list(self.setpoints)
            mode = self.release.tick()
            moved = {axis for axis in range(AXES_PER_FOOT) if self.setpoints[axis] != before[axis]}
            if moved and (not stages or not moved & stages[-1]):
                stages.append(moved)
            elif moved:
                stages[-1] |= moved
            if mode == last:
                return stages
        raise AssertionError("the release does not end")


@pytest.fixture
def foot():
    return Foot()


def test_a_pause_lifts_and_opens_first_then_draws_the_toe_tool_back_then_opens_the_holds(foot):
    mode = foot.release.let_go(False, True)
    assert mode == RELEASE
    assert foot.run(mode, HELD) == [PRESSES | {TOE_GRIP}, TOE_AXES, HOLDS]
    assert [foot.setpoints[axis] for axis in PLACES] == [BUSY[axis] for axis in PLACES]


def test_the_end_goes_home_only_after_the_foot_is_free(foot):
    mode = foot.release.let_go(True, True)
    assert mode == RETRACT and not foot.release.is_foot_free()
    while not foot.release.is_foot_free():
        assert foot.release.tick() == RETRACT
        assert [foot.setpoints[axis] for axis in PLACES] == [BUSY[axis] for axis in PLACES]
    assert all(foot.setpoints[axis] == HOME[axis] for axis in PRESSES | {TOE_GRIP} | TOE_AXES | HOLDS)
    assert foot.run(RETRACT, REST) == [PLACES]
    assert list(foot.setpoints) == list(HOME)


def test_a_foot_is_taken_up_in_its_pose_the_rollers_press_last(foot):
    foot.run(foot.release.let_go(True, True), REST)
    mode = foot.release.take_up(BUSY)
    assert mode == RETURN
    assert foot.run(mode, WAIT) == [PLACES, HOLDS, PRESSES]
    assert [foot.setpoints[axis] for axis in (TOE_REACH, TOE_TURN, TOE_GRIP)] == [
        HOME[axis] for axis in (TOE_REACH, TOE_TURN, TOE_GRIP)
    ]


def test_a_moving_foot_brakes_before_it_is_let_go(foot):
    foot.move.clear()
    foot.move.add(SOLE_STROKE, 200_000)
    foot.move.begin(400)
    for _ in range(100):
        foot.move.advance()
    speed = foot.setpoints[SOLE_STROKE]
    foot.move.advance()
    speed = foot.setpoints[SOLE_STROKE] - speed
    mode = foot.release.let_go(False, False)
    assert mode == BRAKE
    while mode == BRAKE:
        before = list(foot.setpoints)
        mode = foot.release.tick()
        moved = {axis for axis in range(AXES_PER_FOOT) if foot.setpoints[axis] != before[axis]}
        assert moved <= {SOLE_STROKE} and foot.setpoints[SOLE_STROKE] - before[SOLE_STROKE] <= speed
        speed = foot.setpoints[SOLE_STROKE] - before[SOLE_STROKE]
    assert mode == RELEASE


def test_a_pause_can_become_the_end_before_the_foot_was_let_go(foot):
    foot.release.let_go(False, True)
    for _ in range(3):
        foot.release.tick()
    assert foot.release.let_go(True, True) == RETRACT
    foot.run(RETRACT, REST)
    assert list(foot.setpoints) == list(HOME)
