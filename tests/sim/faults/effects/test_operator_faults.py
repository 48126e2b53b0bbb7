"""Faults that people cause, seen on the plant itself."""

from sim.plant.machine import CONTACT_N
from tests.scenarios.machine import until
from tests.sim.faulty import faulty


def test_an_emergency_stop_opens_the_relay_against_the_firmware_s_command(monkeypatch):
    simulation = until(faulty("emergency_stop@warm"), "warm")
    relay = simulation.hal.relay
    monkeypatch.setattr(simulation.app, "tick", lambda: relay.set(True))
    simulation.advance(2)
    assert simulation.plant.commands.relay[0] == 1
    assert simulation.plant.readings.relay[0] == 0


def test_a_lifted_foot_feels_no_roller():
    simulation = faulty("foot_out@sole+3s,left")
    until(simulation, "paused")
    assert not simulation.plant.state[CONTACT_N : CONTACT_N + 2].any()
