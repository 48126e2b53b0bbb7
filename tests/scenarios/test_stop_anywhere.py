"""STOP, resume and any other button at any time: the session goes on or ends as asked, and nothing is held a fault."""

import random

import pytest

from instep.axes import TICKS_PER_S
from instep.guard.faults import NO_FAULT
from instep.session import states
from instep.user_events import NAMES
from sim.fork import branch
from tests.scenarios.machine import finish, into_stroke, press, simulate, state_of, until

# Random presses of START, PROGRAM, minus and plus never ask for the end.
PLAYING = tuple(name for name in NAMES if name != "stop")
PRESS_TICKS = 15
STEP_TICKS = 9
# The measuring ends with the way home of all rollers.
BEFORE_THE_WAY_HOME_TICKS = 1_350


def stop_in_copies(simulation, ticks):
    """Let `ticks` pass; press STOP in a copy at every STEP_TICKS-th of them; return the faults with their ticks."""
    faults = []
    for _ in range(0, ticks, STEP_TICKS):
        copy = branch(simulation)
        copy.press("stop")
        copy.advance(PRESS_TICKS)
        copy.release("stop")
        finish(copy, 60)
        if copy.app.guard.last_fault != NO_FAULT or copy.result != "stopped":
            faults.append((copy.ticks, copy.app.guard.last_fault, copy.result))
        simulation.advance(STEP_TICKS)
    return faults


def test_stop_at_any_time_of_the_measuring_ends_as_stopped():
    simulation = until(simulate("demo", heat="off"), "fit")
    simulation.advance(BEFORE_THE_WAY_HOME_TICKS)
    assert not stop_in_copies(simulation, 720)
    assert state_of(simulation) != "fit"


def test_stop_at_any_time_after_a_resume_ends_as_stopped():
    simulation = into_stroke(simulate("quick", heat="off"))
    simulation.advance(2 * TICKS_PER_S)
    press(simulation, "start")
    until(simulation, "paused")
    simulation.advance(2 * TICKS_PER_S)
    press(simulation, "start")
    assert not stop_in_copies(simulation, 200)


@pytest.mark.parametrize("seed", range(4))
def test_random_presses_never_end_a_massage_by_a_fault(seed):
    chance = random.Random(seed)
    simulation = until(simulate(chance.choice(["quick", "toes", "evening"]), heat="off"), "fit")
    for _ in range(150):
        simulation.advance(chance.randint(1, 120))
        if simulation.is_over:
            break
        button = chance.choice(PLAYING)
        simulation.press(button)
        simulation.advance(chance.randint(1, 30))
        simulation.release(button)
    assert simulation.app.guard.last_fault == NO_FAULT
    assert state_of(simulation) not in (states.NAMES[states.FAULT], states.NAMES[states.OFF])
