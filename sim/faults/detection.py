"""The outcome of an injected fault."""

from dataclasses import dataclass

from instep.axes import TICK_MS


@dataclass
class Detection:
    """Hold one injection's outcome; ticks are of 10 ms, None = has not happened.

    onset_tick: first tick in which the fault shows, that is, makes a difference (a lost encoder: its roller moves).
    noticed_tick: the reaction was complete on all outputs. fault_name: the firmware's name for it, "" = none.
    longest_ticks: the longest time for which it showed without a break.
    reaction_ok: the reaction came, was the expected one and lasted to the end; True for a fault that never showed.
    wrong: what violates the expected reaction, "" = nothing.
    """

    injected: str
    fault_name: str = ""
    onset_tick: int | None = None
    noticed_tick: int | None = None
    longest_ticks: int = 0
    reaction_ok: bool = True
    wrong: str = ""

    @property
    def delay_ms(self) -> int | None:
        """Return the time from showing to reaction, None without either; a reaction in the same tick counts 10 ms."""
        if self.onset_tick is None or self.noticed_tick is None:
            return None
        return TICK_MS * (self.noticed_tick - self.onset_tick + 1)
