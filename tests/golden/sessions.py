"""Four whole sessions on the simulated machine, every tick of them."""

import struct
from collections.abc import Callable
from typing import Any

from instep.axes import TICKS_PER_S
from instep.guard import faults
from instep.guard.faults import NO_FAULT
from instep.session import states
from sim.campaign.plan import PROGRAMS
from sim.faults import parse
from sim.simulation import Simulation
from sim.summary import summarise
from tests.golden.digest import Digest
from tests.scenarios.machine import simulate

_FIGURES = ("program", "result", "ticks", "setpoint_crc32", "max_force_n", "max_skin_c", "gentle")
_HOLD_TICKS = 5
# No session takes as long.
_TICKS_MAX = 1_000_000


class Trace:
    """Record the machine after every tick: commands, readings, setpoints, state and fault."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        self._digests = {what: Digest() for what in ("commands", "readings", "setpoints", "states")}
        self._last = (-1, NO_FAULT)
        self._course: list[str] = []

    def tick(self) -> None:
        """Let one tick pass and take it."""
        simulation = self._simulation
        simulation.advance(1)
        app = simulation.app
        now = (app.session.state, app.guard.fault)
        self._digests["commands"].add(simulation.plant.commands.array.tobytes())
        self._digests["readings"].add(simulation.plant.readings.array.tobytes())
        self._digests["setpoints"].add(app.scheduler.setpoints.tobytes())
        self._digests["states"].add(struct.pack("<ii", *now))
        if now != self._last:
            self._last = now
            fault = "" if now[1] == NO_FAULT else f", fault {faults.name(now[1])}"
            self._course.append(f"tick {simulation.ticks}: {states.NAMES[now[0]]}{fault}")

    def until(self, state: int) -> None:
        """Let the session go on until a state comes."""
        while self._simulation.app.session.state != state:
            assert self._simulation.ticks < _TICKS_MAX, f"{states.NAMES[state]} never comes"
            self.tick()

    def wait(self, ticks: int) -> None:
        """Let ticks pass."""
        for _ in range(ticks):
            self.tick()

    def press(self, button: str) -> None:
        """Press a button and release it."""
        self._simulation.press(button)
        self.wait(_HOLD_TICKS)
        self._simulation.release(button)

    def finish(self) -> dict[str, Any]:
        """Let the session end and return the values of all its ticks."""
        while not self._simulation.is_over:
            assert self._simulation.ticks < _TICKS_MAX, "the session never ends"
            self.tick()
        summary = summarise(self._simulation, 1.0)
        return {
            "course": self._course,
            "every_tick_sha256": {what: digest.text for what, digest in self._digests.items()},
            "figures": {name: summary[name] for name in _FIGURES},
        }


def with_fault() -> dict[str, Any]:
    """Return a session in which a roller is blocked."""
    injections = (parse("roller_blocked@sole+2s,right,sole"),)
    program = str(PROGRAMS / "whole.toml")
    return Trace(simulate(program, person="large", intensity=4, feet="both", faults=injections)).finish()


def paused() -> dict[str, Any]:
    """Return a session that is paused by START, then by a foot that is lifted out."""
    simulation = simulate("demo", person="small", pace=3)
    trace = Trace(simulation)
    trace.until(states.RUN)
    trace.wait(4 * TICKS_PER_S)
    trace.press("start")
    trace.wait(3 * TICKS_PER_S)
    trace.press("start")
    trace.wait(2 * TICKS_PER_S)
    simulation.hal.foot_switches[1].is_on = False
    trace.wait(2 * TICKS_PER_S)
    simulation.hal.foot_switches[1].is_on = True
    trace.wait(TICKS_PER_S)
    trace.press("start")
    return trace.finish()


def gentle() -> dict[str, Any]:
    """Return a session of somebody whose feet need care, with the physician's consent."""
    return Trace(simulate("classic", {"diabetes": True, "consent": True})).finish()


def stopped() -> dict[str, Any]:
    """Return a heated session of one foot that is stopped in the middle of a stroke."""
    trace = Trace(simulate("quick", heat="high", feet="right", intensity=5, ambient_c=30.0, seed=7))
    trace.until(states.RUN)
    trace.wait(17 * TICKS_PER_S)
    trace.press("stop")
    return trace.finish()


SESSIONS: dict[str, Callable[[], dict[str, Any]]] = {
    "with a fault": with_fault,
    "paused": paused,
    "gentle": gentle,
    "stopped": stopped,
}
