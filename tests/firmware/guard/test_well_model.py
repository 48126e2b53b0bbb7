"""One model of a well against its three sensors, at the edges of what it lets pass."""

import pytest

from instep.guard import faults
from instep.guard.sensor_monitor import SensorMonitor
from tests.fakes import stand_in
from tests.firmware.well_rig import FULL, MILD, Well, probe_at

NOT, FROZEN = faults.NO_FAULT, faults.FAULT_HEAT_READING_FROZEN
DIFFER, LOST = faults.FAULT_HEAT_SENSORS_DIFFER, faults.FAULT_HEAT_SENSOR_LOST
NO_RISE, CROSSED, RISE = faults.FAULT_HEAT_WITHOUT_RISE, faults.FAULT_HEAT_CROSSED, faults.FAULT_RISE_WITHOUT_HEAT


@pytest.fixture
def well():
    """Return a well in a session, all of whose sensors have said 30 °C for long."""
    return Well().close_relay()


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize(("apart", "seconds"), [(251, 500), (300, 10), (350, 5), (1_250, 0.5)])
def test_ntc_and_thermometer_that_differ_are_found_the_sooner_the_more(well, sign, apart, seconds):
    said = {"element": MILD + sign * apart, "skin": MILD + sign * apart, "thermometer": MILD}
    assert well.run(seconds - 0.1, **said) == NOT
    assert well.run(0.1, **said) == DIFFER
    assert not well.watch.is_sound()


@pytest.mark.parametrize("sign", [-1, 1])
def test_ntc_and_thermometer_may_differ_by_two_and_a_half_kelvin_for_ever(well, sign):
    assert well.run(600, element=MILD + sign * 250, skin=MILD + sign * 250, thermometer=MILD) == NOT
    assert well.watch.is_sound()


def test_one_wild_thermometer_value_is_no_fault(well):
    for _ in range(20):
        assert well.run(0.2, element=MILD, skin=MILD, thermometer=12_500) == NOT
        assert well.run(2, element=MILD, skin=MILD) == NOT


@pytest.mark.parametrize("who", ["element", "skin", "thermometer"])
def test_a_well_that_reads_under_5_degrees_gets_no_heat(who):
    well = Well(510)
    assert well.run(60, element=510, skin=510, thermometer=510) == NOT
    said = {"element": 510, "skin": 510, "thermometer": 510, who: 490}
    assert well.run(99, **said) == NOT
    assert well.run(2, **said) == LOST
    assert not well.watch.is_sound()


def test_a_well_that_reads_far_too_cold_is_found_within_a_second():
    assert Well(-2_100).run(1, element=-2_100, skin=-2_100, thermometer=-2_100) == LOST


@pytest.mark.parametrize(("duty", "seconds"), [(FULL, 12), (500, 20), (200, 45), (110, 60)])
def test_power_without_a_lead_is_found(well, duty, seconds):
    assert well.run(seconds, duty, element=MILD, skin=MILD) == NO_RISE


@pytest.mark.parametrize(("lead", "fault"), [(119, NOT), (108, NO_RISE)])
def test_a_lead_has_to_be_a_third_of_what_the_power_explains(well, lead, fault):
    assert well.run(120, FULL, element=MILD + lead, skin=MILD) == fault


def test_a_lead_that_is_too_short_by_0_3_k_is_missing_after_4_s_and_a_fault_after_17(well):
    assert well.run(30, 500, element=MILD + 180, skin=MILD) == NOT
    assert well.run(4.1, 500, element=MILD + 29, skin=MILD) == NOT
    assert not well.watch.is_missing
    assert well.run(0.1, 500, element=MILD + 29, skin=MILD) == NOT
    assert well.watch.is_missing
    assert well.run(12, 500, element=MILD + 29, skin=MILD) == NOT
    assert well.run(1, 500, element=MILD + 29, skin=MILD) == NO_RISE


def test_a_weak_film_is_left_alone(well):
    lead = 200  # 12 W at 10.5 V, a film at 80 % and a bead that is late
    assert well.run(600, FULL, element=MILD + lead, skin=MILD) in (NOT, NO_RISE)
    assert Well().close_relay().run(590, FULL, element=MILD + lead, skin=MILD) == NOT


def test_power_under_a_tenth_may_show_nothing(well):
    assert well.run(600, 99, element=MILD, skin=MILD) == NOT


def test_a_film_that_leads_while_its_neighbour_has_the_power_is_crossed(well):
    other = Well().close_relay()
    found = NOT
    well.heater.duty_permille = FULL
    for _ in range(200):
        well.say(MILD, MILD)
        other.say(MILD + 360, MILD)
        assert other.sample(well) == NOT
        found = found or well.sample(other)
    assert found == CROSSED


@pytest.mark.parametrize("duty", [0, 300])
def test_a_film_that_is_far_warmer_than_its_power_explains_differs(well, duty):
    assert well.run(60, duty, element=MILD + 900, skin=MILD) == DIFFER
    assert not well.watch.is_sound()


@pytest.mark.parametrize(("lead", "fault"), [(395, NOT), (430, DIFFER)])
def test_a_lead_may_be_two_thirds_and_a_kelvin_more_than_its_power_explains(well, lead, fault):
    assert well.run(30, 500, element=MILD + 180, skin=MILD) == NOT
    assert well.run(40, 500, element=MILD + lead, skin=MILD) == fault


def test_a_switch_that_shorts_stops_the_machine_and_is_not_taken_for_a_sensor(well):
    found = NOT
    for sample in range(100):
        skin = MILD + sample
        well.say(skin + 360, skin)
        found = found or well.sample()
    assert found == RISE


def _monitor(fault=NOT, is_sound=True):
    """Return the monitor of a thermistor that says this."""
    return stand_in(check=lambda: fault, is_sound=lambda: is_sound, is_alive=lambda: True)


