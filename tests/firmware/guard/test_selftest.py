"""The self-test: the relay has to open, then close, before a roller looks for its home."""

import pytest

from instep.axes import COUNTER_MASK
from instep.guard import faults, selftest
from tests.fakes import stand_in
from tests.firmware.selftest_rig import ANSWER_TICKS, TRIES, Bench, spoil_bus, spoil_force, spoil_relay, spoil_supply
from tests.firmware.sessions import image


@pytest.fixture
def bench():
    return Bench()


def test_a_good_machine_passes_in_order(bench):
    assert bench.ticks(ANSWER_TICKS) == selftest.RELAY_OPENS
    assert not any(bench.relay.given)
    assert bench.ticks(1) == selftest.RELAY_CLOSES
    assert bench.ticks(ANSWER_TICKS) == selftest.RELAY_CLOSES
    assert bench.relay.is_closed and bench.begun == 0 and not bench.test.is_homing()
    assert bench.ticks(1) == selftest.HOMING
    assert bench.begun == 1 and bench.test.is_homing()
    assert bench.ticks(100) == selftest.HOMING
    bench.homed = True
    assert bench.ticks(1) == selftest.PASSED
    assert bench.test.fault == faults.NO_FAULT and bench.test.wants_relay()
    assert bench.ticks(100) == selftest.PASSED and bench.begun == 1 and not bench.test.is_homing()


def test_a_welded_relay_fails_before_it_is_asked_to_close(bench):
    bench.relay.welded = True
    assert bench.ticks(ANSWER_TICKS + TRIES) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_RELAY_WELDED
    bench.ticks(10)
    assert not any(bench.relay.given)
    assert bench.begun == 0


def test_a_relay_that_does_not_close_fails_before_anything_moves(bench):
    bench.relay.welded = False
    assert bench.ticks(2 * ANSWER_TICKS + 1 + TRIES) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_RELAY_OPEN
    assert bench.begun == 0


def test_a_slow_relay_is_waited_for(bench):
    bench.ticks(ANSWER_TICKS + 1)
    bench.relay.welded = False
    bench.ticks(ANSWER_TICKS)
    bench.relay.welded = None
    assert bench.ticks(1) == selftest.HOMING


def test_a_roller_without_a_home_fails(bench):
    bench.ticks(2 * ANSWER_TICKS + 2)
    bench.late = True
    assert bench.ticks(1) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_HOMING_LATE
    assert not bench.relay.is_closed


def test_no_roller_moves_while_a_foot_is_out_and_all_home_again_afterwards(bench):
    bench.ticks(2 * ANSWER_TICKS + 2)
    assert bench.test.is_homing() and bench.begun == 1
    bench.may_move = False
    bench.homed = True
    assert bench.ticks(1) == selftest.HOMING and not bench.test.is_homing()
    assert bench.ticks(5_000) == selftest.HOMING and not bench.test.is_homing()
    assert bench.begun > 1 and bench.relay.is_closed
    bench.may_move = True
    bench.homed = False
    assert bench.ticks(1) == selftest.HOMING and bench.test.is_homing()
    bench.homed = True
    assert bench.ticks(1) == selftest.PASSED


def test_the_next_test_starts_from_the_beginning(bench):
    bench.relay.welded = True
    bench.ticks(ANSWER_TICKS + TRIES)
    bench.relay.welded = None
    bench.test.begin()
    assert bench.test.fault == faults.NO_FAULT
    assert bench.ticks(ANSWER_TICKS) == selftest.RELAY_OPENS
    assert bench.ticks(ANSWER_TICKS + 2) == selftest.HOMING


