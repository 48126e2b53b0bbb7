"""Faults of the control loop, seen on the simulation itself."""

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
