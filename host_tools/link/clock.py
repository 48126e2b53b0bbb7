"""The time that the laptop's end of the link waits by, so that a test can let it pass at once."""

import time
from typing import Protocol


class Clock(Protocol):
    """A clock that can be waited by."""

    def now_s(self) -> float:
        """Return the seconds since an arbitrary moment."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The computer's own clock."""

    def now_s(self) -> float:
        """Return the seconds since an arbitrary moment."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)
