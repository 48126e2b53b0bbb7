"""Simulations with faults to come."""

from typing import Any

from sim.factory import prepare
from sim.faults import parse
from sim.simulation import Simulation
from tests.scenarios.machine import options


def faulty(*texts: str, program: str = "quick", **choices: Any) -> Simulation:
    """Return a session that has not begun, with faults to come."""
    return prepare(options(program, heat="low", **choices), None, injections=[parse(text) for text in texts])
