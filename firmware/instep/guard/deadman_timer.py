"""The deadman timer: a hardware timer that cuts every output when the loop's heartbeat stops.

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
    """Watch the loop: it calls `beat` at the end of every tick, the hardware timer calls `on_timer`.

    `has_cut` is True once the outputs were cut, until the app clears it.
    """

    def __init__(self, hal: "Hal") -> None:
        self._cut = hal.cut_outputs
        self._beats = 0
        self._seen = 0
        self._late = 0
        self.has_cut = False
        hal.start_deadman(self.on_timer)

    def beat(self) -> None:
        """Note that the loop is alive."""
        self._beats = (self._beats + 1) & _BEATS_MASK

    def on_timer(self, timer: object) -> None:
        """Cut the outputs at every call while the heartbeat is missing."""
        if self._beats != self._seen:
            self._seen = self._beats
            self._late = 0
        elif self._late < _LATE_CALLS - 1:
            self._late += 1
        else:
            self.has_cut = True
            self._cut()
