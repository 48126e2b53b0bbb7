"""Time button presses: one short press after another, in machine time."""

from collections import deque

from host_tools.view.source import Source
from instep.panel.buttons import HOLD_TICKS, POWER_TICKS

# Long enough for the debouncing, too short to count as held.
DOWN_TICKS = 10
UP_TICKS = 6
# Long enough to count as held; STOP is held longer, to switch the machine off.
HELD_TICKS = HOLD_TICKS + DOWN_TICKS
POWER_HELD_TICKS = POWER_TICKS + DOWN_TICKS
# Maximum of waiting presses; more come from the key repeat of a held key and are dropped.
WAITING_MAX = 5
STOP = "stop"


class Finger:
    """Press the buttons of `source`; call `pass_ticks` as its time passes, at most `ticks_until_change` at once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._waiting: deque[tuple[str, int]] = deque()
        self._down: str | None = None
        self._ticks_left = 0

    @property
    def down(self) -> str | None:
        """Return the button that is down, None if none is."""
        return self._down

    def push(self, button: str, down_ticks: int = DOWN_TICKS) -> None:
        """Press `button` for `down_ticks`, now or after the waiting presses; STOP replaces them."""
        if button == STOP and self._down != STOP:
            self._waiting.clear()
            self._lift()
            self._press(STOP, down_ticks)
        elif self._ticks_left == 0:
            self._press(button, down_ticks)
        elif len(self._waiting) < WAITING_MAX:
            self._waiting.append((button, down_ticks))

    def ticks_until_change(self, ticks: int) -> int:
        """Return the number of `ticks` that may pass before the next press or release."""
        return min(ticks, self._ticks_left) if self._ticks_left else ticks

    def pass_ticks(self, ticks: int) -> None:
        """Press or release the buttons that are due after `ticks` of machine time."""
        self._ticks_left = max(0, self._ticks_left - ticks)
        if self._ticks_left:
            return
        if self._down is not None:
            self._lift()
            self._ticks_left = UP_TICKS
        elif self._waiting:
            self._press(*self._waiting.popleft())

    def _press(self, button: str, down_ticks: int) -> None:
        self._source.press(button)
        self._down = button
        self._ticks_left = down_ticks

    def _lift(self) -> None:
        if self._down is not None:
            self._source.release(self._down)
            self._down = None
