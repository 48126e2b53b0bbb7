"""The plant's arrays in MicroPython's memory; the step over them is JavaScript, made from the same source."""

import json
from typing import Any

import numpy as np

from sim.plant.machine import CONSTANTS, STATES, STREAMS, TICKS_PER_FRAME, Commands, Readings
from sim.plant.noise import seeded


class PagePlant:
    """The machine's physics with a person's feet in it; `figures.host` fills in constants and state, and steps."""

    def __init__(self, figures: Any, ambient_c: float, seed: int) -> None:
        self.commands = Commands()
        self.readings = Readings()
        self.figures = figures
        self.constants = np.zeros(CONSTANTS)
        self.state = np.zeros(STATES)
        self._noise = seeded(seed, STREAMS)
        self._tick = 0
        self._step = figures.host.step
        parts = (self.state, self.constants, self.commands.array, self.readings.array, self._noise)
        figures.host.attach(json.dumps([_address(part) for part in parts]))
        figures.take(self)
        self.step(True, True)

    def step(self, is_left_in: bool, is_right_in: bool) -> None:
        """Advance by one tick."""
        frame_starts = self._tick % TICKS_PER_FRAME == 0
        self._tick += 1
        self._step(frame_starts, is_left_in, is_right_in)


def _address(values: Any) -> Any:
    from uctypes import addressof

    return addressof(values.data)
