"""Power that is left out on purpose tells whose film answers: its own, its neighbour's, or none."""

import pytest

from instep.guard import faults
from instep.units import PERMILLE
from tests.firmware.crosstalk_rig import NOT, Window
from tests.firmware.well_rig import Pair

CROSSED = (faults.FAULT_HEAT_CROSSED, faults.FAULT_HEAT_WITHOUT_RISE)


DUTIES = (60, 100, 300, 1000)


@pytest.fixture
def pair():
    """Return two wells that have been off for a while."""
    pair = Pair()
    assert pair.run(10, 0, 0) == NOT
    return pair


@pytest.mark.parametrize("duty", DUTIES)
@pytest.mark.parametrize("gain", [220, 360, 560], ids=["weak", "usual", "slow and strong"])
def test_films_that_answer_are_left_alone(pair, duty, gain):
    for well in pair.wells:
        well.gain = gain
    assert pair.start() == NOT
    assert pair.hold(120, duty, min(duty, 100)) == (NOT, 120)
    assert pair.run(20, 0, 0) == NOT


@pytest.mark.parametrize("offset", [-100, 100])
def test_sensors_that_differ_answer_as_well(offset):
    pair = Pair()
    for well in pair.wells:
        well.offset = offset
    assert pair.run(10, 0, 0) == NOT
    assert pair.start() == NOT
    assert pair.hold(60, 200) == (NOT, 60)


def test_a_dead_film_is_found_as_its_heat_begins(pair):
    pair.wells[0].gain = 0
    assert pair.start() == faults.FAULT_HEAT_WITHOUT_RISE
    assert pair.samples <= (10 + 5) * 10


@pytest.mark.parametrize("duty", DUTIES)
def test_a_film_that_dies_is_found_by_the_power_that_is_left_out(pair, duty):
    assert pair.start(duty) == NOT
    pair.wells[1].gain = 0
    fault, seconds = pair.hold(60, duty, min(duty, 100))
    assert fault == faults.FAULT_HEAT_WITHOUT_RISE
    assert seconds <= 45


def test_wells_that_are_crossed_are_found_as_their_heat_begins(pair):
    pair.say = pair.say_crossed
    assert pair.start() == faults.FAULT_HEAT_CROSSED
    assert pair.samples <= (10 + 5) * 10


@pytest.mark.parametrize("duty", DUTIES)
def test_wells_that_get_crossed_at_the_same_power_are_found_within_45_s(pair, duty):
    assert pair.start(duty) == NOT
    pair.say = pair.say_crossed
    fault, seconds = pair.hold(60, duty, min(duty, 100))
    assert fault == faults.FAULT_HEAT_CROSSED
    assert seconds <= 45


@pytest.mark.parametrize("duty", DUTIES)
def test_a_skin_side_that_reads_its_film_is_found_within_45_s(pair, duty):
    assert pair.start(duty) == NOT
    pair.say = pair.say_film_twice
    fault, seconds = pair.hold(60, duty, min(duty, 100))
    # Much power without any lead is found sooner than whose it is.
    assert fault == faults.FAULT_HEAT_CROSSED if duty <= 100 else fault in CROSSED
    assert seconds <= 45


def test_a_lead_that_suddenly_grows_by_a_third_is_not_taken_for_no_answer():
    """The control then takes power back, so that lead and power go apart for some seconds."""
    pair = Pair()
    pair.run(20, 0, 0)
    pair.start(300)
    pair.hold(14.8, 300)
    pair.wells[0].gain *= 1.3
    for step in range(20):
        assert pair.hold(0.5, 300 - 3 * step) == (NOT, 0.5)
    assert pair.hold(60, 240) == (NOT, 60)


def test_a_lost_sensor_makes_the_judgement_begin_anew(pair):
    pair.start(300)
    left = pair.wells[0]
    answer = left.watch.answer
    answer._votes = answer._asked = 1
    swings = (answer.probe, answer.lead, answer._power, answer._film)
    assert all(swing.now for swing in swings)
    left.probe.code = 0
    left.probe.raw_centi_c = 10_160
    pair.say = lambda: None
    pair.sample()
    assert (answer._votes, answer._asked) == (0, 0)
    assert [swing.now for swing in swings] == [0] * 4


def test_an_answer_forgives_what_was_not_answered_before(pair):
    pair.start(300)
    left = pair.wells[0]
    left.watch.answer._votes = 1
    pair.hold(20, 300)
    assert left.watch.answer._votes == 0


def test_a_change_that_is_hidden_and_one_that_is_crossed_are_not_called_crossed():
    window = Window(12_000)
    assert window.end() == NOT
    assert [window.check() for _ in range(80)] == [NOT] * 80
    window.watch._asked, window.watch._by_film = 12_000, 12_000
    assert window.end() == faults.FAULT_HEAT_WITHOUT_RISE


@pytest.mark.parametrize("step", [-50, 50])
def test_one_foot_that_moves_is_not_taken_for_an_answer(pair, step):
    assert pair.start(300) == NOT
    pair.hold(14.5, 300)
    for well in pair.wells:
        well.offset += step
    assert pair.hold(60, 300) == (NOT, 60)


def test_a_film_that_does_not_answer_once_is_left_alone_and_twice_is_not(pair):
    assert pair.start(300) == NOT
    left = pair.wells[0]
    gain = left.gain
    for _ in range(4):
        assert pair.hold(14, 300) == (NOT, 14)
        pair.say = lambda: left.say(left.skin + 0.3 * gain, left.skin)
        assert pair.hold(2, 300, dip=0) == (NOT, 2)
        pair.say = pair.say_truly


@pytest.mark.parametrize(("share", "fault"), [(0.31, faults.FAULT_HEAT_WITHOUT_RISE), (0.40, NOT)])
def test_an_answer_of_a_third_is_enough(pair, share, fault):
    pair.start(300)
    left = pair.wells[0]
    base = 0.3 * left.gain

    def say():
        pair.wells[1].say(pair.wells[1].skin + pair.wells[1].lead, pair.wells[1].skin)
        left.say(left.skin + base + share * (left.lead - base), left.skin)

    pair.say = say
    assert pair.hold(60, 300)[0] in (fault, faults.FAULT_HEAT_SENSORS_DIFFER if fault else NOT)


def test_a_lead_that_stays_when_the_power_goes_is_left_to_the_watch_of_heaters_that_stay_on(pair):
    pair.start(PERMILLE)
    assert pair.run(20, PERMILLE, PERMILLE) == NOT
    left, right = pair.wells

    def say():
        left.say(left.skin + 330, left.skin)
        right.say(right.skin + right.lead, right.skin)

    pair.say = say
    assert pair.run(20, 0, PERMILLE) == NOT


def test_the_lead_of_a_crossed_well_is_not_taken_for_a_heater_that_stays_on(pair):
    """While the other well has power and no lead, this one's lead may be its."""
    pair.start(PERMILLE)
    left, right = pair.wells
    pair.run(12, PERMILLE, 0)

    def say():
        right.skin += 1
        left.say(left.skin, left.skin)
        right.say(right.skin + 330, right.skin)

    pair.say = say
    assert faults.FAULT_RISE_WITHOUT_HEAT not in pair.faults(30, PERMILLE, 0)
    assert faults.FAULT_RISE_WITHOUT_HEAT in pair.faults(20, 0, 0)
