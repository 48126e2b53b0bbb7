"""A foot that held a roller is released: presses first, then the roller backs off a little, once."""

import pytest

from instep.guard.back_off import BackOff
from tests.fakes import stand_in

LIFT_TICKS = 30
SETPOINTS: list[int] = []


class Drives:
    """Drives that keep what they were told."""

    def __init__(self):
        self.rollers = [stand_in(position_um=50_000) for _ in range(4)]
        self.told = []

    def lift(self, setpoints):
        assert setpoints is SETPOINTS
        self.told.append(None)

    def back_off(self, setpoints, roller, duty_permille):
        assert setpoints is SETPOINTS
        self.told.append((roller, duty_permille))


@pytest.fixture
def backing():
    drives = Drives()
    back_off = BackOff(stand_in(rollers=drives.rollers, lift=drives.lift, back_off=drives.back_off))
    back_off.begin(2, -1)
    return back_off, drives


def test_a_held_roller_lifts_first_and_then_backs_off(backing):
    back_off, drives = backing
    for _ in range(LIFT_TICKS):
        assert back_off.is_active and not back_off.is_driving
        back_off.tick(SETPOINTS)
    assert drives.told == [None] * LIFT_TICKS
    back_off.tick(SETPOINTS)
    assert back_off.is_driving and drives.told[-1] == (2, -200)


@pytest.mark.parametrize("step_um", [-500, 500])
def test_a_roller_backs_off_by_10_mm(backing, step_um):
    back_off, drives = backing
    for _ in range(200):
        if back_off.is_active:
            back_off.tick(SETPOINTS)
            drives.rollers[2].position_um += step_um if back_off.is_driving else 0
    assert drives.told.count((2, -200)) == 10_000 // 500 + 1
    assert drives.told[-1] is None and not back_off.is_driving


def test_a_roller_that_cannot_back_off_is_left_after_a_second(backing):
    back_off, drives = backing
    for _ in range(LIFT_TICKS + 80):
        assert back_off.is_active
        back_off.tick(SETPOINTS)
    assert not back_off.is_active and drives.told[-1] is None


def test_backing_off_can_be_ended_at_once(backing):
    back_off, _ = backing
    back_off.cancel()
    assert not back_off.is_active and not back_off.is_driving
