"""Devices that are silent or send invalid data, and rollers that back off."""

import pytest

from instep.guard import faults
from tests.firmware.guard_rig import FORCE_MAX_MN, Bench, Well


def _hold(bench, roller, current_ma):
    """Let a roller stand until the tick that finds it; a second find would end a back-off. Return the fault."""
    bench.rollers[roller].duty_permille = 300
    bench.hal.motors[roller].current_ma = current_ma
    return bench.ticks(10)


def _say_nonsense(bench):
    bench.hal.bus_fault_mask = 0x100


def _fall_silent(bench):
    bench.hal.bus_fault_mask = 0x01


def _rise_beyond_20_v(bench):
    bench.hal.supply.voltage_mv = 20_001


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def wells(bench):
    bench.guard._wells = (Well(), Well())
    return bench.guard._wells


def test_a_force_that_cannot_be_is_nonsense_after_80_ms(bench):
    bench.hal.forces[1].force_mn = -5_001
    assert bench.ticks(7) == faults.NO_FAULT
    assert bench.ticks(1) == faults.FAULT_DEVICE_NONSENSE


def test_a_force_that_cannot_be_is_not_half_of_one_that_is_too_high(bench):
    for _ in range(20):
        for force_mn in (-5_001, FORCE_MAX_MN + 1, 0):
            bench.hal.forces[1].force_mn = force_mn
            assert bench.ticks(1) == faults.NO_FAULT


def test_what_can_be_is_no_nonsense_while_a_device_is_silent(bench):
    bench.hal.bus_fault_mask = 0xFF
    bench.hal.supply.voltage_mv = 20_000
    bench.hal.forces[0].force_mn = -5_000
    assert bench.ticks(8) == faults.FAULT_DEVICE_SILENT
    assert not bench.guard._nonsense_ticks
    bench.hal.forces[0].force_mn = 250_000
    bench.ticks(1)
    assert not bench.guard._nonsense_ticks
    bench.hal.forces[0].force_mn = 250_001
    bench.ticks(1)
    assert bench.guard._nonsense_ticks


@pytest.mark.parametrize(
    ("bus", "obey"),
    [(0x01, False), (0x100, False), (0x3F, False), (0x02, True), (0x04, True), (0x400, True), (0x3E, True)],
)
def test_servos_are_cut_off_when_their_own_chip_may_not_hear(bench, bus, obey):
    bench.hal.bus_fault_mask = bus
    bench.ticks(7)
    assert bench.guard.servos_respond()
    bench.ticks(1)
    assert bench.guard.fault in (faults.FAULT_DEVICE_SILENT, faults.FAULT_DEVICE_NONSENSE)
    assert bench.guard.servos_respond() is obey


def test_servos_that_are_lost_after_another_fault_are_cut_off_until_it_is_acknowledged(bench):
    bench.guard.trip(faults.FAULT_SKIN_HOT)
    bench.hal.bus_fault_mask = 0x01
    bench.ticks(8)
    bench.hal.bus_fault_mask = 0
    bench.ticks(8)
    assert not bench.guard.servos_respond()
    assert bench.guard.acknowledge()
    assert bench.guard.servos_respond()


def test_only_a_roller_that_is_held_backs_off(bench):
    assert _hold(bench, 2, 0) == faults.FAULT_ENCODER_LOST
    assert not bench.guard.back_off.is_active


@pytest.mark.parametrize("roller", range(4))
def test_the_fault_of_a_roller_says_which_one_until_it_is_acknowledged(bench, roller):
    assert bench.guard.fault_roller == faults.NO_ROLLER
    _hold(bench, roller, 0)
    assert bench.guard.fault_roller == roller
    _hold(bench, 3 - roller, 0)
    assert bench.guard.fault_roller == roller
    bench.rollers[roller].duty_permille = bench.rollers[3 - roller].duty_permille = 0
    bench.ticks(1)
    assert bench.guard.acknowledge() and bench.guard.fault_roller == faults.NO_ROLLER


def test_a_force_that_is_too_high_says_which_roller_presses(bench):
    bench.hal.forces[1].force_mn = 61_000
    bench.ticks(10)
    assert (bench.guard.fault, bench.guard.fault_roller) == (faults.FAULT_FORCE_HIGH, 1)


def test_a_roller_that_fails_after_another_fault_is_not_named(bench):
    bench.guard.trip(faults.FAULT_SUPPLY_LOW)
    _hold(bench, 2, 2_000)
    assert bench.guard.fault_roller == faults.NO_ROLLER


def test_a_roller_that_is_held_backs_off_only_when_nothing_else_is_wrong(bench):
    bench.guard.trip(faults.FAULT_SUPPLY_LOW)
    _hold(bench, 2, 2_000)
    assert not bench.guard.back_off.is_active
    other = Bench()
    assert _hold(other, 2, 2_000) == faults.FAULT_ROLLER_BLOCKED


@pytest.mark.parametrize(
    ("fail", "fault"),
    [
        (_fall_silent, faults.FAULT_DEVICE_SILENT),
        (_say_nonsense, faults.FAULT_DEVICE_NONSENSE),
        (_rise_beyond_20_v, faults.FAULT_DEVICE_NONSENSE),
    ],
)
def test_a_device_that_fails_for_80_ms_running_trips_and_is_not_acknowledged_while_it_does(bench, fail, fault):
    for _ in range(5):
        fail(bench)
        assert bench.ticks(7) == faults.NO_FAULT
        assert not bench.guard.acknowledge()
        bench.hal.bus_fault_mask, bench.hal.supply.voltage_mv = 0, 12_000
        assert bench.ticks(1) == faults.NO_FAULT
        assert bench.guard.acknowledge()
    fail(bench)
    assert bench.ticks(8) == fault


def test_a_held_roller_and_no_other_backs_off(bench):
    bench.rollers[2].duty_permille, bench.hal.motors[2].current_ma = 300, 2_000
    assert bench.ticks(10) == faults.FAULT_ROLLER_BLOCKED
    assert bench.guard.back_off.is_active and bench.guard.back_off._roller == 2


def test_nothing_backs_off_any_more_when_its_fault_is_acknowledged(bench):
    bench.guard.trip(faults.FAULT_ROLLER_BLOCKED)
    bench.guard.back_off.begin(2, -1)
    assert bench.guard.acknowledge()
    assert not bench.guard.back_off.is_active
