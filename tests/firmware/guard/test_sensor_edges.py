"""One NTC at the very edges of what its monitor lets pass, a sample and a hundredth of a kelvin at a time."""

import pytest

from instep.guard import faults
from instep.guard.sensor_monitor import SensorMonitor
from tests.fakes import stand_in
from tests.firmware.heat_edges_rig import MILD

NOT = faults.NO_FAULT


LOST, WILD, FROZEN = faults.FAULT_HEAT_SENSOR_LOST, faults.FAULT_HEAT_READING_WILD, faults.FAULT_HEAT_READING_FROZEN


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


def test_500_samples_alike_are_frozen_and_499_are_not(told):
    code = CODES[0] + 5
    assert set(told.samples(500, code=code)) == {NOT}
    assert told.watch.is_sound()
    assert told.sample(code=code) == FROZEN
    assert not told.watch.is_sound()


def test_a_sensor_without_contact_is_called_lost_however_long_it_says_the_same(told):
    assert told.samples(600, code=OPEN) == [NOT] + [LOST] * 599
