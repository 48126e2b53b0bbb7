"""The guard's slow checks read every thermistor themselves, whatever the drives have read."""

import pytest

from instep.axes import FEET
from instep.guard.faults import FAULT_ELEMENT_HOT, FAULT_SKIN_HOT, NO_FAULT
from instep.slow_checks import SlowChecks
from tests.fakes import CODE_25_C, stand_in
from tests.firmware.guard_rig import Bench

PERIOD_TICKS = 10

# 63 °C, by the table of `drive/ntc.py`: over the limits of skin side and element.
HOT_CODE = 6_400


@pytest.fixture
def bench():
    return Bench()


@pytest.fixture
def buttons():
    return stand_in(stuck=0)


@pytest.fixture
def checks(bench, buttons):
    return SlowChecks(bench.guard, buttons)


@pytest.mark.parametrize("foot", range(FEET))
@pytest.mark.parametrize(("name", "fault"), [("skins", FAULT_SKIN_HOT), ("elements", FAULT_ELEMENT_HOT)])
def test_a_hot_thermistor_trips_at_its_second_sample_though_no_drive_has_read_it(bench, checks, foot, name, fault):
    getattr(bench.hal, name)[foot].code = HOT_CODE
    faults = []
    for _ in range(2):
        for _ in range(PERIOD_TICKS):
            checks.tick()
        faults.append(bench.guard.fault)
    assert faults == [NO_FAULT, fault]


def test_each_thermistor_is_read_once_in_ten_ticks_and_at_most_one_in_a_tick(bench, checks):
    reads = []
    for well in bench.guard.wells:
        for probe in (well.element, well.skin):
            reads.append(probe)
    before = 0
    for _ in range(3):
        for _ in range(PERIOD_TICKS):
            checks.tick()
            samples = sum(probe.samples for probe in reads)
            assert samples - before <= 1
            before = samples
    assert [probe.samples for probe in reads] == [3] * 4
    assert {probe.code for probe in reads} == {CODE_25_C}


def test_a_button_that_is_stuck_is_noticed_within_ten_ticks_and_forgotten_as_fast(bench, checks, buttons):
    for stuck in (1 << 3, 0):
        buttons.stuck = stuck
        for _ in range(PERIOD_TICKS):
            checks.tick()
        assert bench.guard.is_button_stuck is (stuck != 0)
