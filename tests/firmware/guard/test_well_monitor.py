"""A well's watches find heaters that do not obey and sensors that disagree, and leave cold rooms and feet alone."""

import pytest

from instep.axes import FEET
from instep.guard import faults, limits
from instep.guard.well_monitor import WellMonitor
from instep.units import PERMILLE
from tests.firmware.test_app import Bench
from tests.firmware.well_rig import PER_S, Pair, probe_at

NOT = faults.NO_FAULT


class Told:
    """The left well of a pair, whose lead and skin side are what the test says."""

    def __init__(self):
        self.pair = Pair()
        self.pair.say = self.say
        self.well = self.pair.wells[0]
        self.lead = 0.0
        self.slope_per_s = self.drift_per_s = 0.0

    def say(self):
        self.well.skin += self.slope_per_s / PER_S
        self.lead += self.drift_per_s / PER_S
        self.well.say(self.well.skin + self.lead, self.well.skin)

    def run(self, seconds, lead=None, duty=None, slope=0.0, drift=0.0):
        """Let time pass: `slope` of the skin side, `drift` of the lead in 0.01 K/s; return the first fault."""
        if lead is not None:
            self.lead = lead
        if duty is not None:
            self.well.ask(duty)
        self.slope_per_s, self.drift_per_s = slope, drift
        for _ in range(round(seconds * PER_S)):
            fault = self.pair.sample()[0]
            if fault:
                return fault
        return NOT


@pytest.fixture
def told():
    """Return a well that knows its lead without power to be 0."""
    told = Told()
    assert told.run(10) == NOT
    return told


@pytest.mark.parametrize("lead", [801, -801])
def test_two_sensors_that_differ_by_over_8_k_are_found_within_5_s(told, lead):
    assert told.run(4.4, lead) == NOT
    assert told.run(0.1, lead) == faults.FAULT_HEAT_SENSORS_DIFFER
    assert not told.well.watch.is_sound()


@pytest.mark.parametrize("lead", [800, -800])
def test_two_sensors_that_differ_by_8_k_are_left_alone(told, lead):
    assert told.run(100, lead) == NOT


def test_a_difference_is_only_forgotten_under_6_k(told):
    assert told.run(4, 801) == NOT
    assert told.run(10, 600) == NOT
    assert told.run(0.5, 801) == faults.FAULT_HEAT_SENSORS_DIFFER
    assert told.run(10, 599) == NOT
    assert told.well.watch.is_sound()


@pytest.mark.parametrize("duty", [100, 300, 1000])
def test_heat_that_does_not_show_at_the_film_is_found_within_60_s_at_any_temperature(told, duty):
    assert told.run(60, 0, duty) == faults.FAULT_HEAT_WITHOUT_RISE


