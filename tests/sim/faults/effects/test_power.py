"""Faults of the control loop and the supply, seen on the simulation itself."""

from sim.faults import parse
from sim.faults.inject import inject
from sim.plant.machine import SUPPLY_ROW
from sim.plant.supply import OPEN_V
from tests.scenarios.machine import state_of, until
from tests.sim.faulty import faulty


def test_the_watchdog_restarts_a_stopped_loop_after_a_second():
    simulation = faulty("loop_stopped@sole+1s")
    first = simulation.app
    until(simulation, "run")
    while simulation.is_loop_running:
        simulation.advance(1)
    stopped = simulation.ticks
    while not simulation.is_loop_running:
        assert simulation.app is first
        simulation.advance(1)
    assert 98 <= simulation.ticks - stopped <= 101
    assert simulation.app is not first and state_of(simulation) == "idle"
    last = simulation.recorder.techniques[-1]
    assert last.start_tick < last.end_tick <= simulation.ticks


def test_two_faults_of_the_supply_that_overlap_leave_it_as_it_was():
    simulation = faulty("supply_weak@0s,for=0.3s")
    inject(simulation, parse("supply_low@0.1s,for=1.5s"))
    before_v = float(simulation.plant.constants[SUPPLY_ROW + OPEN_V])
    simulation.advance(50)
    assert float(simulation.plant.constants[SUPPLY_ROW + OPEN_V]) < before_v
    simulation.advance(200)
    assert float(simulation.plant.constants[SUPPLY_ROW + OPEN_V]) == before_v
