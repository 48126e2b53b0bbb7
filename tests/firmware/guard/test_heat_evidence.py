"""What one error of the heat chain can do to skin: at most 43 °C for 10 s and 45 °C ever, by the true temperatures.

Each row was silent, or too hot, with two NTCs alone: NTCs or pull-ups of another value 52 °C, a common ground 46.6,
a shifted reference 47.7, a drift of both 52.7, a leaking switch 42.8 °C without a word.
"""

import pytest

from instep.guard import faults
from sim.grades import WORST
from sim.plant import ntc, thermometer
from sim.plant.layout import HEAT_LEAK, NTC_CHAIN_ROW, NTC_ROW, NTCS, THERMOMETER_ROW
from tests.firmware.wells_rig import Wells

HOT_C, HOT_S, EVER_C = 43.0, 10.0, 45.0
HIGH = 4_100
ELEMENT, SKIN = NTC_ROW, NTC_ROW + ntc.CONSTANTS  # of the left well

RISE = faults.FAULT_RISE_WITHOUT_HEAT


def all_ntcs(figure, value):
    return {NTC_ROW + at * ntc.CONSTANTS + figure: value for at in range(NTCS)}


ONE_ERROR = {
    "100 k NTCs": all_ntcs(ntc.R25_OHM, 100e3),
    "another beta": all_ntcs(ntc.BETA_K, 3_435.0),
    "4.7 k pull-ups": all_ntcs(ntc.PULL_UP_OHM, 4_700.0),
    "reference + 10 %": {NTC_CHAIN_ROW + ntc.REFERENCE: 1.1},
    "reference + 20 %": {NTC_CHAIN_ROW + ntc.REFERENCE: 1.2},
    "reference - 20 %": {NTC_CHAIN_ROW + ntc.REFERENCE: 0.8},
    "common ground": {NTC_CHAIN_ROW + ntc.GROUND_OHM: 500.0},
    "small common ground": {NTC_CHAIN_ROW + ntc.GROUND_OHM: 100.0},
    "skin NTC 2.9 K cold": {SKIN + ntc.OFFSET_K: -2.9},
    "skin NTC 2.4 K cold": {SKIN + ntc.OFFSET_K: -2.4},
    "skin NTC feels 90 %": {SKIN + ntc.LOST_RISE: 0.1},
    "film NTC 2.9 K cold": {ELEMENT + ntc.OFFSET_K: -2.9},
    "skin NTC drifts": {SKIN + ntc.DRIFT_K_S: -0.02},
    "skin NTC drifts slowly": {SKIN + ntc.DRIFT_K_S: -0.005},
    "film NTC drifts": {ELEMENT + ntc.DRIFT_K_S: -0.1},
    "both NTCs drift": {SKIN + ntc.DRIFT_K_S: -0.02, ELEMENT + ntc.DRIFT_K_S: -0.02},
    "thermometer drifts": {THERMOMETER_ROW + thermometer.DRIFT_K_S: -0.02},
    "thermometer 2.4 K cold": {THERMOMETER_ROW + thermometer.OFFSET_K: -2.4},
    "thermometer came off": {THERMOMETER_ROW + thermometer.LOST_RISE: 1.0},
    "thermometer frozen": {THERMOMETER_ROW + thermometer.IS_FROZEN: 1.0},
    "switch leaks 10 %": {HEAT_LEAK: 0.1},
    "switch leaks 50 %": {HEAT_LEAK: 0.5},
    "switch shorts": {HEAT_LEAK: 1.0},
}


def spoil(wells, places):
    for place, value in places.items():
        wells.constants[place] = value


def assert_skin_is_safe(wells):
    assert wells.peak_c <= EVER_C, wells.found
    assert wells.over_s <= HOT_S, wells.found