@pytest.mark.parametrize("offset", [-100, 0, 100])
@pytest.mark.parametrize("duty", [100, 300, 1000])
def test_heat_that_shows_is_left_alone_with_sensors_that_differ_by_a_kelvin(duty, offset):
    told = Told()
    assert told.run(10, offset) == NOT
    assert told.run(60, offset + duty * 250 // 1000, duty) == NOT


@pytest.mark.parametrize("idle_s", [0, 12, 13, 14])
def test_heat_that_has_just_begun_has_time_to_show(told, idle_s):
    assert told.run(idle_s, 20) == NOT
    assert told.run(3, 20, PERMILLE) == NOT
    assert told.run(60, 270, PERMILLE) == NOT


def test_a_third_of_the_lead_is_enough(told):
    assert told.run(15, 360, PERMILLE) == NOT
    assert told.run(105, 120) == NOT
    assert told.run(14.9, 119) == NOT
    assert told.run(0.1, 119) == faults.FAULT_HEAT_WITHOUT_RISE


def test_too_little_heat_to_be_seen_is_not_judged(told):
    assert told.run(100, -30, 99) == NOT
    assert told.run(35, -30, 100) == faults.FAULT_HEAT_WITHOUT_RISE


@pytest.mark.parametrize("lead", [120, 330, 550])
def test_a_heater_that_stays_on_is_found_9_s_after_its_last_power(told, lead):
    told.run(20, 300, PERMILLE)
    assert told.run(8.8, lead, 0, slope=10) == NOT
    assert told.run(0.1, lead, 0, slope=10) == faults.FAULT_RISE_WITHOUT_HEAT


def test_a_switch_that_shorts_at_rest_is_found_within_5_s(told):
    assert told.run(3.9, 250, slope=10) == NOT
    assert told.run(0.3, 250, slope=10) == faults.FAULT_RISE_WITHOUT_HEAT


@pytest.mark.parametrize("volts_of_12", [10.5, 12, 13.2])
def test_a_switch_that_shorts_is_found_in_a_slow_film_and_on_any_supply(volts_of_12):
    pair = Pair()
    pair.run(10, 0, 0)
    left = pair.wells[0]
    left.gain = 300 * volts_of_12**2 / 144
    found = NOT
    for _ in range(15 * PER_S):
        left.heater.duty_permille = PERMILLE  # the plant's power
        left.warm()
        left.heater.duty_permille = 0  # what the drive asks for
        left.lead += left.lead / 16  # undo the fall of the second step
        left.skin += 1
        found = found or max(pair.sample())
    assert found == faults.FAULT_RISE_WITHOUT_HEAT


@pytest.mark.parametrize("lead", [119, 551])
def test_leads_that_power_does_not_make_are_no_heater_that_stays_on(told, lead):
    told.run(20, 300, PERMILLE)
    assert told.run(60, lead, 0, slope=10) == NOT


@pytest.mark.parametrize(("rise", "fault"), [(9, NOT), (10, faults.FAULT_RISE_WITHOUT_HEAT)])
def test_the_skin_side_has_to_get_warmer_by_a_tenth_of_a_kelvin(told, rise, fault):
    told.run(20, 300, PERMILLE)
    assert told.run(30, 300, 0) == NOT
    told.well.skin += rise
    assert told.run(30, 300) == fault


@pytest.mark.parametrize(
    ("power", "over", "is_missing"),
    [(200, 23, True), (200, 24, False), (199, 0, False), (817, 98, True), (1000, 119, True)],
)
def test_a_lead_is_missing_under_a_third_of_what_a_fifth_of_full_power_makes(told, power, over, is_missing):
    lead = told.well.watch.lead
    lead.power_permille, lead.over = power, over
    assert lead.is_missing() is is_missing


@pytest.mark.parametrize("drift", [15, 30, 60, 100])
@pytest.mark.parametrize("slope", [0, 19])
def test_a_sensor_that_drifts_is_not_taken_for_a_heater_that_stays_on(told, drift, slope):
    assert told.run(1400 / drift, drift=drift, slope=slope) in (NOT, faults.FAULT_HEAT_SENSORS_DIFFER)


def test_the_lead_of_a_heater_that_stays_on_may_sag_by_less_than_half_a_kelvin(told):
    told.run(20, 300, PERMILLE)
    told.run(6, 300, 0, slope=10)
    assert told.run(3.2, 261, slope=10) == faults.FAULT_RISE_WITHOUT_HEAT


def test_a_lead_that_does_not_stand_is_looked_at_anew(told):
    told.run(20, 300, PERMILLE)
    told.run(6, 300, 0, slope=10)
    assert told.run(3.9, 258, slope=10) == NOT
    assert told.run(0.4, 258, slope=10) == faults.FAULT_RISE_WITHOUT_HEAT


@pytest.mark.parametrize("offset", [-300, 300])
def test_a_constant_difference_of_3_k_is_learnt_and_no_more(offset):
    told = Told()
    assert told.run(60, offset, slope=10) == NOT
    assert told.well.watch.lead.over == 0
    told = Told()
    told.run(60, offset + offset // 300)
    assert told.well.watch.lead.over == offset + offset // 300


def test_what_a_lead_is_without_power_is_learnt_5_s_after_the_last_at_a_fifth_of_a_kelvin_a_second(told):
    lead = told.well.watch.lead
    told.run(20, 60, 250)
    told.run(4.9, 60, 0)
    assert lead.base == 0
    told.run(2.1, 60)
    assert lead.base == pytest.approx(40, abs=2)


@pytest.mark.parametrize(("step", "base"), [(79, 79), (80, 0), (-100, -100)])
def test_a_lead_that_appears_at_once_is_not_learnt_but_one_that_goes_is(told, step, base):
    told.run(30, step)
    assert told.well.watch.lead.base == base


@pytest.mark.parametrize(("over", "fault"), [(280, NOT), (282, faults.FAULT_HEAT_SENSORS_DIFFER)])
def test_more_lead_than_the_power_makes_is_a_sensor_that_came_off(told, over, fault):
    told.run(20, 150, 300)
    assert told.run(9.9, over) == NOT
    assert told.run(0.1, over) == fault


def test_film_heat_that_dies_away_is_left_alone(told):
    told.run(30, 430, PERMILLE)
    for step in range(600):
        assert told.run(0.1, round(430 * 0.965**step), 0, slope=10) == NOT


@pytest.mark.parametrize(
    ("lead", "slope"), [(330, 0), (100, 10), (-30, 19)], ids=["one sensor is off", "a warm foot", "a cold well"]
)
def test_what_is_warm_or_gets_warm_without_its_heater_is_left_alone(told, lead, slope):
    assert told.run(60, lead, slope=slope) == NOT


def lose_contact(told):
    """Let the left sensors lose their contact; what they said last goes on."""
    told.well.probe.code = 0
    told.well.probe.raw_centi_c = 10_160
    told.pair.say = lambda: None


def test_a_sensor_without_contact_teaches_no_base(told):
    lose_contact(told)
    told.pair.sample()
    assert told.pair.sample()[0] == faults.FAULT_HEAT_SENSOR_LOST
    told.well.element_probe.centi_c = told.well.skin_probe.centi_c + 50
    for _ in range(20):
        told.pair.sample()
    assert told.well.watch.lead.base == 0


def test_a_sensor_without_contact_is_no_heater_that_stays_on(told):
    lose_contact(told)
    element, skin = told.well.element_probe, told.well.skin_probe
    element.centi_c = skin.centi_c + 300
    for _ in range(100):
        element.centi_c += 1
        skin.centi_c += 1
        assert told.pair.sample()[0] in (NOT, faults.FAULT_HEAT_SENSOR_LOST)


def test_a_heater_that_stays_on_is_said_before_all_else():
    """It opens the relay; all other faults of a well only cost the heat."""
    told = Told()
    told.run(10, 200)
    told.well.watch._differing = limits.DIFFER_TRIP_SAMPLES
    told.run(0.1, 700, slope=10)
    assert faults.FAULT_RISE_WITHOUT_HEAT in [told.run(0.1, 700, slope=10) for _ in range(50)]


def test_each_sensor_of_a_well_is_watched():
    for name in ("element", "skin"):
        told = Told()
        told.well.watch = told.well.monitor(**{name: probe_at(10_160, 0)})
        told.pair.sample()
        assert told.pair.sample()[0] == faults.FAULT_HEAT_SENSOR_LOST


def test_the_supervisor_shows_each_well_the_other(monkeypatch):
    bench = Bench()
    seen = []

    def check(well, other):
        seen.append((well, other))
        return NOT

    monkeypatch.setattr(WellMonitor, "check", check)
    for foot in range(FEET):
        bench.app.guard.check_temperatures(foot)
    left, right = bench.app.guard.wells
    assert seen == [(left, right), (right, left)]


def test_limits_are_paired():
    assert limits.DIFFER_CLEAR_CENTI_K < limits.DIFFER_TRIP_CENTI_K
    assert limits.SUPPLY_CLEAR_MV > limits.SUPPLY_TRIP_MV
    assert limits.SKIN_CLEAR_CENTI_C < limits.SKIN_TRIP_CENTI_C
    assert limits.ELEMENT_CLEAR_CENTI_C < limits.ELEMENT_TRIP_CENTI_C
