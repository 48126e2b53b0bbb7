"""Compare the safety relay's second contact with its command in every tick."""

from instep.guard.faults import FAULT_RELAY_OPEN, FAULT_RELAY_WELDED, NO_FAULT
from instep.guard.limits import RELAY_CLEAR_TICKS, RELAY_TRIP_TICKS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.interface import Relay


class RelayMonitor:
    """Command the relay with `set` and judge its contact with `check`, once a tick.

    `is_commanded_closed` is the last command.
    """

    def __init__(self, relay: "Relay") -> None:
        self._relay = relay
        self.is_commanded_closed = False
        self._wrong_ticks = 0

    def set(self, closed: bool) -> None:
        """Ask the relay to close or open, in every tick: without a request it opens by itself."""
        self.is_commanded_closed = closed
        self._relay.set(closed)

    def check(self) -> int:
        """Return the fault while the contact has disagreed for too long; each tick of agreement takes one off."""
        if self._relay.read() == self.is_commanded_closed:
            if self._wrong_ticks:
                self._wrong_ticks -= 1
            return NO_FAULT
        if self._wrong_ticks < RELAY_TRIP_TICKS:
            self._wrong_ticks += 1
        if self._wrong_ticks < RELAY_TRIP_TICKS:
            return NO_FAULT
        return FAULT_RELAY_OPEN if self.is_commanded_closed else FAULT_RELAY_WELDED

    def responds(self) -> bool:
        """Return True if the contact has agreed for long enough to be trusted again."""
        return self._wrong_ticks <= RELAY_CLEAR_TICKS
