"""The converters on a model with conversion times: started, fetched, never waited for; invalid data is reported."""

import pytest

from instep.drive.ntc import centi_c
from instep.hal.ads1115 import (
    RATE_128,
    RATE_860,
    READY_128_US,
    READY_860_US,
    Ads1115,
    ForceSensor,
    Thermistor,
)
from instep.hal.bus import Bus, Port
from tests.emulator.chips.ads1115 import Ads1115 as Model
from tests.firmware.hal.wires import ChipBus

_ADDRESS = 0x49
_REFERENCE_MV = 3_300


class Rig:
    def __init__(self, rate=RATE_860):
        self.wire = ChipBus()
        self.model = Model(_ADDRESS, self.wire.now)
        self.wire.chips[_ADDRESS] = self.model
        self.bus = Bus(self.wire, lambda: None)
        self.adc = Ads1115(Port(self.bus, _ADDRESS, 2), rate)

    def pass_us(self, us):
        self.wire.now_ns += us * 1_000

    def convert(self, channel, wait_us=READY_860_US):
        self.adc.start(channel)
        self.pass_us(wait_us)
        self.adc.check()
        self.adc.fetch()
        return self.adc.codes[channel]


@pytest.fixture
def rig():
    return Rig()


@pytest.mark.parametrize("channel", range(4))
def test_every_channel_is_converted_by_itself(rig, channel):
    rig.model.inputs_mv = [100, 900, 1_700, 2_500]
    assert rig.convert(channel) == pytest.approx(8 * rig.model.inputs_mv[channel], abs=1)
    assert rig.bus.faults() == 0


@pytest.mark.parametrize(("rate", "ready_us"), [(RATE_860, READY_860_US), (RATE_128, READY_128_US)])
def test_the_slowest_chip_is_ready_when_it_is_fetched(rate, ready_us):
    rig = Rig(rate)
    rig.model.slow = 1.1
    rig.model.inputs_mv[0] = 2_000
    assert rig.convert(0, ready_us) == 16_000
    assert rig.bus.faults() == 0


def test_an_unfinished_conversion_is_reported_and_its_old_value_not_taken_for_new(rig):
    rig.model.inputs_mv[0] = 1_000
    rig.convert(0)
    rig.model.inputs_mv[1] = 2_000
    assert rig.convert(1, wait_us=300) == 0
    assert rig.bus.faults() == 0x0200


def test_fetching_without_a_conversion_asks_nothing(rig):
    rig.adc.fetch()
    assert rig.wire.reads == 0


@pytest.mark.parametrize("impossible_mv", [3_600, -40])
def test_an_impossible_voltage_is_reported_and_the_last_good_value_kept(rig, impossible_mv):
    rig.model.inputs_mv[0] = 1_000
    rig.convert(0)
    rig.model.inputs_mv[0] = impossible_mv
    assert rig.convert(0) == 8_000
    assert rig.bus.faults() == 0x0200
    rig.model.inputs_mv[0] = 1_100
    assert rig.convert(0) == 8_800
    assert rig.bus.faults() == 0


def test_a_chip_that_was_reset_between_start_and_fetch_is_nonsense(rig):
    rig.model.inputs_mv[2] = 1_000
    rig.adc.start(2)
    rig.model.__init__(_ADDRESS, rig.wire.now)
    rig.pass_us(READY_860_US)
    rig.adc.check()
    rig.adc.fetch()
    assert rig.bus.faults() == 0x0200
    assert rig.adc.codes[2] == 0


@pytest.mark.parametrize("stuck", [0x00, 0xFF])
def test_a_line_that_is_stuck_is_nonsense(rig, stuck):
    rig.adc.start(0)
    rig.pass_us(READY_860_US)
    rig.model.read = lambda: stuck
    rig.adc.check()
    rig.adc.fetch()
    assert rig.bus.faults() == 0x0200


def test_a_silent_chip_keeps_its_values_and_comes_back(rig):
    rig.model.inputs_mv[0] = 1_000
    rig.convert(0)
    rig.model.is_silent = True
    rig.model.inputs_mv[0] = 2_000
    assert rig.convert(0) == 8_000
    assert rig.bus.faults() == 2
    rig.model.is_silent = False
    assert rig.convert(0) == 16_000
    assert rig.bus.faults() == 0


def test_a_force_is_counted_from_its_zero(rig):
    sensor = ForceSensor(rig.adc, 1, 1_600, 8_000)
    rig.model.inputs_mv[1] = 200
    rig.convert(1)
    sensor.update()
    assert sensor.read_mn() == 0
    rig.model.inputs_mv[1] = 200 + 3_200
    rig.convert(1)
    sensor.update()
    assert sensor.read_mn() == 200_000
    rig.model.inputs_mv[1] = 190
    rig.convert(1)
    sensor.update()
    assert sensor.read_mn() == -625


@pytest.mark.parametrize("reference_mv", [3_200, 3_300, 3_400])
def test_an_ntc_is_read_against_its_own_reference(reference_mv):
    rig = Rig(RATE_128)
    ntc = Thermistor(rig.adc, 0, reference_mv)
    for permille in (0, 120, 320, 347, 500, 700, 999):
        rig.model.inputs_mv[0] = reference_mv * permille / 1_000
        rig.convert(0, READY_128_US)
        assert ntc.read_code() == pytest.approx(32_767 * permille / 1_000, abs=3)


def test_a_temperature_errs_by_less_than_a_tenth_through_the_whole_chain():
    import math

    rig = Rig(RATE_128)
    ntc = Thermistor(rig.adc, 0, _REFERENCE_MV)
    for deci_c in range(0, 701):
        kelvin = 273.15 + deci_c / 10
        resistance = math.exp(3_950 * (1 / kelvin - 1 / 298.15))
        rig.model.inputs_mv[0] = _REFERENCE_MV * resistance / (1 + resistance)
        rig.convert(0, READY_128_US)
        assert abs(centi_c(ntc.read_code()) - 10 * deci_c) <= 10, deci_c


def test_a_broken_wire_reads_full_scale_and_never_more():
    rig = Rig(RATE_128)
    ntc = Thermistor(rig.adc, 0, _REFERENCE_MV)
    rig.model.inputs_mv[0] = _REFERENCE_MV + 60
    rig.convert(0, READY_128_US)
    assert ntc.read_code() == 32_767
    rig.model.inputs_mv[0] = -2
    rig.convert(0, READY_128_US)
    assert ntc.read_code() == 0