@pytest.mark.parametrize("which", [0, 1])
def test_a_program_that_was_damaged_after_loading_fails_before_anything_moves(bench, which):
    damaged = bytearray(bench.programs[which].data)
    damaged[len(damaged) // 2] ^= 4
    bench.programs[which].data = bytes(damaged)
    assert bench.ticks(5) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_PROGRAM_DAMAGED
    assert not any(bench.relay.given) and bench.begun == 0


@pytest.mark.parametrize(("clock_ms", "passes"), [(-22, False), (-21, True), (21, True), (22, False)])
def test_the_ticks_are_held_against_a_second_clock(bench, clock_ms, passes):
    bench.ticks(ANSWER_TICKS)
    bench.hal.clock_ms += clock_ms
    assert (bench.ticks(1) == selftest.RELAY_CLOSES) == passes
    bench.hal.clock_ms += clock_ms // 10
    bench.ticks(TRIES - 1)
    assert passes or bench.test.fault == faults.FAULT_CLOCK_WRONG


def test_the_second_clock_may_wrap(bench):
    bench.hal.clock_ms = COUNTER_MASK - 99
    bench.test.begin()
    bench.ticks(ANSWER_TICKS)
    bench.hal.clock_ms &= COUNTER_MASK
    assert bench.ticks(1) == selftest.RELAY_CLOSES


def test_a_device_that_does_not_answer_fails(bench):
    bench.hal.bus_fault_mask = 2
    assert bench.ticks(ANSWER_TICKS + TRIES) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_DEVICE_SILENT


def test_a_pressed_emergency_stop_fails(bench):
    bench.hal.emergency_stop.is_on = True
    assert bench.ticks(ANSWER_TICKS + TRIES) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_EMERGENCY_STOP


@pytest.mark.parametrize("roller", range(4))
@pytest.mark.parametrize(("force_mn", "passes"), [(-3_001, False), (-3_000, True), (3_000, True), (3_001, False)])
def test_the_force_of_a_lifted_roller_must_be_near_zero(bench, roller, force_mn, passes):
    bench.hal.forces[roller].force_mn = force_mn
    assert (bench.ticks(ANSWER_TICKS + TRIES) == selftest.RELAY_CLOSES) == passes
    assert passes or bench.test.fault == faults.FAULT_DEVICE_NONSENSE


@pytest.mark.parametrize(("voltage_mv", "passes"), [(10_999, False), (11_000, True)])
def test_a_supply_that_is_low_without_load_fails(bench, voltage_mv, passes):
    bench.hal.supply.voltage_mv = voltage_mv
    assert (bench.ticks(ANSWER_TICKS + TRIES) == selftest.RELAY_CLOSES) == passes
    assert passes or bench.test.fault == faults.FAULT_SUPPLY_LOW


@pytest.mark.parametrize("foot", range(2))
@pytest.mark.parametrize(("lead_centi_k", "passes"), [(-301, False), (-300, True), (300, True), (301, False)])
def test_a_film_warmer_than_its_skin_side_at_rest_only_forbids_heat(bench, foot, lead_centi_k, passes):
    bench.wells[foot].say(3_000 + lead_centi_k, 3_000)
    assert bench.ticks(ANSWER_TICKS + 1) == selftest.RELAY_CLOSES
    assert bench.test.notice == (faults.NO_FAULT if passes else faults.FAULT_HEAT_SENSORS_DIFFER)
    bench.wells[foot].say(3_000, 3_000)
    bench.test.begin()
    assert bench.test.notice == faults.NO_FAULT


@pytest.mark.parametrize("sensor", ["element", "skin"])
def test_a_sensor_without_contact_does_not_count_as_differing(bench, sensor):
    bench.wells[1].say(-2_500, 3_000)
    getattr(bench.wells[1], f"{sensor}_probe").sound = False
    bench.ticks(ANSWER_TICKS + 1)
    assert bench.test.notice == faults.NO_FAULT


@pytest.mark.parametrize("spoil", [spoil_force, spoil_supply, spoil_bus, spoil_relay])
def test_two_wild_samples_in_the_tick_of_the_test_are_no_fault(bench, spoil):
    bench.ticks(ANSWER_TICKS)
    spoil(bench)
    assert bench.ticks(TRIES - 1) == selftest.RELAY_OPENS
    bench.hal.forces[2].force_mn = bench.hal.bus_fault_mask = 0
    bench.hal.supply.voltage_mv = 12_000
    bench.relay.welded = None
    assert bench.ticks(1) == selftest.RELAY_CLOSES
    bench.hal.motors[0].current_ma = 20_000
    assert bench.ticks(ANSWER_TICKS + TRIES - 1) == selftest.RELAY_CLOSES
    bench.hal.motors[0].current_ma = 0
    assert bench.ticks(1) == selftest.HOMING


def test_a_bridge_may_show_the_error_of_its_current_meter(bench):
    bench.hal.motors[3].current_ma = 250
    assert bench.ticks(2 * ANSWER_TICKS + 2) == selftest.HOMING


@pytest.mark.parametrize("roller", range(4))
def test_a_bridge_that_carries_current_though_it_is_open_fails_before_homing(bench, roller):
    bench.hal.motors[roller].current_ma = 251
    assert bench.ticks(2 * ANSWER_TICKS + 1 + TRIES) == selftest.FAILED
    assert bench.test.fault == faults.FAULT_OUTPUTS_STUCK
    assert bench.begun == 0


def test_each_program_is_tested_before_the_relay_closes(bench):
    bench.programs += [stand_in(data=image("classic")) for _ in range(ANSWER_TICKS)]
    count = len(bench.programs)
    assert count > ANSWER_TICKS + 1
    assert bench.ticks(count - 1) == selftest.RELAY_OPENS
    assert bench.ticks(1) == selftest.RELAY_CLOSES
