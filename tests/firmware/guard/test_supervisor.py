"""The guard: real dangers trip in time, single wild samples and lawful extremes do not, and the first fault stays."""

import pytest

from instep.guard import faults
from tests.firmware.guard_rig import FORCE_MAX_MN, Bench, Well

SKIN_MAX_CENTI_C = 4_300


ELEMENT_MAX_CENTI_C = 6_000


SHORT_CODE, SHORT_CENTI_C = 2_048, 10_160


SENSORS = [
    ("skin", SKIN_MAX_CENTI_C, faults.FAULT_SKIN_HOT),
    ("element", ELEMENT_MAX_CENTI_C, faults.FAULT_ELEMENT_HOT),
]


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def wells(bench):
    bench.guard.wells = (Well(), Well())
    return bench.guard.wells


def test_values_at_the_limits_do_not_trip(bench):
    for press in bench.hal.forces:
        press.force_mn = FORCE_MAX_MN
    bench.hal.supply.voltage_mv = 10_500
    assert bench.ticks(100) == faults.NO_FAULT
    for _ in range(10):
        for foot in range(2):
            bench.sample("skin", foot, SKIN_MAX_CENTI_C - 1)
            assert bench.sample("element", foot, ELEMENT_MAX_CENTI_C - 1) == faults.NO_FAULT


def test_the_emergency_stop_trips_in_the_tick_that_sees_it(bench):
    bench.hal.emergency_stop.is_on = True
    bench.guard.check_inputs()
    assert bench.guard.fault == faults.FAULT_EMERGENCY_STOP


@pytest.mark.parametrize("roller", range(4))
def test_too_much_force_trips_within_20_ms(bench, roller):
    bench.hal.forces[roller].force_mn = FORCE_MAX_MN + 1
    assert bench.ticks(1) == faults.NO_FAULT
    assert bench.ticks(1) == faults.FAULT_FORCE_HIGH


def test_single_wild_forces_do_not_trip(bench):
    for _ in range(10):
        for force_mn in (FORCE_MAX_MN * 2, 0):
            bench.hal.forces[1].force_mn = force_mn
            assert bench.ticks(1) == faults.NO_FAULT


def test_wild_forces_of_two_rollers_are_not_added_up(bench):
    for roller in (0, 1, 0, 2, 3, 2):
        for press in bench.hal.forces:
            press.force_mn = 0
        bench.hal.forces[roller].force_mn = FORCE_MAX_MN * 2
        assert bench.ticks(1) == faults.NO_FAULT


def test_a_force_that_lasts_stays_a_cause(bench):
    bench.hal.forces[0].force_mn = FORCE_MAX_MN * 2
    bench.ticks(1_000)
    assert not bench.guard.acknowledge()
    bench.hal.forces[0].force_mn = 0
    bench.ticks(1)
    assert bench.guard.acknowledge()


@pytest.mark.parametrize("foot", range(2))
@pytest.mark.parametrize(("sensor", "limit", "fault"), SENSORS)
@pytest.mark.parametrize("hot", [(1, 1), (1, 0, 1)])
def test_two_hot_samples_of_three_trip(bench, foot, sensor, limit, fault, hot):
    for is_hot in hot[:-1]:
        assert bench.sample(sensor, foot, limit if is_hot else 3_000) == faults.NO_FAULT
    assert bench.sample(sensor, foot, limit if hot[-1] else 3_000) == fault


@pytest.mark.parametrize("foot", range(2))
@pytest.mark.parametrize(("sensor", "limit", "fault"), SENSORS)
def test_one_wild_temperature_in_three_does_not_trip(bench, foot, sensor, limit, fault):
    for _ in range(5):
        for centi_c in (limit * 2, 3_000, 3_000):
            assert bench.sample(sensor, foot, centi_c) == faults.NO_FAULT


@pytest.mark.parametrize("sensor", ["skin", "element"])
def test_a_shorted_wire_reads_hot_and_is_none(bench, sensor):
    getattr(bench.guard.wells[1], sensor).code = SHORT_CODE
    for _ in range(10):
        assert bench.sample(sensor, 1, SHORT_CENTI_C) == faults.NO_FAULT


