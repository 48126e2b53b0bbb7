"""The watches over heat at the very edges of what they let pass, a sample and a hundredth of a kelvin at a time."""

import pytest

from instep.guard import faults
from instep.guard.no_rise_monitor import NoRiseMonitor
from instep.guard.sensor_monitor import SensorMonitor
from instep.guard.stuck_on_monitor import StuckOnMonitor
from tests.fakes import stand_in
from tests.firmware.heat_edges_rig import MILD
from tests.firmware.well_rig import Pair, probe_at

NOT = faults.NO_FAULT


LOST, WILD, FROZEN = faults.FAULT_HEAT_SENSOR_LOST, faults.FAULT_HEAT_READING_WILD, faults.FAULT_HEAT_READING_FROZEN


DIFFER = faults.FAULT_HEAT_SENSORS_DIFFER


OPEN = 32_767


CODES = (14_592, 14_593)


class Told:
    """One sensor under its watch that says what the test says; its code jitters as a conversion's does."""

    def __init__(self):
        self.probe = stand_in(samples=0, code=CODES[0], raw_centi_c=MILD, centi_c=MILD)
        self.watch = SensorMonitor(self.probe)

    def sample(self, raw=MILD, median=MILD, code=None):
        probe = self.probe
        probe.samples = 1
        probe.code = CODES[probe.code == CODES[0]] if code is None else code
        probe.raw_centi_c, probe.centi_c = raw, median
        return self.watch.check()

    def samples(self, count, **said):
        return [self.sample(**said) for _ in range(count)]


def fill(told, goods):
    """Let a contact break once before each of so many good samples."""
    for count in goods:
        assert told.sample(code=OPEN) == NOT
        assert set(told.samples(count)) == {NOT}


def differ(pair, count, element):
    """Let the left film read so much for some samples, the skin side 0.01 K; return the left well's faults."""
    pair.say = lambda: pair.wells[0].say(element, 1)
    return [pair.sample()[0] for _ in range(count)]


def rise(samples):
    """Return what the watch over heat without a rise says at the end of samples of duty and lead."""
    heater, lead = stand_in(duty_permille=0), stand_in(over=0)
    watch = NoRiseMonitor(heater, lead)
    found = NOT
    for heater.duty_permille, lead.over in samples:
        assert found == NOT
        found = watch.check()
    return found


class Led:
    """The watch over leads beyond their power; lead and skin side are what the test says."""

    def __init__(self):
        self.heater = stand_in(duty_permille=0)
        self.skin = stand_in(centi_c=MILD)
        self.lead = stand_in(now=0, over=0, power_permille=0, is_settled=lambda: True)
        self.watch = StuckOnMonitor(self.heater, self.skin, self.lead)

    def samples(self, count, lead, is_sound=True, may_be_another=False, skin=MILD):
        self.lead.now = self.lead.over = lead
        self.skin.centi_c = skin
        return [self.watch.check(is_sound, may_be_another) for _ in range(count)]


@pytest.fixture
def told():
    """Return a sensor that has long been at 30 °C."""
    told = Told()
    assert set(told.samples(20)) == {NOT}
    return told


def test_a_sensor_that_has_not_been_read_is_sound():
    assert Told().watch.is_sound()


def test_one_lost_sample_is_none_too_many_even_if_it_is_the_first():
    assert Told().samples(2, code=OPEN) == [NOT, LOST]


def test_the_first_sample_is_no_jump():
    told = Told()
    assert [told.sample(), told.sample(code=OPEN)] == [NOT, NOT]


def test_the_second_sample_may_be_a_jump():
    told = Told()
    told.sample()
    assert told.samples(2, raw=MILD + 301) == [NOT, WILD]


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize(("jump", "fault"), [(300, NOT), (301, WILD)])
def test_a_jump_of_3_k_is_the_most(told, sign, jump, fault):
    assert told.samples(2, raw=MILD + sign * jump) == [NOT, fault]


def test_two_wild_samples_of_three_are_enough(told):
    assert [told.sample(raw) for raw in (MILD + 301, MILD, MILD + 301)] == [NOT, NOT, WILD]
    assert not told.watch.is_sound()


def test_a_sensor_is_unsound_until_three_samples_have_been_good(told):
    told.sample(MILD + 301)
    sound = []
    for _ in range(3):
        sound.append(told.watch.is_sound())
        told.sample()
    assert [*sound, told.watch.is_sound()] == [False, False, False, True]


@pytest.mark.parametrize(("last", "fault"), [(2, LOST), (3, NOT)])
def test_a_loose_contact_is_found_when_48_have_been_gathered_and_not_at_47(last, fault):
    told = Told()
    fill(told, (3, 3, 2, 2, 2, 2, last))
    assert told.sample(code=OPEN) == fault


def test_a_loose_contact_that_has_been_found_is_found_again_with_its_next_break(told):
    fill(told, (2,) * 7)
    assert told.sample(code=OPEN) == LOST
    assert set(told.samples(8)) == {NOT}
    assert told.sample(code=OPEN) == LOST
    assert set(told.samples(9)) == {NOT}
    assert told.sample(code=OPEN) == NOT


