"""The film's lead over its skin side: its base is learnt with the relay open, its power is as late as the sensors."""

import pytest

from instep.guard.lead import Lead
from tests.fakes import stand_in
from tests.firmware.well_rig import probe_at


class Rig:
    """One lead; `take` a sample of it."""

    def __init__(self):
        self.element, self.skin = probe_at(3_000), probe_at(3_000)
        self.heater = stand_in(duty_permille=0)
        self.relay = stand_in(is_commanded_closed=False)
        self.lead = Lead(self.heater, self.element, self.skin, self.relay)

    def take(self, count, lead, duty=0, is_closed=False):
        self.heater.duty_permille, self.relay.is_commanded_closed = duty, is_closed
        self.element.centi_c = self.skin.centi_c + lead
        for _ in range(count):
            self.lead.take()
        return self.lead


@pytest.mark.parametrize("offset", [-200, 0, 150])
def test_what_two_sensors_differ_by_is_no_lead(offset):
    rig = Rig()
    assert rig.take(1, offset).over == 0
    assert rig.take(100, offset + 120, is_closed=True).over == 120


def test_the_base_stays_while_the_relay_is_closed_however_long():
    rig = Rig()
    rig.take(1, 0)
    assert rig.take(10_000, 110, is_closed=True).over == 110


@pytest.mark.parametrize("sign", [-1, 1])
def test_the_base_is_learnt_again_half_a_minute_after_the_relay_has_opened(sign):
    rig = Rig()
    rig.take(1, 0)
    rig.take(10, sign * 100, is_closed=True)
    assert rig.take(300, sign * 100).over == sign * 100
    assert rig.take(1, sign * 100).over == sign * 98
    assert rig.take(49, sign * 100).over == 0


def test_a_base_is_at_most_what_two_sound_sensors_can_differ_by():
    assert Rig().take(400, 900).over == 600
    assert Rig().take(400, -900).over == -600


@pytest.mark.parametrize(("seconds", "share"), [(1.0, 0.04), (4.8, 0.60), (30.0, 1.0)])
def test_full_power_explains_its_lead_as_late_as_film_and_bead_show_it(seconds, share):
    rig = Rig()
    rig.take(1, 0)
    explained = rig.take(round(10 * seconds), 0, duty=1_000, is_closed=True).explained
    assert explained == pytest.approx(share * 360, abs=29)
