"""Simulated sessions for the scenarios: run to a state, press buttons, look at the machine's true state."""

from pathlib import Path
from typing import Any

import numpy as np

from host_tools.trace.recording import Recording
from instep.axes import FEET, SERVOS_PER_FOOT, SOLE_STROKE, TICKS_PER_S, TOE_GRIP, TOP_PRESS
from instep.session import states
from sim.columns import recording_of
from sim.factory import prepare
from sim.grades import IDEAL
from sim.options import ANSWERS, SimOptions
from sim.people import FOLDER
from sim.plant.machine import Snapshots
from sim.simulation import Simulation
from sim.summary import summarise

MINUTE = 60 * TICKS_PER_S
HOLD_TICKS = 5
# A sound press is lifted from anywhere in this time.
LIFT_TICKS = 100
# An open jaw's servo stands within its dead band.
OPEN_WITHIN_MN = 100


def simulate(program: str = "classic", answers: dict[str, bool] | None = None, **choices: Any) -> Simulation:
    """Return a session that has not begun; `choices` are SimOptions, `every`, `faults` or `person` (name or path)."""
    every = choices.pop("every", None)
    faults = choices.pop("faults", ())
    return prepare(options(program, answers, **choices), every, faults)


def options(program: str = "classic", answers: dict[str, bool] | None = None, **choices: Any) -> SimOptions:
    """Return a simulated session; `person` is a name or a path."""
    person = choices.pop("person", "average")
    path = person if isinstance(person, Path) else FOLDER / f"{person}.toml"
    # Scenarios compare with figures of nominal parts, unless they ask for others.
    choices = {"parts": IDEAL} | choices
    return SimOptions(Path(program), path, answers={**ANSWERS, **(answers or {})}, **choices)


def state_of(simulation: Simulation) -> str:
    """Return the session's state by name."""
    return states.NAMES[simulation.app.session.state]


def until(simulation: Simulation, *wanted: str, max_s: int = 600) -> Simulation:
    """Let time pass until one of the states comes."""
    for _ in range(max_s * TICKS_PER_S):
        if state_of(simulation) in wanted:
            return simulation
        simulation.advance(1)
    raise AssertionError(f"{state_of(simulation)} after {max_s} s, not {' or '.join(wanted)}")


def finish(simulation: Simulation, max_s: int = 2_000) -> Simulation:
    """Let time pass until the session is over."""
    for _ in range(max_s):
        if simulation.is_over:
            return simulation
        simulation.advance(TICKS_PER_S)
    raise AssertionError(f"{state_of(simulation)} after {max_s} s")


def into_stroke(simulation: Simulation, axis: int = SOLE_STROKE, minimum: int = 20_000) -> Simulation:
    """Let a running session go on until the left foot's `axis` is asked for more than `least`."""
    until(simulation, "run")
    for _ in range(10 * MINUTE):
        if simulation.app.scheduler.setpoints[axis] > minimum:
            return simulation
        simulation.advance(1)
    raise AssertionError(f"axis {axis} stays at home")


def press(simulation: Simulation, button: str) -> None:
    """Press and release a button."""
    simulation.press(button)
    wait(simulation, HOLD_TICKS)
    simulation.release(button)
    wait(simulation, HOLD_TICKS)


def wait(simulation: Simulation, ticks: int) -> None:
    """Let ticks pass, even after the session is over."""
    for _ in range(ticks):
        simulation.advance(1)


def is_powered_off(simulation: Simulation) -> bool:
    """Return True if every bridge is open and every heater off, by the last commands to the hardware."""
    commands = simulation.plant.commands
    return not any(commands.driven) and not any(commands.duty) and not any(commands.heat)


def truth(simulation: Simulation) -> Snapshots:
    """Return the plant's true state, sampled."""
    return simulation.plant.unpack_snapshots(simulation.recorder.columns()[1])


def recording(simulation: Simulation) -> Recording:
    """Return all that was sampled."""
    return recording_of(simulation, summarise(simulation, 1.0))


def true_now(simulation: Simulation) -> Snapshots:
    """Return the plant's true state of this moment, one row."""
    row = np.frombuffer(simulation.plant.snapshot(), dtype=np.uint8)
    return simulation.plant.unpack_snapshots(row.reshape(1, -1))


def is_let_go(simulation: Simulation) -> bool:
    """Return True if nothing touches a foot: rollers without contact, grips and holds open."""
    now = true_now(simulation)
    servos = now.servo_value.reshape(FEET, SERVOS_PER_FOOT)
    grips_and_holds = servos[:, TOE_GRIP - TOP_PRESS :]
    return not now.contact_n.any() and bool((np.abs(grips_and_holds) < OPEN_WITHIN_MN).all())
