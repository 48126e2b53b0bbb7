"""Sample the telemetry that the simulated machine would send, at the end of each tick's firmware work."""

import numpy as np
from numpy.typing import NDArray

from host_tools.trace.told import STATUS
from instep.link.telemetry import STATUS_BYTES, STATUS_PARTS
from sim.hooks import Hook
from sim.simulation import Simulation


class ToldSampler(Hook):
    """Take a sample of the telemetry beside each sample of the simulation's recorder."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        self._ticks_per_sample = simulation.recorder.ticks_per_sample or 1
        self._app = simulation.app
        self._app_start = simulation.ticks
        self._samples: list[bytes] = []
        self._buffer = bytearray(STATUS_BYTES)

    def before_step(self) -> None:
        """Take a sample before the plant moves on: the link reads the same values."""
        simulation = self._simulation
        if simulation.app is not self._app:
            # The firmware has restarted in this tick and counts from 0.
            self._app = simulation.app
            self._app_start = simulation.ticks + 1
        tick = simulation.ticks + 1
        if tick % self._ticks_per_sample:
            return
        for part in range(STATUS_PARTS):
            simulation.app.telemetry.write_part(part, self._buffer, 0, tick - self._app_start)
        self._samples.append(bytes(self._buffer))

    def rows(self) -> NDArray[np.void]:
        """Return the samples as rows of `STATUS`."""
        return np.frombuffer(b"".join(self._samples), dtype=STATUS)
