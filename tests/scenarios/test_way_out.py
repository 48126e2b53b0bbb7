"""From every state and page, after random presses: STOP leads to rest, and the start page is then one press away."""

import os
from functools import cache
from random import Random

import pytest

from instep import user_events
from instep.axes import TICKS_PER_S
from instep.guard.faults import NO_FAULT, name
from instep.session import states
from instep.session.jog import JOG_OFF
from sim.button_table import situations
from sim.fork import branch
from tests.scenarios.machine import is_let_go, is_powered_off, press, wait

# One process makes the beginnings, once.
pytestmark = pytest.mark.xdist_group("way out")

# `make presses` gives more.
PRESSES = int(os.environ.get("INSTEP_PRESSES", "600"))
# As many situations as `situations` yields: a test compares.
SITUATIONS = 21
ROUNDS = 2 + PRESSES // 3_000
PRESSES_A_ROUND = 12
HOLD_MAX_TICKS = 110
PAUSE_MAX_TICKS = 200
# Rollers that follow their setpoints home slowly: see `session/ending.py`.
REST_MAX_TICKS = 20 * TICKS_PER_S
# Rollers run down and presses lift: see REST_TICKS of `persistence/session_log.py`.
LIFT_TICKS = TICKS_PER_S
AT_REST = (states.IDLE, states.DONE, states.REFUSED, states.FAULT, states.OFF)


@cache
def beginnings():
    """Return a machine in each state and on each page, by name."""
    return dict(situations())


def press_at_random(simulation, chance):
    """Press any buttons, some of them long, one after the other."""
    for _ in range(PRESSES_A_ROUND):
        button = chance.choice(user_events.NAMES)
        simulation.press(button)
        wait(simulation, chance.choice((1, 5, 30, HOLD_MAX_TICKS)))
        simulation.release(button)
        wait(simulation, chance.choice((3, 20, PAUSE_MAX_TICKS)))


def stop(simulation):
    """Press STOP; the outputs are off in the tick that sees it, and the machine comes to rest."""
    wait(simulation, 5)
    simulation.press("stop")
    simulation.advance(1)
    assert is_powered_off(simulation)
    wait(simulation, 3)
    simulation.release("stop")
    for _ in range(REST_MAX_TICKS):
        if simulation.app.session.state in AT_REST and simulation.app.jog.state == JOG_OFF:
            break
        simulation.advance(1)
    state = simulation.app.session.state
    assert state in AT_REST, states.NAMES[state]
    wait(simulation, LIFT_TICKS)
    assert is_powered_off(simulation) and is_let_go(simulation) and not simulation.plant.commands.relay[0]


@pytest.mark.parametrize("number", range(SITUATIONS))
def test_stop_leads_to_rest_from_every_state_and_page_whatever_was_pressed_before(number):
    place, beginning = list(beginnings().items())[number]
    before = beginning.app.guard.fault
    for round_ in range(ROUNDS):
        simulation = branch(beginning)
        if round_:
            press_at_random(simulation, Random(f"{place} {round_}"))
        stop(simulation)
        assert simulation.app.guard.last_fault in (NO_FAULT, before), (
            f"{place}: {name(simulation.app.guard.last_fault)}"
        )
        if simulation.app.session.state != states.IDLE:
            press(simulation, "start")
        assert simulation.app.session.state == states.IDLE, f"{place}: {states.NAMES[simulation.app.session.state]}"


def test_every_state_and_page_is_tried():
    assert len(beginnings()) == SITUATIONS
    assert {simulation.app.session.state for simulation in beginnings().values()} == set(range(states.STATES))
