"""A broken part: changed constants of the plant, so that the reading differs from the truth."""

from sim.faults.effects.effect import Effect


class BrokenPart(Effect):
    """Replace the plant's constants by `figures()` while the fault is there."""

    def figures(self) -> dict[int, float]:
        """Return the new constants by their places."""
        raise NotImplementedError

    def begin(self) -> None:
        """Write the new constants."""
        self._kept = {place: float(self.plant.constants[place]) for place in self.figures()}
        for place, value in self.figures().items():
            self.plant.constants[place] = value
        if self.simulation.ticks == 0:
            # A part that is wrong from the start is wrong before the firmware's first reading.
            self.plant.step(True, True)

    def end(self) -> None:
        """Restore the constants."""
        for place, value in self._kept.items():
            self.plant.constants[place] = value
