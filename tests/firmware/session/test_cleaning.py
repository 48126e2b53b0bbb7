"""The way to the pose for cleaning and home: after the self-test, slowly, and over when all have arrived."""

from array import array

import pytest

from instep.axes import AXES, AXES_PER_FOOT, HIGH, HOME, LOW, RATE_PER_TICK, TOE_REACH
from instep.guard.selftest import HOMING, PASSED, RELAY_CLOSES
from instep.session.cleaning import POSE, Cleaning, approach
from tests.fakes import stand_in

WAY_MAX_TICKS = 3_000


class Rig:
    """A cleaning whose self-test is in the state that the test sets; `modes` are the drives' calls."""

    def __init__(self):
        self.modes: list[str] = []
        drives = stand_in(**{name: lambda setpoints, name=name: self.modes.append(name) for name in MODES})
        self.selftest = stand_in(state=PASSED, tick=lambda may_move: None, is_homing=lambda: self._is_homing())
        self.setpoints = array("i", HOME * 2)
        self.cleaning = Cleaning(drives, self.selftest, self.setpoints)
        self.cleaning.begin()

    def _is_homing(self):
        return self.selftest.state == HOMING

    def arrive(self):
        """Let ticks pass until the way is over; return how many."""
        for tick in range(1, WAY_MAX_TICKS):
            if self.cleaning.tick():
                return tick
        raise AssertionError("the way has no end")


MODES = ("home", "follow", "lift")


@pytest.fixture
def rig():
    return Rig()


def test_the_pose_is_within_the_limits():
    for low, place, high in zip(LOW, POSE, HIGH, strict=True):
        assert low <= place <= high


def test_all_axes_go_to_the_pose_at_a_quarter_of_their_speed(rig):
    before = list(rig.setpoints)
    rig.cleaning.tick()
    for axis, (was, now) in enumerate(zip(before, rig.setpoints, strict=True)):
        rate = RATE_PER_TICK[axis % AXES_PER_FOOT]
        assert abs(now - was) <= max(1, rate // 4)
    rig.arrive()
    assert list(rig.setpoints) == list(POSE * 2)


def test_nothing_moves_out_before_the_self_test_has_passed(rig):
    for state in (RELAY_CLOSES, HOMING):
        rig.selftest.state = state
        assert not rig.cleaning.tick()
    assert list(rig.setpoints) == list(HOME * 2)


def test_on_the_way_home_the_toe_units_draw_back_while_the_rollers_seek_their_stops(rig):
    rig.arrive()
    rig.cleaning.go_home()
    rig.selftest.state = HOMING
    for _ in range(WAY_MAX_TICKS):
        assert not rig.cleaning.tick()
    assert rig.setpoints[TOE_REACH] == HOME[TOE_REACH]
    rig.selftest.state = PASSED
    assert rig.cleaning.tick()
    assert list(rig.setpoints) == list(HOME * 2)


def test_the_drives_home_then_follow_and_else_lift(rig):
    for state in (RELAY_CLOSES, HOMING, PASSED):
        rig.selftest.state = state
        rig.cleaning.drive()
    assert rig.modes == ["lift", "home", "follow"]


@pytest.mark.parametrize(("state", "wants"), [(RELAY_CLOSES, False), (HOMING, True), (PASSED, True)])
def test_servos_get_pulses_once_the_relay_has_passed_its_test(rig, state, wants):
    rig.selftest.state = state
    assert rig.cleaning.wants_servos() is wants


@pytest.mark.parametrize("goal", [-100, -1, 0, 1, 99])
def test_a_setpoint_arrives_exactly_and_stays(goal):
    setpoints = array("i", [0] * AXES)
    ticks = 0
    while not approach(setpoints, AXES_PER_FOOT + 6, goal):
        ticks += 1
        assert ticks < 1_000
    assert setpoints[AXES_PER_FOOT + 6] == goal and ticks == abs(goal)
