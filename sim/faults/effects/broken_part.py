"""A broken part: other figures for the plant's own physics, so that truth and reading part."""

from sim.faults.effects.effect import Effect


class BrokenPart(Effect):
    """Write `figures()` into the plant's constants while the fault is there."""

    def figures(self) -> dict[int, float]:
        """Return the new constants by their places."""
        raise NotImplementedError

    def begin(self) -> None:
        """Break it."""
        self._kept = {place: float(self.plant.constants[place]) for place in self.figures()}
        for place, value in self.figures().items():
            self.plant.constants[place] = value
        if self.simulation.ticks == 0:
            # A part that was always wrong was so before the firmware's first look.
            self.plant.step(True, True)

    def end(self) -> None:
        """Mend it."""
        for place, value in self._kept.items():
            self.plant.constants[place] = value