@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize(("change", "fault"), [(600, NOT), (601, WILD)])
def test_6_k_within_a_second_are_the_most_from_the_first_second_on(sign, change, fault):
    told = Told()
    assert set(told.samples(10)) == {NOT}
    assert told.sample(median=MILD + sign * change) == fault


def test_500_samples_alike_are_frozen_and_499_are_not(told):
    code = CODES[0] + 5
    assert set(told.samples(500, code=code)) == {NOT}
    assert told.watch.is_sound()
    assert told.sample(code=code) == FROZEN
    assert not told.watch.is_sound()


def test_sensors_differ_at_the_45th_sample_and_are_forgiven_after_as_many():
    pair = Pair()
    left = pair.wells[0].watch
    assert differ(pair, 45, 802) == [NOT] * 44 + [DIFFER]
    assert set(differ(pair, 5, 802)) == {DIFFER}
    assert set(differ(pair, 44, 600)) == {NOT}
    assert not left.is_sound()
    assert differ(pair, 1, 600) == [NOT]
    assert left.is_sound()


@pytest.mark.parametrize("name", ["element", "skin"])
def test_one_sensor_that_is_lost_makes_its_well_unsound(name):
    pair = Pair()
    well = pair.wells[0]
    well.watch = well.monitor(**{name: probe_at(MILD, OPEN)})
    pair.sample()
    assert not well.watch.is_sound()


def test_the_skin_side_is_watched_while_the_film_s_sensor_is_lost():
    pair = Pair()
    well = pair.wells[0]
    well.watch = well.monitor(element=probe_at(MILD, OPEN))
    assert [pair.sample()[0] for _ in range(3)] == [NOT, LOST, LOST]
    assert well.watch.skin_monitor.is_sound()
    well.probe.raw_centi_c += 301
    pair.sample()
    assert not well.watch.skin_monitor.is_sound()


def test_what_one_sensor_says_of_itself_goes_before_what_two_say_together():
    pair = Pair()
    well = pair.wells[0]
    well.probe.code = OPEN
    pair.say = lambda: None
    well.element_probe.centi_c += 900
    assert [pair.sample()[0] for _ in range(60)] == [NOT] + [LOST] * 59


@pytest.mark.parametrize("name", ["element", "skin"])
def test_a_well_is_judged_when_both_sensors_have_been_read(name):
    pair = Pair()
    well = pair.wells[0]
    well.probe.code = OPEN
    pair.say = lambda: None
    getattr(well, f"{name}_probe").samples = 0
    assert [pair.sample()[0] for _ in range(3)] == [NOT] * 3


def test_a_sensor_without_contact_is_called_lost_however_long_it_says_the_same(told):
    assert told.samples(600, code=OPEN) == [NOT] + [LOST] * 599


@pytest.mark.parametrize(
    ("duties", "over", "fault"),
    [
        ([817] * 150, 98, faults.FAULT_HEAT_WITHOUT_RISE),  # a third of the lead would be 98.04
        ([100] * 10 + [101] * 140, 12, NOT),  # 100.9 count as 100
        ([1000] * 150, 120, NOT),
    ],
)
def test_the_lead_of_a_window_is_judged_to_the_hundredth_of_a_kelvin(duties, over, fault):
    assert rise([(duty, over) for duty in duties]) == fault


def test_a_lead_that_is_not_whole_counts_as_the_whole_below():
    assert rise([(105, 12)] * 45 + [(105, 13)] * 105) == faults.FAULT_HEAT_WITHOUT_RISE


@pytest.mark.parametrize("excuse", [{"is_sound": False}, {"may_be_another": True}])
def test_a_lead_beyond_its_power_is_counted_anew_after_an_excuse(excuse):
    led = Led()
    led.heater.duty_permille = 10
    assert set(led.samples(99, 101)) == {NOT}
    assert led.samples(1, 101, **excuse) == [NOT]
    assert led.samples(100, 101) == [NOT] * 99 + [DIFFER]


@pytest.mark.parametrize("excuse", [{"is_sound": False}, {"may_be_another": True}])
def test_a_lead_that_stands_is_counted_anew_after_an_excuse(excuse):
    led = Led()
    assert set(led.samples(30, 300)) == {NOT}
    assert led.samples(1, 300, **excuse) == [NOT]
    assert led.samples(40, 300, skin=MILD + 10) == [NOT] * 39 + [faults.FAULT_RISE_WITHOUT_HEAT]


def test_a_lead_beyond_its_power_is_counted_from_the_first_sample_on():
    led = Led()
    led.heater.duty_permille = 10
    assert led.samples(100, 101) == [NOT] * 99 + [DIFFER]


@pytest.mark.parametrize("way", [-1, 1])
@pytest.mark.parametrize(("moved", "fault"), [(40, faults.FAULT_RISE_WITHOUT_HEAT), (41, NOT)])
def test_a_lead_that_moves_by_four_tenths_of_a_kelvin_still_stands(way, moved, fault):
    led = Led()
    assert set(led.samples(41, 300)) == {NOT}, "the skin side does not get warmer"
    assert led.samples(1, 300 + way * moved, skin=MILD + 10) == [fault]
