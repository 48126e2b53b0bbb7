"""The heat watches find lying sensors and heaters that do not obey, and leave wild samples and cold rooms alone."""

import pytest

from instep.drive.ntc import Probe
from instep.guard import faults, limits
from instep.guard.heat import SensorWatch, WellWatch
from tests.fakes import FakeThermistor, stand_in

OPEN, SHORT = 32_767, 0
CODE_25_C, CODE_30_C, CODE_37_C = 16_384, 14_592, 12_210
CODES_PER_K = 350
PER_S = 10
PAUSE = 9


class Sensor:
    """One NTC with its watch; the code jitters by one as a conversion does."""

    def __init__(self, code=CODE_30_C):
        self.ntc = FakeThermistor(code)
        self.probe = Probe(self.ntc)
        self.watch = SensorWatch(self.probe)
        self.parity = 0
        self.samples(code, 20)

    def sample(self, code, jitter=1):
        self.parity ^= jitter
        self.ntc.code = min(32_767, code + self.parity)
        self.probe.read()
        return self.watch.check()

    def samples(self, code, count=1, jitter=1):
        for _ in range(count):
            fault = self.sample(code, jitter)
            if fault:
                return fault
        return faults.NO_FAULT


@pytest.fixture
def sensor():
    return Sensor()


@pytest.mark.parametrize("code", [OPEN, SHORT])
def test_a_wire_without_contact_is_found_with_the_second_sample(sensor, code):
    assert sensor.sample(code) == faults.NO_FAULT
    assert sensor.sample(code) == faults.FAULT_HEAT_SENSOR_LOST
    assert not sensor.watch.is_sound()


def test_two_lost_samples_of_three_are_enough(sensor):
    assert [sensor.sample(code) for code in (OPEN, CODE_30_C, OPEN)] == [0, 0, faults.FAULT_HEAT_SENSOR_LOST]


def test_a_sensor_that_is_lost_from_the_start_is_found():
    sensor = Sensor.__new__(Sensor)
    sensor.ntc, sensor.parity = FakeThermistor(OPEN), 0
    sensor.probe = Probe(sensor.ntc)
    sensor.watch = SensorWatch(sensor.probe)
    assert sensor.watch.check() == faults.NO_FAULT, "nothing has been read yet"
    assert sensor.samples(OPEN, 2) == faults.FAULT_HEAT_SENSOR_LOST


@pytest.mark.parametrize("code", [OPEN, SHORT, 6_000, 25_000])
def test_one_wild_sample_a_second_may_go_on_for_ever(sensor, code):
    for _ in range(200):
        assert sensor.sample(code) == faults.NO_FAULT
        assert sensor.samples(CODE_30_C, PAUSE) == faults.NO_FAULT


def test_a_wire_that_breaks_in_one_sample_of_four_while_a_roller_moves_is_found_within_5_s(sensor):
    found = []
    for _ in range(12):
        found += [sensor.samples(code) for code in (OPEN, CODE_30_C, CODE_30_C, CODE_30_C)]
    assert faults.FAULT_HEAT_SENSOR_LOST in found


@pytest.mark.parametrize("code", [6_000, 25_000])
def test_a_reading_that_jumps_and_stays_is_wild(sensor, code):
    assert sensor.sample(code) == faults.NO_FAULT
    assert sensor.sample(code) == faults.FAULT_HEAT_READING_WILD


@pytest.mark.parametrize(("k", "fault"), [(2.7, faults.NO_FAULT), (3.3, faults.FAULT_HEAT_READING_WILD)])
def test_a_jump_of_over_3_k_is_wild(k, fault):
    sensor = Sensor(16_384)
    assert sensor.samples(16_384 - round(k * CODES_PER_K), 20) == fault


@pytest.mark.parametrize(("k_per_s", "fault"), [(4.5, faults.NO_FAULT), (7.5, faults.FAULT_HEAT_READING_WILD)])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_slope_that_heat_cannot_make_is_wild(k_per_s, sign, fault):
    sensor = Sensor(16_384)
    steps = [round(16_384 + sign * k_per_s * CODES_PER_K * step / PER_S) for step in range(25)]
    assert max(sensor.samples(code) for code in steps) == fault


def test_a_frozen_reading_is_found_within_60_s_and_not_before_45_s(sensor):
    assert sensor.samples(CODE_30_C, 45 * PER_S, jitter=0) == faults.NO_FAULT
    assert sensor.samples(CODE_30_C, 8 * PER_S, jitter=0) == faults.FAULT_HEAT_READING_FROZEN
    assert not sensor.watch.is_sound()
    sensor.sample(CODE_30_C + 5)
    assert sensor.watch.is_sound()


def test_a_steady_reading_with_a_rare_jitter_is_not_frozen(sensor):
    for _ in range(10):
        assert sensor.samples(CODE_30_C, 40 * PER_S, jitter=0) == faults.NO_FAULT
        sensor.sample(CODE_30_C + 1)


class Well:
    """A well whose temperatures and duty are what the test says; its sensors themselves are sound."""

    def __init__(self, element=3_000, skin=3_000):
        probe = stand_in(samples=0)
        self.heater = stand_in(element=probe, skin=probe, element_centi_c=element, skin_centi_c=skin, duty_permille=0)
        self.watch = WellWatch(self.heater)

    def samples(self, seconds, lead=None, duty=None, rise_per_s=0):
        """Let time pass; return the first fault."""
        if duty is not None:
            self.heater.duty_permille = duty
        for sample in range(round(seconds * PER_S)):
            if lead is not None:
                self.heater.element_centi_c = self.heater.skin_centi_c + lead
            fault = self.watch.check()
            if fault:
                return fault
            moved = rise_per_s * (sample + 1) // PER_S - rise_per_s * sample // PER_S
            self.heater.skin_centi_c += moved
            self.heater.element_centi_c += moved
        return faults.NO_FAULT


