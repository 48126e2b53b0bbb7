"""Faults of the heaters, seen on the plant itself."""

import pytest

from sim.plant import heat
from sim.plant.machine import WELL
from tests.scenarios.machine import until
from tests.sim.faulty import faulty


def film_w(simulation, foot):
    return float(simulation.plant.state[WELL + foot * heat.STATE_SIZE + heat.POWER_W])


def test_a_shorted_switch_heats_while_the_relay_is_closed_and_not_else():
    simulation = faulty("heater_stuck_on@0s,right")
    simulation.advance(50)
    assert film_w(simulation, 1) == 0.0
    until(simulation, "fit")
    assert film_w(simulation, 1) > 11
    assert film_w(simulation, 0) == 0.0
    assert simulation.plant.commands.heat[1] == 0, "what the firmware has asked for stays as it was"


def test_a_dead_heater_stays_cold_at_full_command():
    simulation = until(faulty("heater_dead@warm,right"), "warm")
    simulation.advance(1_300)
    assert simulation.plant.commands.heat[1] > 900
    assert film_w(simulation, 1) == 0.0
    assert film_w(simulation, 0) > 9


@pytest.mark.parametrize(("severity", "share"), [(0.0, 0.95), (1.0, 0.80)])
def test_a_weak_heater_gives_less_than_is_asked_for(severity, share):
    simulation = faulty(f"heater_weak@0s,severity={severity}")
    until(simulation, "warm")
    simulation.advance(10)
    powers = [simulation.plant.state[WELL + well * heat.STATE_SIZE + heat.POWER_W] for well in range(2)]
    while powers[1] == 0.0:
        simulation.advance(10)
        powers = [simulation.plant.state[WELL + well * heat.STATE_SIZE + heat.POWER_W] for well in range(2)]
    assert powers[0] / powers[1] == pytest.approx(share, abs=0.01)


def test_slow_heaters_lead_by_more():
    leads = []
    for text in ("heater_weak@3000s", "heaters_slow@0s"):
        simulation = faulty(text)
        until(simulation, "warm")
        simulation.advance(1000)
        well = simulation.plant.state[WELL : WELL + heat.STATE_SIZE]
        leads.append(well[heat.ELEMENT_C] - well[heat.PAD_C])
    assert 1.15 < leads[1] / leads[0] < 1.3