def test_a_well_that_seems_to_warm_beside_one_whose_film_answers_no_power_has_no_shorted_switch(well):
    other = Well()
    other.watch.is_missing = True
    for sample in range(100):
        well.say(MILD + sample + 360, MILD + sample)
        assert well.sample(other) == NOT


def test_a_well_that_warms_with_skin_sensors_apart_has_no_shorted_switch(well):
    for sample in range(100):
        well.say(MILD + sample + 360, MILD + sample, MILD + sample + 251)
        assert well.sample() == NOT


def test_a_well_that_warms_with_a_thermistor_that_is_lost_has_no_shorted_switch(well):
    well.watch.skin_monitor = _monitor(is_sound=False)
    for sample in range(100):
        well.say(MILD + sample + 360, MILD + sample)
        assert well.sample() == NOT


def test_a_film_that_is_too_warm_beside_one_that_answers_no_power_is_not_its_own_sensors_fault(well):
    other = Well()
    other.watch.is_missing = True
    assert well.run(60, other=other, element=MILD + 900, skin=MILD) == NOT


def test_power_under_a_tenth_makes_a_new_beginning_for_a_lead_that_is_too_short(well):
    well.watch._lead = lead = stand_in(explained=180, over=29, power_permille=500, take=lambda: None)
    for _ in range(3):
        lead.power_permille = 500
        assert well.run(4.1) == NOT
        assert not well.watch.is_missing
        lead.power_permille = 99
        assert well.run(0.1) == NOT


@pytest.mark.parametrize("monitor", ["element_monitor", "skin_monitor"])
def test_a_fault_of_a_sound_thermistor_is_the_wells(well, monitor):
    setattr(well.watch, monitor, _monitor(FROZEN))
    assert well.run(0.1, element=MILD, skin=MILD) == FROZEN


def test_a_thermistor_that_is_lost_makes_a_new_beginning_for_what_the_lead_says(well):
    well.run(30, 500, element=MILD + 180, skin=MILD)
    for _ in range(2):
        well.run(4.1, 500, element=MILD + 29, skin=MILD)
        assert not well.watch.is_missing
        well.watch.skin_monitor, sound = _monitor(is_sound=False), well.watch.skin_monitor
        well.run(0.1)
        well.watch.skin_monitor = sound
    well.run(1, element=MILD + 900, skin=MILD)
    assert well.watch.has_excess()
    well.watch.skin_monitor = _monitor(is_sound=False)
    well.run(0.1)
    assert not well.watch.has_excess()


@pytest.mark.parametrize("monitor", ["element_monitor", "skin_monitor"])
def test_a_frozen_reading_beside_a_well_that_warms_is_no_shorted_switch(well, monitor):
    setattr(well.watch, monitor, SensorMonitor(probe_at(MILD)))
    found = []
    for sample in range(550):
        skin = MILD + sample
        well.say(skin + 360, skin)
        found.append(well.sample())
    assert RISE not in found
    assert FROZEN in found


@pytest.mark.parametrize(("duty", "fault"), [(FULL, NO_RISE), (900, NO_RISE), (899, NOT)])
def test_nearly_full_power_for_ten_minutes_without_an_end_gets_a_notice(well, duty, fault):
    lead = 300
    assert well.run(599, duty, element=MILD + lead, skin=MILD) == NOT
    assert well.run(1, duty, element=MILD + lead, skin=MILD) == fault


def test_a_thermometer_that_has_said_the_same_for_10_s_is_dead():
    well = Well(4_000).close_relay()
    well.say(4_000, 4_000, 4_001)
    well.sample(is_doubted=True)
    found = None
    for sample in range(200):
        well.say(4_000 + 2 * sample, 4_000 + 2 * sample, 4_000)
        if found is None and well.sample(is_doubted=True) == RISE:
            found = sample
    assert found == 104


def test_after_a_notice_the_thermometer_alone_is_believed_and_a_dead_one_is_not():
    found = {}
    for name, step in (("lives", 1), ("is dead", 0)):
        well = Well(4_000).close_relay()
        for sample in range(600):
            rising = 4_000 + sample // 2
            well.say(rising, rising if step == 0 else 4_000, rising if step else 4_000)
            if well.sample(is_doubted=True) == RISE:
                found[name] = sample
                break
    assert set(found) == {"lives", "is dead"}


def test_without_a_notice_both_sensors_of_the_skin_side_have_to_rise():
    well = Well(4_000).close_relay()
    for sample in range(600):
        well.say(4_000, 4_000, 4_000 + min(sample, 240))
        assert well.sample() == NOT


@pytest.mark.parametrize("name", ["element_probe", "skin_probe"])
def test_a_well_is_judged_when_both_thermistors_have_been_read(name):
    well = Well(-2_100)
    getattr(well, name).samples = 0
    assert well.run(5) == NOT


@pytest.mark.parametrize(
    ("difference", "apart", "is_odd"), [(300, 0, False), (301, 0, True), (0, 300, False), (0, 301, True)]
)
def test_at_rest_sensors_may_differ_by_three_kelvin(difference, apart, is_odd):
    well = Well()
    well.say(MILD + difference, MILD, MILD + apart)
    assert well.watch.is_at_odds() == is_odd
    for probe in (well.skin_probe, well.element_probe):
        probe.sound = False
        assert not well.watch.is_at_odds()
        probe.sound = True


@pytest.mark.parametrize("monitor", ["element_monitor", "skin_monitor"])
def test_a_well_with_a_thermistor_that_is_lost_is_not_sound(monitor):
    well = Well()
    assert well.watch.is_sound()
    setattr(well.watch, monitor, stand_in(is_sound=lambda: False))
    assert not well.watch.is_sound()