@pytest.fixture
def well():
    return Well()


@pytest.mark.parametrize("lead", [801, -801])
def test_two_sensors_that_differ_by_over_8_k_are_found_within_5_s(well, lead):
    assert well.samples(4.4, lead) == faults.NO_FAULT
    assert well.samples(0.2, lead) == faults.FAULT_HEAT_SENSORS_DIFFER
    assert not well.watch.is_sound()


@pytest.mark.parametrize("lead", [800, -800])
def test_two_sensors_that_differ_by_8_k_are_left_alone(well, lead):
    assert well.samples(100, lead) == faults.NO_FAULT


def test_a_difference_is_only_forgotten_under_6_k(well):
    assert well.samples(4, 801) == faults.NO_FAULT
    assert well.samples(10, 700) == faults.NO_FAULT
    assert well.samples(0.5, 801) == faults.FAULT_HEAT_SENSORS_DIFFER
    assert well.samples(10, 599) == faults.NO_FAULT
    assert well.watch.is_sound()


@pytest.mark.parametrize("duty", [100, 300, 1000])
def test_heat_that_does_not_show_at_the_film_is_found_within_60_s_at_any_temperature(well, duty):
    well.samples(10, -30, 0)
    assert well.samples(60, -30, duty) == faults.FAULT_HEAT_WITHOUT_RISE


@pytest.mark.parametrize("offset", [-100, 0, 100])
@pytest.mark.parametrize("duty", [100, 300, 1000])
def test_heat_that_shows_is_left_alone_with_sensors_that_differ_by_a_kelvin(well, duty, offset):
    well.samples(10, offset, 0)
    assert well.samples(60, offset + duty * 250 // 1000, duty) == faults.NO_FAULT


@pytest.mark.parametrize("idle_s", [0, 12, 13, 14])
def test_heat_that_has_just_begun_has_time_to_show(well, idle_s):
    assert well.samples(idle_s, 20, 0) == faults.NO_FAULT
    assert well.samples(3, 20, 1000) == faults.NO_FAULT
    assert well.samples(60, 270, 1000) == faults.NO_FAULT


def test_a_third_of_the_lead_is_not_enough(well):
    assert well.samples(16, 115, 1000) == faults.FAULT_HEAT_WITHOUT_RISE
    assert Well().samples(100, 120, 1000) == faults.NO_FAULT


def test_too_little_heat_to_be_seen_is_not_judged(well):
    assert well.samples(100, -30, 99) == faults.NO_FAULT


def test_one_sensor_read_twice_is_taken_for_crossed_wires(well):
    assert well.samples(16, 0, 300) == faults.NO_FAULT
    assert well.samples(15, 0, 300) == faults.FAULT_HEAT_CROSSED
    assert Well().samples(60, 0, 1000, rise_per_s=15) == faults.FAULT_HEAT_CROSSED


def test_a_dead_film_in_a_warm_room_is_not_taken_for_crossed_wires(well):
    assert well.samples(16, 0, 1000) == faults.FAULT_HEAT_WITHOUT_RISE


def test_a_heater_that_stays_on_is_found_within_30_s(well):
    well.samples(20, 100, 300)
    assert well.samples(30, 330, 0, rise_per_s=10) == faults.FAULT_RISE_WITHOUT_HEAT


def test_a_heater_that_stays_on_is_found_5_s_after_its_film_should_be_cold(well):
    assert well.samples(10, 150, 0, rise_per_s=10) == faults.NO_FAULT
    assert well.samples(0.8, 150, 0, rise_per_s=10) == faults.FAULT_RISE_WITHOUT_HEAT


@pytest.mark.parametrize(
    ("lead", "rise_per_s"),
    [(330, 0), (140, 10), (-30, 15)],
    ids=["one sensor is off", "a foot warms the well", "a foot warms a cold well"],
)
def test_what_is_warm_or_gets_warm_without_its_heater_is_left_alone(well, lead, rise_per_s):
    assert well.samples(60, lead, 0, rise_per_s=rise_per_s) == faults.NO_FAULT


def test_one_sensor_that_drifts_is_not_taken_for_a_heater_that_stays_on(well):
    well.samples(10, 0, 0)
    for lead in range(0, 700, 5):
        assert well.samples(0.5, lead, 0) == faults.NO_FAULT


def test_film_heat_that_dies_away_is_left_alone(well):
    well.samples(30, 330, 1000)
    for step in range(600):
        assert well.samples(0.1, round(330 * 0.946**step), 0, rise_per_s=5) == faults.NO_FAULT


def test_limits_are_paired():
    assert limits.DIFFER_CLEAR_CENTI_K < limits.DIFFER_TRIP_CENTI_K
    assert limits.SUPPLY_CLEAR_MV > limits.SUPPLY_TRIP_MV
    assert limits.SKIN_CLEAR_CENTI_C < limits.SKIN_TRIP_CENTI_C
    assert limits.ELEMENT_CLEAR_CENTI_C < limits.ELEMENT_TRIP_CENTI_C
