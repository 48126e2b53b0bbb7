"""Messages for the person: each one waits until it is acknowledged."""

from instep.guard import faults
from instep.guard.faults import NO_FAULT


class Notices:
    """A set of messages, shown and acknowledged one by one in the order of their numbers."""

    def __init__(self) -> None:
        self._is_waiting = bytearray(faults.count())
        self._first = NO_FAULT

    def tell(self, fault: int) -> None:
        """Add a message, a number of `faults.MESSAGES`; a message that waits already is not added again."""
        self._is_waiting[fault] = 1
        self._find_first()

    def first(self) -> int:
        """Return the first waiting message, NO_FAULT if none waits."""
        return self._first

    def is_waiting(self, fault: int) -> bool:
        """Return True if a message is not acknowledged yet."""
        return self._is_waiting[fault] != 0

    def acknowledge(self) -> None:
        """Remove the first message."""
        self._is_waiting[self._first] = 0
        self._find_first()

    def _find_first(self) -> None:
        self._first = NO_FAULT
        for fault in faults.MESSAGES:
            if self._is_waiting[fault]:
                self._first = fault
                return