@pytest.mark.parametrize("when", ["before", "while it warms", "while it holds"])
@pytest.mark.parametrize("error", ONE_ERROR)
def test_no_single_error_of_the_heat_chain_makes_skin_too_warm(error, when):
    wells = Wells("small", WORST, 3, supply_v=12.6)
    if when == "before":
        spoil(wells, ONE_ERROR[error])
    wells.run(12).close_relay().run(15)
    wells.run(60 if when == "while it warms" else 150, HIGH)
    if when != "before":
        spoil(wells, ONE_ERROR[error])
    assert_skin_is_safe(wells.run(200))


@pytest.mark.parametrize("leak", [0.05, 0.3, 0.4, 0.5, 1.0])
def test_a_switch_that_leaks_with_the_heat_off_opens_the_relay_before_skin_gets_hot(leak):
    wells = Wells(ambient_c=30.0, supply_v=12.6)
    wells.run(12).close_relay().run(5)
    spoil(wells, {HEAT_LEAK: leak})
    wells.run(900, 0)
    assert wells.peak_c <= 39.1
    assert (wells.guard.fault == RISE) == (leak >= 0.3)


# A notice that puts the heat off, by one sensor that is wrong, and the sensor's places.
NOTICES = {
    "skin NTC frozen": {SKIN + ntc.IS_FROZEN: 1.0},
    "skin NTC cold": {SKIN + ntc.OFFSET_K: -6.0},
    "film NTC frozen": {ELEMENT + ntc.IS_FROZEN: 1.0},
    "thermometer frozen": {THERMOMETER_ROW + thermometer.IS_FROZEN: 1.0},
    "thermometer cold": {THERMOMETER_ROW + thermometer.OFFSET_K: -6.0},
}


@pytest.mark.parametrize("notice", NOTICES)
def test_after_a_heat_notice_a_switch_that_shorts_still_opens_the_relay(notice):
    wells = Wells(supply_v=12.6)
    wells.run(12).close_relay().run(5)
    if notice == "thermometer frozen":  # noticed as the well leaves its value
        spoil(wells, NOTICES[notice])
    wells.run(100, HIGH)
    spoil(wells, NOTICES[notice])
    wells.run(120)
    assert wells.guard.heat_fault != faults.NO_FAULT, "the first fault was not noticed"
    wells.stuck_permille[0] = 1_000
    wells.run(300)
    assert wells.guard.fault in (RISE, faults.FAULT_SKIN_HOT)
    assert_skin_is_safe(wells)


@pytest.mark.parametrize("ambient_c", [10.0, 22.0, 35.0])
@pytest.mark.parametrize(
    ("seed", "person", "supply_v"), [(41, "small", 13.2), (534, "large", 10.6), (7, "average", 12.6)]
)
def test_worst_parts_raise_no_fault_through_all_that_a_person_does(seed, person, supply_v, ambient_c):
    wells = Wells(person, WORST, seed, ambient_c, supply_v)
    wells.run(3).close_relay()
    for setpoint, seconds, left, right in (
        (0, 20, True, True),
        (HIGH, 280, True, True),
        (0, 20, True, False),
        (3_700, 90, False, False),
        (HIGH, 150, True, True),
    ):
        wells.are_feet_in[:] = [left, right]
        wells.run(seconds, setpoint)
        assert not wells.found
    assert wells.peak_c <= 42.0


def test_crossed_heaters_are_found_while_the_first_of_them_warms_alone():
    wells = Wells()
    wells.hal.heaters.reverse()
    wells.run(12).close_relay().run(15, HIGH)
    assert [name for name, _ in wells.found] == [faults.FAULT_HEAT_CROSSED]


def test_crossed_thermistors_are_found_too():
    wells = Wells()
    # What the left well's thermistors measure is what the right well's probes read.
    wells.hal.elements.reverse()
    wells.hal.skins.reverse()
    wells.run(12).close_relay().run(15, HIGH)
    assert [name for name, _ in wells.found] == [faults.FAULT_HEAT_CROSSED]
