"""The plant's arrays in MicroPython's memory; the step over them is JavaScript, made from the same source."""

import json
from typing import Any

import numpy as np

from sim.plant.layout import BUTTON_BOUNCE_S, CONSTANTS, STATES, STREAMS
from sim.plant.machine import Commands, Readings
from sim.plant.noise import seeded


class PagePlant:
    """The machine's physics with a person's feet in it; `figures.host` fills in constants and state.

    The page's parts are ideal: `grade` is for the simulator's own plant.
    """

    def __init__(self, figures: Any, ambient_c: float, seed: int, grade: str) -> None:
        self.commands = Commands()
        self.readings = Readings()
        self.figures = figures
        self.constants = np.zeros(CONSTANTS)
        self.state = np.zeros(STATES)
        self._noise = seeded(seed, STREAMS)
        self._step = figures.host.step
        parts = (self.state, self.constants, self.commands.array, self.readings.array, self._noise)
        figures.host.attach(json.dumps([_address(part) for part in parts]))
        figures.take(self)
        self.step(True, True)

    def step(self, is_left_in: bool, is_right_in: bool) -> None:
        """Advance by one tick."""
        self._step(is_left_in, is_right_in)

    @property
    def button_bounce_s(self) -> float:
        """Return how long a button's contact bounces."""
        return float(self.constants[BUTTON_BOUNCE_S])


def _address(values: Any) -> Any:
    from uctypes import addressof

    return addressof(values.data)
