"""The person's finger: one short press after another, in machine time."""

from collections import deque

from host_tools.view.source import Source

# Long enough to pass any debouncing, short enough never to count as held.
DOWN_TICKS = 10
UP_TICKS = 6
# Presses that wait for their turn; more of them come from a held key and are not meant.
WAITING_MAX = 5
STOP = "stop"


class Finger:
    """Press the buttons of `source`; call `pass_ticks` as its time passes, at most `ticks_until_change` at once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._waiting: deque[str] = deque()
        self._down: str | None = None
        self._ticks_left = 0

    @property
    def down(self) -> str | None:
        """The button that is held down now."""
        return self._down

    def push(self, button: str) -> None:
        """Press `button` now or after the presses before it; STOP goes before all others."""
        if button == STOP and self._down != STOP:
            self._waiting.clear()
            self._lift()
            self._press(STOP)
        elif self._ticks_left == 0:
            self._press(button)
        elif len(self._waiting) < WAITING_MAX:
            self._waiting.append(button)

    def ticks_until_change(self, ticks: int) -> int:
        """Return how many of `ticks` may pass before the finger has to move."""
        return min(ticks, self._ticks_left) if self._ticks_left else ticks

    def pass_ticks(self, ticks: int) -> None:
        """Move the finger after `ticks` of machine time."""
        self._ticks_left = max(0, self._ticks_left - ticks)
        if self._ticks_left:
            return
        if self._down is not None:
            self._lift()
            self._ticks_left = UP_TICKS
        elif self._waiting:
            self._press(self._waiting.popleft())

    def _press(self, button: str) -> None:
        self._source.press(button)
        self._down = button
        self._ticks_left = DOWN_TICKS

    def _lift(self) -> None:
        if self._down is not None:
            self._source.release(self._down)
            self._down = None
