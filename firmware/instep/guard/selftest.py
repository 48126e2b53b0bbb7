"""The tests before every session; nothing has moved or heated before the relay is known to open and close."""

from instep.guard.faults import FAULT_HOMING_LATE, FAULT_RELAY_OPEN, FAULT_RELAY_WELDED, NO_FAULT
from instep.guard.limits import RELAY_ANSWER_TICKS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.hal.interface import Relay

# What is being tested.
IDLE, RELAY_OPENS, RELAY_CLOSES, HOMING, PASSED, FAILED = range(6)


class SelfTest:
    """Run the tests one after the other; `fault` says what failed."""

    def __init__(self, relay: "Relay", drives: "Drives") -> None:
        self._relay = relay
        self._drives = drives
        self._ticks = 0
        self.state = IDLE
        self.fault = NO_FAULT

    def begin(self) -> None:
        """Start with the first test."""
        self.fault = NO_FAULT
        self._enter(RELAY_OPENS)

    def wants_relay(self) -> bool:
        """Tell whether the relay should be closed for the test at hand."""
        return RELAY_CLOSES <= self.state <= PASSED

    def is_homing(self) -> bool:
        """Tell whether the rollers may look for their homes: the relay is known to obey."""
        return self.state == HOMING

    def tick(self) -> None:
        """Advance by one tick."""
        self._ticks += 1
        if self.state == RELAY_OPENS:
            if self._ticks > RELAY_ANSWER_TICKS:
                self._judge(not self._relay.read(), RELAY_CLOSES, FAULT_RELAY_WELDED)
        elif self.state == RELAY_CLOSES:
            if self._ticks > RELAY_ANSWER_TICKS:
                self._judge(self._relay.read(), HOMING, FAULT_RELAY_OPEN)
        elif self.state == HOMING:
            if self._drives.is_homed():
                self.state = PASSED
            elif self._drives.is_homing_late():
                self._judge(False, PASSED, FAULT_HOMING_LATE)

    def _judge(self, passed: bool, following: int, fault: int) -> None:
        if passed:
            self._enter(following)
        else:
            self.fault = fault
            self.state = FAILED

    def _enter(self, state: int) -> None:
        self.state = state
        self._ticks = 0
        if state == HOMING:
            self._drives.begin_homing()
