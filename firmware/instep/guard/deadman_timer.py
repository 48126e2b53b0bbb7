"""The last line: a hardware timer that cuts every output when the loop's heartbeat stops.

Its callback runs in a hard interrupt, where MicroPython may neither allocate nor raise: a callback that raises once
never runs again. It compares and counts small integers and calls one method bound at start-up, nothing else.
"""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.interface import Hal

# Calls of the timer, 10 ms apart, without a heartbeat between them: the fourth comes less than 50 ms after the last.
_LATE_CALLS = const(4)
_BEATS_MASK = const(0xFFFF)


class DeadmanTimer:
    """Watch the loop from outside: `beat` in every tick that has ended, `on_timer` from the hardware's timer.

    `has_cut` says that it has cut the outputs, until somebody takes note of it.
    """

    def __init__(self, hal: "Hal") -> None:
        self._cut = hal.cut_outputs
        self._beats = 0
        self._seen = 0
        self._late = 0
        self.has_cut = False
        hal.start_deadman(self.on_timer)

    def beat(self) -> None:
        """Say that the loop is alive."""
        self._beats = (self._beats + 1) & _BEATS_MASK

    def on_timer(self, timer: object) -> None:
        """Cut the outputs, again and again, while the heartbeat is missing."""
        if self._beats != self._seen:
            self._seen = self._beats
            self._late = 0
        elif self._late < _LATE_CALLS - 1:
            self._late += 1
        else:
            self.has_cut = True
            self._cut()
