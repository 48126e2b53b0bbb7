"""The guard: real dangers trip in time, single wild samples and lawful extremes do not, and the first fault stays."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.axes import AXES, AXES_PER_FOOT, FEET, HIGH, HOME, LOW, TOE_GRIP, TOE_REACH, TOE_SELECT
from instep.drive.homing import FOUND
from instep.guard import faults
from instep.guard.supervisor import Supervisor
from tests.fakes import FakeHal, stand_in
from tests.firmware.sessions import CALIBRATION, resting_heater, resting_roller

FORCE_MAX_MN = 60_000
SKIN_MAX_CENTI_C = 4_300
ELEMENT_MAX_CENTI_C = 6_000
SHORT_CODE, SHORT_CENTI_C = 2_048, 10_160
SENSORS = [
    ("skin", SKIN_MAX_CENTI_C, faults.FAULT_SKIN_HOT),
    ("element", ELEMENT_MAX_CENTI_C, faults.FAULT_ELEMENT_HOT),
]


class Bench:
    """A guard over fakes."""

    def __init__(self, hal=None):
        self.hal = hal or FakeHal()
        self.heaters = [resting_heater() for _ in range(2)]
        self.setpoints = array("i", HOME * 2)
        self.rollers = [resting_roller() for _ in range(4)]
        self.homings = [stand_in(state=FOUND) for _ in range(4)]
        self.drives = stand_in(heaters=self.heaters, rollers=self.rollers, homings=self.homings)
        self.guard = Supervisor(self.hal, self.drives, CALIBRATION)

    def ticks(self, count=1, is_homing=False):
        """Let the checks of `count` ticks pass; return the fault."""
        for _ in range(count):
            self.guard.check_inputs()
            self.guard.check_setpoints(self.setpoints)
            self.guard.check_outputs(is_homing)
        return self.guard.fault

    def set_temperature(self, sensor, foot, centi_c):
        getattr(self.heaters[foot], sensor).raw_centi_c = centi_c
        setattr(self.heaters[foot], sensor + "_centi_c", centi_c)

    def sample(self, sensor, foot, centi_c):
        """Let one temperature sample be taken; return the fault."""
        self.set_temperature(sensor, foot, centi_c)
        self.check_temperatures()
        return self.guard.fault

    def check_temperatures(self):
        """Take a sample of both wells."""
        for foot in range(FEET):
            self.guard.check_temperatures(foot)


@pytest.fixture
def bench():
    return Bench()


def test_all_is_well_at_the_very_limits(bench):
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
    getattr(bench.heaters[1], sensor).code = SHORT_CODE
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


@pytest.mark.parametrize("index", range(AXES))
def test_a_setpoint_outside_its_axis_trips_and_stays_what_it_was(bench, index):
    axis = index % AXES_PER_FOOT
    for value, fault in (
        (LOW[axis], faults.NO_FAULT),
        (HIGH[axis], faults.NO_FAULT),
        (HIGH[axis] + 1, faults.FAULT_SETPOINT_RANGE),
    ):
        bench.setpoints[index] = value
        bench.guard.check_setpoints(bench.setpoints)
        assert bench.guard.fault == fault
        assert bench.setpoints[index] == min(value, HIGH[axis])
    below = Bench()
    below.setpoints[index] = LOW[axis] - 1
    below.guard.check_setpoints(below.setpoints)
    assert below.guard.fault == faults.FAULT_SETPOINT_RANGE
    assert below.setpoints == array("i", HOME * 2)


def test_a_setpoint_that_stays_outside_its_axis_is_put_back_in_every_tick(bench):
    for _ in range(5):
        bench.setpoints[0] = HIGH[0] + 1
        bench.guard.check_setpoints(bench.setpoints)
        assert bench.setpoints[0] == 0


@given(
    foot=st.integers(0, 1),
    moves=st.lists(
        st.tuples(st.sampled_from([0, 1, 8_000]), st.sampled_from([0, 1, 5_000]), st.sampled_from([0, 60_000]))
    ),
)
def test_the_selector_may_only_move_with_the_grip_open_and_the_reach_clear(foot, moves):
    bench = Bench()
    base = foot * AXES_PER_FOOT
    due = faults.NO_FAULT
    for station, grip, reach in moves:
        stood_at = bench.setpoints[base + TOE_SELECT]
        has_moved = station != stood_at
        bench.setpoints[base + TOE_SELECT] = station
        bench.setpoints[base + TOE_GRIP] = grip
        bench.setpoints[base + TOE_REACH] = reach
        if has_moved and (grip != 0 or reach != HOME[TOE_REACH]):
            due = faults.FAULT_TOE_INTERLOCK
            station = stood_at
        assert bench.ticks(1) == due
        assert bench.setpoints[base + TOE_SELECT] == station, "the selector does not move with toes held"


@pytest.mark.parametrize(
    ("is_commanded_closed", "says", "fault"),
    [(True, False, faults.FAULT_RELAY_OPEN), (False, True, faults.FAULT_RELAY_WELDED)],
)
def test_a_relay_that_says_otherwise_than_it_was_told_trips_within_80_ms(bench, is_commanded_closed, says, fault):
    bench.guard.relay.set(is_commanded_closed)
    assert bench.hal.relay.is_closed is is_commanded_closed
    assert bench.ticks(100) == faults.NO_FAULT
    bench.hal.relay.welded = says
    assert bench.ticks(7) == faults.NO_FAULT
    assert bench.ticks(1) == fault


def test_a_relay_may_take_70_ms_to_follow_again_and_again(bench):
    for is_commanded_closed in (True, False) * 20:
        bench.hal.relay.welded = not is_commanded_closed
        bench.guard.relay.set(is_commanded_closed)
        bench.ticks(7)
        bench.hal.relay.welded = None
        assert bench.ticks(7) == faults.NO_FAULT


def test_a_contact_that_says_otherwise_more_often_than_not_trips(bench):
    for _ in range(8):
        for says in (True, True, False):
            bench.hal.relay.welded = says
            bench.ticks(1)
    assert bench.guard.fault == faults.FAULT_RELAY_WELDED


def test_a_relay_must_have_agreed_for_as_long_before_its_fault_is_acknowledged(bench):
    bench.hal.relay.welded = True
    bench.ticks(100)
    bench.hal.relay.welded = False
    bench.ticks(7)
    assert not bench.guard.acknowledge()
    bench.ticks(1)
    assert bench.guard.acknowledge()


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
    ("fault", "obey"),
    [
        (faults.NO_FAULT, True),
        (faults.FAULT_SKIN_HOT, True),
        (faults.FAULT_DEVICE_SILENT, False),
        (faults.FAULT_DEVICE_NONSENSE, False),
    ],
)
def test_servos_are_cut_off_when_their_chip_may_not_hear(bench, fault, obey):
    if fault != faults.NO_FAULT:
        bench.guard.trip(fault)
    assert bench.guard.servos_respond() is obey


def _hold(bench, roller, current_ma):
    """Let a roller stand until the tick that finds it; a second find would end a back-off. Return the fault."""
    bench.rollers[roller].duty_permille = 300
    bench.hal.motors[roller].current_ma = current_ma
    return bench.ticks(10)


def test_only_a_roller_that_is_held_backs_off(bench):
    assert _hold(bench, 2, 0) == faults.FAULT_ENCODER_LOST
    assert not bench.guard.back_off.is_active


def test_a_roller_that_is_held_backs_off_only_when_nothing_else_is_wrong(bench):
    bench.guard.trip(faults.FAULT_SUPPLY_LOW)
    _hold(bench, 2, 2_000)
    assert not bench.guard.back_off.is_active
    other = Bench()
    assert _hold(other, 2, 2_000) == faults.FAULT_ROLLER_BLOCKED


def _say_nonsense(bench):
    bench.hal.bus_fault_mask = 0x100


def _fall_silent(bench):
    bench.hal.bus_fault_mask = 0x01


def _rise_beyond_20_v(bench):
    bench.hal.supply.voltage_mv = 20_001


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


class Well:
    """A well's watch that finds what the test says; notes which other well it was shown."""

    def __init__(self):
        self.fault = faults.NO_FAULT
        self.other = None

    def check(self, other):
        self.other = other
        return self.fault


@pytest.fixture
def wells(bench):
    bench.guard._wells = (Well(), Well())
    return bench.guard._wells


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
