"""One NTC watched by itself: lost, loose, wild and frozen readings are found, single wild samples left alone."""

import pytest

from instep.drive.ntc import Probe, centi_c
from instep.guard import faults
from instep.guard.sensor_monitor import SensorMonitor
from tests.fakes import FakeThermistor

OPEN, SHORT = 32_767, 0
CODE_30_C = 14_592
PER_S = 10
PAUSE = 9


def code_of(celsius):
    """Return the lowest code that is read as no more than a temperature."""
    return next(code for code in range(5_000, 25_000) if centi_c(code) <= round(100 * celsius))


class Sensor:
    """One NTC with its watch; the code jitters by one as a conversion does."""

    def __init__(self, code=CODE_30_C):
        self.ntc = FakeThermistor(code)
        self.probe = Probe(self.ntc)
        self.watch = SensorMonitor(self.probe)
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
    sensor.watch = SensorMonitor(sensor.probe)
    assert sensor.samples(OPEN, 2) == faults.FAULT_HEAT_SENSOR_LOST


@pytest.mark.parametrize("code", [OPEN, SHORT, 6_000, 25_000])
def test_one_wild_sample_a_second_may_go_on_for_ever(sensor, code):
    for _ in range(200):
        assert sensor.sample(code) == faults.NO_FAULT
        assert sensor.samples(CODE_30_C, PAUSE) == faults.NO_FAULT


def test_a_wire_that_breaks_in_one_sample_of_four_while_a_roller_moves_is_found_at_the_ninth(sensor):
    for _ in range(8):
        assert sensor.sample(OPEN) == faults.NO_FAULT
        assert sensor.samples(CODE_30_C, 3) == faults.NO_FAULT
    assert sensor.sample(OPEN) == faults.FAULT_HEAT_SENSOR_LOST


@pytest.mark.parametrize("code", [6_000, 25_000])
def test_a_reading_that_jumps_and_stays_is_wild(sensor, code):
    assert sensor.sample(code) == faults.NO_FAULT
    assert sensor.sample(code) == faults.FAULT_HEAT_READING_WILD


@pytest.mark.parametrize(("k", "fault"), [(2.9, faults.NO_FAULT), (3.1, faults.FAULT_HEAT_READING_WILD)])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_jump_of_over_3_k_is_wild(k, sign, fault):
    assert Sensor(code_of(25)).samples(code_of(25 + sign * k), 20) == fault


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
