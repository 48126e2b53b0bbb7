"""Faults of the wells' sensors, as the firmware reads them."""

import pytest

from host_tools.docs.imports import ROOT
from sim.faults.inject import injector_of
from sim.plant import heat
from sim.plant.machine import WELL
from tests.sim.faulty import faulty

FIGURES = ROOT / "boards/reference"


def codes_under(text, seconds=1.0, **choices):
    """Return what the firmware reads of all NTCs, and the wells' true film and pad, after a fault's first time."""
    simulation = faulty(text, **choices)
    simulation.advance(round(seconds * 100))
    for incident in injector_of(simulation).incidents:
        incident.effect.before_tick()
    wells = simulation.plant.state[WELL : WELL + 2 * heat.STATE_SIZE].reshape(2, heat.STATE_SIZE)
    return list(simulation.plant.readings.ntc_code), wells[:, [heat.ELEMENT_C, heat.PAD_C]]


def code_of(celsius):
    """Return the code of a temperature, to a conversion's noise."""
    figures = heat.load_heater(FIGURES / "heater.toml").pack()
    return pytest.approx(heat.ntc_ratio(celsius, figures) * heat.FULL_CODE, abs=5)


def test_a_skin_side_that_reads_its_film_has_a_noise_of_its_own():
    simulation = faulty("sensor_crosstalk@0s", program="demo")
    differences = set()
    for _ in range(50):
        simulation.advance(1)
        for incident in injector_of(simulation).incidents:
            incident.effect.before_tick()
        codes = simulation.plant.readings.ntc_code
        differences.add(codes[heat.SKIN_NTC] - codes[heat.ELEMENT_NTC])
    assert len(differences) > 2
    assert max(map(abs, differences)) < 10


@pytest.mark.parametrize(("lead_k", "power", "shows"), [(2.4, 500, False), (2.6, 500, True), (2.6, 0, False)])
def test_a_skin_side_that_reads_its_film_shows_while_power_makes_more_of_it_than_sound_sensors_differ(
    lead_k, power, shows
):
    simulation = faulty("sensor_crosstalk@0s,left")
    (incident,) = injector_of(simulation).incidents
    simulation.plant.state[WELL + heat.ELEMENT_C] = simulation.plant.state[WELL + heat.PAD_C] + lead_k
    simulation.plant.commands.heat[0] = power
    assert incident.effect.shows() == shows


@pytest.mark.parametrize(
    ("name", "node", "limit_c"), [("skin_hot", heat.SKIN_NTC, 43.0), ("element_hot", heat.ELEMENT_NTC, 60.0)]
)
def test_a_well_is_hot_once_its_reading_is_over_the_limit_by_the_noise(name, node, limit_c):
    simulation = faulty(f"{name}@0s,left")
    (incident,) = injector_of(simulation).incidents
    shown = []
    for celsius in (limit_c, limit_c + 0.08):
        figures = heat.load_heater(FIGURES / "heater.toml").pack()
        simulation.plant.readings.ntc_code[node] = round(heat.ntc_ratio(celsius, figures) * heat.FULL_CODE)
        shown.append(incident.effect.shows())
    assert shown == [False, True]


@pytest.mark.parametrize(
    ("name", "ntc"), [("skin_sensor_off", heat.SKIN_NTC), ("element_sensor_off", heat.ELEMENT_NTC)]
)
def test_a_sensor_that_came_off_reads_the_room_in_the_end(name, ntc):
    codes, wells = codes_under(f"{name}@0s", 60, ambient_c=12.0)
    assert codes[ntc] == code_of(12.0)
    assert wells[0][ntc] > 18.0
    assert codes[1 - ntc] == code_of(wells[0][1 - ntc])


def test_crossed_wells_read_each_other():
    simulation = faulty("wells_crossed@0s")
    simulation.advance(10)
    codes = list(simulation.plant.readings.ntc_code)
    injector_of(simulation).before_tick()
    crossed = list(simulation.plant.readings.ntc_code)
    assert crossed == codes[2:] + codes[:2]
