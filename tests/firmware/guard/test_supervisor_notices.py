"""What the guard says and allows: notices and when they go, heat, stops that may be leant on, who backs off."""

import pytest

from instep.axes import AXES_PER_FOOT, TOE_GRIP, TOE_SELECT
from instep.drive.homing import FOUND, SEEKING
from instep.guard import faults
from tests.fakes import FakeHal, stand_in
from tests.firmware.guard_rig import Bench

NOT = faults.NO_FAULT
LOST, DIFFER = faults.FAULT_HEAT_SENSOR_LOST, faults.FAULT_HEAT_SENSORS_DIFFER


@pytest.fixture
def bench():
    return Bench()


def test_a_guard_begins_with_nothing_to_say(bench):
    guard = bench.guard
    assert (guard.fault, guard.last_fault, guard.heat_fault, guard.notice()) == (NOT,) * 4
    assert guard.may_heat() and not guard.back_off.is_active


@pytest.mark.parametrize("fault", [NOT, faults.FAULT_SKIN_HOT])
@pytest.mark.parametrize("heat_fault", [NOT, LOST])
def test_heat_is_allowed_while_neither_a_fault_nor_a_notice_forbids_it(bench, fault, heat_fault):
    if fault:
        bench.guard.trip(fault)
    bench.guard.forbid_heat(heat_fault)
    assert bench.guard.may_heat() is (fault == heat_fault == NOT)


def test_heat_is_said_before_a_button_and_a_button_before_the_watchdog():
    hal = FakeHal()
    hal.is_reset_by_watchdog = True
    guard = Bench(hal).guard
    assert guard.notice() == faults.FAULT_LOOP_STOPPED
    guard.is_button_stuck = True
    assert guard.notice() == faults.FAULT_BUTTON_STUCK
    guard.forbid_heat(LOST)
    assert guard.notice() == LOST


def test_the_next_session_forgets_the_watchdog():
    hal = FakeHal()
    hal.is_reset_by_watchdog = True
    guard = Bench(hal).guard
    guard.begin_session(35_000)
    assert guard.notice() == NOT


@pytest.mark.parametrize("is_left_sound", [False, True])
@pytest.mark.parametrize("is_right_sound", [False, True])
def test_heat_comes_back_when_both_wells_are_sound(bench, is_left_sound, is_right_sound):
    bench.guard.wells = tuple(
        stand_in(is_sound=lambda is_sound=is_sound: is_sound) for is_sound in (is_left_sound, is_right_sound)
    )
    are_sound = is_left_sound and is_right_sound
    bench.guard.forbid_heat(LOST)
    bench.guard.begin_session(35_000)
    assert bench.guard.heat_fault == (NOT if are_sound else LOST)
    bench.guard.heat_fault = DIFFER
    bench.guard.acknowledge_heat()
    assert bench.guard.heat_fault == (NOT if are_sound else DIFFER)


@pytest.mark.parametrize("fault", faults.LATCHED_HEAT_NOTICES)
def test_a_latched_notice_stays_through_the_next_session(bench, fault):
    bench.guard.forbid_heat(fault)
    bench.guard.begin_session(35_000)
    assert bench.guard.heat_fault == fault
    bench.guard.acknowledge_heat()
    assert bench.guard.heat_fault == NOT


@pytest.mark.parametrize("held", range(2))
def test_a_selector_that_moves_with_toes_held_trips_while_the_other_foot_s_moves_lawfully(bench, held):
    for foot in range(2):
        bench.setpoints[foot * AXES_PER_FOOT + TOE_SELECT] = 8_000
    bench.setpoints[held * AXES_PER_FOOT + TOE_GRIP] = 5_000
    assert bench.ticks(1) == faults.FAULT_TOE_INTERLOCK
    selected = [bench.setpoints[foot * AXES_PER_FOOT + TOE_SELECT] for foot in range(2)]
    assert selected == ([0, 8_000] if held == 0 else [8_000, 0])


@pytest.mark.parametrize("state", [FOUND, SEEKING])
@pytest.mark.parametrize("is_homing", [False, True])
def test_only_a_roller_that_seeks_its_stop_may_lean_on_it(bench, is_homing, state):
    bench.homings[1].state = state
    bench.rollers[1].duty_permille, bench.hal.motors[1].current_ma = -200, 1_400
    may_lean = is_homing and state == SEEKING
    assert bench.ticks(10, is_homing) == (NOT if may_lean else faults.FAULT_ROLLER_BLOCKED)


def test_what_backs_off_are_the_guard_s_own_drives_until_a_second_fault(bench):
    lifted: list[object] = []
    bench.drives.lift = lifted.append
    bench.guard.back_off.begin(2, -1)
    bench.guard.back_off.tick(bench.setpoints)
    assert lifted == [bench.setpoints]
    bench.guard.trip(faults.FAULT_ROLLER_BLOCKED)
    assert bench.guard.back_off.is_active
    bench.guard.trip(faults.FAULT_SUPPLY_LOW)
    assert not bench.guard.back_off.is_active


@pytest.mark.parametrize(("force_mn", "is_nonsense"), [(250_000, False), (250_001, True)])
def test_a_force_that_is_too_high_is_nonsense_beyond_what_a_roller_can_do(bench, force_mn, is_nonsense):
    bench.hal.forces[3].force_mn = force_mn
    bench.guard.check_outputs(False)
    assert bool(bench.guard._nonsense_ticks) is is_nonsense
