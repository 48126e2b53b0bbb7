"""What the live view asks of a machine, simulated or real.

A real machine's time passes by itself: its `advance` takes what has been told since.
"""

from typing import Protocol

from host_tools.view.snapshot import View


class Source(Protocol):
    """A machine that runs in steps of its 10 ms tick and can be watched and operated."""

    @property
    def is_over(self) -> bool:
        """Tell whether the session has ended; `view().result` then says how."""

    def advance(self, ticks: int) -> None:
        """Let `ticks` >= 1 of machine time pass, 10 ms each; stop early when the session ends."""

    def view(self) -> View:
        """Return what there is to see now."""

    def press(self, button: str) -> None:
        """Push a button of `host_tools.view.snapshot.BUTTONS` down."""

    def release(self, button: str) -> None:
        """Let the button go."""
