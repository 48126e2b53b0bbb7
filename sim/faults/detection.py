"""What came of an injected fault."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from instep.axes import TICK_MS

if TYPE_CHECKING:
    from sim.simulation import Simulation


@dataclass
class Detection:
    """One injection's outcome; ticks are of 10 ms, None = has not happened.

    onset_tick: the fault shows: it makes a difference from this tick on (a lost encoder does once its roller moves).
    noticed_tick: the reaction was complete on all outputs. fault_name: the firmware's, "" = none.
    reaction_ok: the reaction came, was the right one and lasted to the end; also True for a fault that never showed.
    wrong: what was not as it must be, "" = nothing.
    """

    injected: str
    fault_name: str = ""
    onset_tick: int | None = None
    noticed_tick: int | None = None
    reaction_ok: bool = True
    wrong: str = ""

    @property
    def delay_ms(self) -> int | None:
        """Return the time from showing to reaction, None without either; within the tick that sees it is 10."""
        if self.onset_tick is None or self.noticed_tick is None:
            return None
        return TICK_MS * (self.noticed_tick - self.onset_tick + 1)


def detected(simulation: "Simulation", which: int = 0) -> Detection:
    """Return what came of the simulation's first (or other) injection so far."""
    return simulation.injector.detection(which)