def test_wild_temperatures_of_two_sensors_are_not_added_up(bench):
    bench.sample("skin", 0, SKIN_MAX_CENTI_C)
    bench.set_temperature("skin", 0, 3_000)
    assert bench.sample("skin", 1, SKIN_MAX_CENTI_C) == faults.NO_FAULT


@pytest.mark.parametrize(("sensor", "clear"), [("skin", 4_200), ("element", 5_500)])
def test_a_hot_well_must_cool_down_before_the_fault_is_acknowledged(bench, sensor, clear):
    limit = SKIN_MAX_CENTI_C if sensor == "skin" else ELEMENT_MAX_CENTI_C
    bench.sample(sensor, 0, limit)
    bench.sample(sensor, 0, limit)
    for _ in range(3):
        bench.sample(sensor, 0, clear + 1)
    assert not bench.guard.acknowledge()
    bench.sample(sensor, 0, clear)
    assert bench.guard.acknowledge()


def test_a_fault_is_not_acknowledged_while_the_last_samples_were_hot(bench):
    bench.sample("skin", 0, SKIN_MAX_CENTI_C)
    bench.sample("skin", 0, SKIN_MAX_CENTI_C)
    bench.sample("skin", 0, 3_000)
    assert not bench.guard.acknowledge()


def test_a_low_supply_trips_after_100_ms(bench):
    bench.hal.supply.voltage_mv = 10_499
    assert bench.ticks(9) == faults.NO_FAULT
    assert bench.ticks(1) == faults.FAULT_SUPPLY_LOW


def test_a_supply_that_dips_and_recovers_does_not_trip(bench):
    for voltage_mv in (9_000, 10_500) * 20:
        bench.hal.supply.voltage_mv = voltage_mv
        assert bench.ticks(1 if voltage_mv >= 10_500 else 9) == faults.NO_FAULT


def test_a_low_supply_must_rise_well_above_its_limit_before_it_is_acknowledged(bench):
    bench.hal.supply.voltage_mv = 10_000
    bench.ticks(10)
    for voltage_mv, is_good in ((10_500, False), (10_999, False), (11_000, True)):
        bench.hal.supply.voltage_mv = voltage_mv
        bench.ticks(1)
        assert bench.guard.acknowledge() is is_good


def test_the_emergency_stop_is_latched_until_it_is_released_and_acknowledged(bench):
    bench.hal.emergency_stop.is_on = True
    bench.ticks(1)
    assert not bench.guard.acknowledge()
    bench.hal.emergency_stop.is_on = False
    assert bench.ticks(100) == faults.FAULT_EMERGENCY_STOP
    assert bench.guard.acknowledge()
    assert bench.ticks(100) == faults.NO_FAULT


def test_the_first_fault_stays_and_outlives_its_acknowledgement(bench):
    bench.guard.trip(faults.FAULT_HOMING_LATE)
    bench.guard.trip(faults.FAULT_SKIN_HOT)
    assert bench.guard.fault == faults.FAULT_HOMING_LATE
    assert bench.guard.acknowledge()
    assert (bench.guard.fault, bench.guard.last_fault) == (faults.NO_FAULT, faults.FAULT_HOMING_LATE)


@pytest.mark.parametrize("foot", range(2))
def test_what_a_well_finds_costs_the_heat_and_a_switch_that_is_stuck_everything(bench, wells, foot):
    bench.check_temperatures()
    assert (bench.guard.fault, bench.guard.heat_fault) == (faults.NO_FAULT, faults.NO_FAULT)
    assert wells[foot].other is wells[1 - foot]
    wells[foot].fault = faults.FAULT_HEAT_SENSOR_LOST
    bench.check_temperatures()
    assert (bench.guard.fault, bench.guard.heat_fault) == (faults.NO_FAULT, faults.FAULT_HEAT_SENSOR_LOST)
    wells[foot].fault = faults.FAULT_RISE_WITHOUT_HEAT
    bench.check_temperatures()
    assert bench.guard.fault == faults.FAULT_RISE_WITHOUT_HEAT
    assert bench.guard.heat_fault == faults.FAULT_HEAT_SENSOR_LOST, "the first one stays"
