"""Pins of the chip that stick at a level: only pulses hold the relay, and the guard ends them once it knows."""

import pytest

from sim.faults.inject import detected, inject
from sim.faults.parse import parse
from sim.grades import IDEAL, WORST
from tests.scenarios.machine import simulate, until, wait

OPEN_TICKS = 5
# What the guard takes to know, by the fault's row in the table of the targets.
BRIDGE_TICKS = 30


def _running(**choices):
    """Return a session 5 s after its first stroke began."""
    simulation = until(simulate("quick", heat="off", **choices), "run")
    wait(simulation, 500)
    return simulation


def _is_relay_closed(simulation):
    """Return True if the true contact is closed, whatever is commanded."""
    return bool(simulation.plant.readings.relay[0])


@pytest.mark.parametrize("parts", [IDEAL, WORST])
@pytest.mark.parametrize("level", [0, 1])
def test_a_pin_of_the_relay_that_sticks_opens_it_within_50_ms(level, parts):
    simulation = _running(parts=parts)
    assert _is_relay_closed(simulation)
    inject(simulation, parse(f"relay_pin_stuck@run,value={level}"))
    wait(simulation, OPEN_TICKS)
    assert not _is_relay_closed(simulation)
    wait(simulation, 100)
    assert detected(simulation).fault_name == "relay_open" and detected(simulation).reaction_ok


def test_a_loop_that_stops_opens_the_relay_without_any_timer(monkeypatch):
    simulation = _running()
    monkeypatch.setattr(simulation.hal, "_on_timer", None)
    monkeypatch.setattr(simulation.hal, "refresh", lambda: None)
    simulation.is_loop_running = False
    simulation.hal._idle_ms = -1_000
    wait(simulation, OPEN_TICKS)
    assert simulation.plant.commands.servos_on[0]  # nothing else has been cut yet
    assert not _is_relay_closed(simulation)


def test_two_ticks_may_be_missed_again_and_again():
    simulation = _running(parts=WORST)
    for _ in range(30):
        simulation.is_loop_running = False
        wait(simulation, 2)
        assert _is_relay_closed(simulation)
        simulation.is_loop_running = True
        wait(simulation, 1)


@pytest.mark.parametrize("roller", ["top", "sole"])
@pytest.mark.parametrize("level", [0, 1])
@pytest.mark.parametrize("after_s", [2, 8])
def test_a_pin_of_a_bridge_that_sticks_ends_with_an_open_relay(after_s, level, roller):
    """A sole roller at rest takes no harm of a pin that is low; it shows when its bridge is to drive."""
    simulation = until(simulate("quick", heat="off"), "run")
    inject(simulation, parse(f"bridge_pin_stuck@run+{after_s}s,left,{roller},value={level}"))
    while detected(simulation).onset_tick is None:
        wait(simulation, 1)
    wait(simulation, BRIDGE_TICKS + OPEN_TICKS)
    assert not _is_relay_closed(simulation)
    wait(simulation, 100)
    assert detected(simulation).reaction_ok, detected(simulation).wrong


def test_a_roller_that_a_stuck_pin_drives_against_its_stop_is_not_left_there():
    """The drive folds its duty back to nothing, so only the current shows that the bridge drives."""
    simulation = until(simulate("quick", heat="off"), "run")
    inject(simulation, parse("bridge_pin_stuck@top+2s,left,top,value=0"))
    while detected(simulation).noticed_tick is None:
        wait(simulation, 1)
        assert detected(simulation).onset_tick is None or not simulation.is_over
    found = detected(simulation)
    assert found.fault_name == "outputs_stuck"
    assert found.delay_ms is not None and found.delay_ms <= 10 * (BRIDGE_TICKS + OPEN_TICKS)
