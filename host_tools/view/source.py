"""The interface of a machine, simulated or real, to the live view.

A real machine's time passes by itself: its `advance` takes what it has sent since.
"""

from typing import Protocol

from host_tools.view.snapshot import View


class Source(Protocol):
    """A machine that runs in ticks of 10 ms and can be watched and operated."""

    @property
    def is_over(self) -> bool:
        """Return True if the session has ended; `view().result` is then its result."""

    def advance(self, ticks: int) -> None:
        """Pass `ticks` >= 1 of machine time, 10 ms each; stop early if the session ends."""

    def view(self) -> View:
        """Return a snapshot of the machine."""

    def press(self, button: str) -> None:
        """Push a button of `host_tools.view.snapshot.BUTTONS` down."""

    def release(self, button: str) -> None:
        """Release the button."""
