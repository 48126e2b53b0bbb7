"""The temperature difference of a well: learnt without power, filtered like the film, judged at its limits."""

import pytest

from instep.guard.temperature_difference import TemperatureDifference
from tests.fakes import stand_in
from tests.firmware.heat_edges_rig import MILD


def lead_of(centi_k):
    heater = stand_in(duty_permille=0)
    return TemperatureDifference(heater, stand_in(centi_c=MILD + centi_k), stand_in(centi_c=MILD))


@pytest.mark.parametrize(("over", "is_small"), [(119, True), (120, False)])
def test_a_lead_is_small_under_a_kelvin_and_a_fifth(over, is_small):
    lead = lead_of(0)
    lead.over = over
    assert lead.is_small() is is_small


def test_what_a_lead_is_without_power_is_learnt_with_the_51st_sample():
    lead = lead_of(20)
    for _ in range(50):
        assert not lead.is_settled()
        lead.take(True)
    assert lead.is_settled() and lead.base == 0
    lead.take(True)
    assert lead.base == 20


def test_a_lead_knows_nothing_before_its_first_sample():
    lead = lead_of(20)
    assert (lead.now, lead.base, lead.over, lead.power_permille, lead.off_samples) == (0,) * 5


@pytest.mark.parametrize(("duty", "power"), [(15, 0), (16, 1), (1_000, 62)])
def test_a_film_has_felt_a_sixteenth_of_its_power_after_one_sample(duty, power):
    lead = lead_of(0)
    lead._heater.duty_permille = duty
    lead.take(True)
    assert lead.power_permille == power


@pytest.mark.parametrize("step", [-100, -2, 2, 79])
def test_a_base_that_is_known_follows_by_two_hundredths_of_a_kelvin_a_sample_at_most(step):
    lead = lead_of(20)
    for _ in range(51):
        lead.take(True)
    lead._element.centi_c += step
    lead.take(True)
    assert lead.base == 20 + (2 if step > 0 else -2)
