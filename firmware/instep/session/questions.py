"""The state of the questions: screening, then waiting for the release."""

from instep import user_events
from instep.guard.faults import FAULT_PROGRAM_DAMAGED
from instep.session import screening, states
from instep.session.outcome import RESULT_NONE, STOPPED_NOT
from instep.session.states import NO_EVENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.supervisor import Supervisor
    from instep.session.status import Status


class Questions:
    """Ask; with `needs_release` a person who has passed waits for `release` before anything moves."""

    def __init__(self, status: "Status", guard: "Supervisor", needs_release: bool) -> None:
        self._status = status
        self._guard = guard
        self._needs_release = needs_release
        self._is_released = False

    def release(self) -> None:
        """Let the session go on."""
        self._is_released = True

    def enter(self) -> None:
        """Start a session: nothing is known about the person yet."""
        status = self._status
        status.screening.begin()
        status.is_screened = False
        status.is_lotion_on = False
        status.result = RESULT_NONE
        status.stop_reason = STOPPED_NOT
        status.selection.begin()
        status.clock.begin()
        self._is_released = not self._needs_release

    def tick(self, pressed: int) -> int:
        """Take an answer: PLUS is yes, MINUS is no."""
        status = self._status
        if pressed & user_events.PLUS:
            status.screening.answer(True)
        elif pressed & user_events.MINUS:
            status.screening.answer(False)
        verdict = status.screening.verdict
        if verdict == screening.PENDING:
            return NO_EVENT
        if verdict == screening.REFUSED:
            return states.REFUSE
        if not status.is_screened:
            status.is_screened = True
            if verdict == screening.PASSED_GENTLE and not status.selection.soften():
                self._guard.trip(FAULT_PROGRAM_DAMAGED)
        return states.GO if self._is_released else NO_EVENT
