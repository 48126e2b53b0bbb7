"""The state of the questions: screening, then waiting for the release."""

from instep import user_events
from instep.axes import TICKS_PER_S
from instep.guard.faults import FAULT_PROGRAM_DAMAGED
from instep.session import screening, states
from instep.session.outcome import RESULT_NONE, STOPPED_NOT
from instep.session.states import NO_EVENT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.supervisor import Supervisor
    from instep.session.status import Status

# Answers that are left alone for so long are forgotten: the next person may have another foot. Start value.
_ANSWER_MAX_TICKS = 2 * 60 * TICKS_PER_S


class Questions:
    """Ask; with `needs_release` a person who has passed waits for `release` before anything moves."""

    def __init__(self, status: "Status", guard: "Supervisor", needs_release: bool) -> None:
        self._status = status
        self._guard = guard
        self._needs_release = needs_release
        self._is_released = False
        self._answered_at = 0

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
        status.was_cleaning_suggested = status.was_cleaning_suggested or status.suggests_cleaning()
        status.selection.begin()
        status.clock.begin()
        self._is_released = not self._needs_release
        self._answered_at = 0

    def tick(self, pressed: int) -> int:
        """Take an answer: PLUS is yes, MINUS is no; go back to the start page after two minutes without one."""
        status = self._status
        if pressed & (user_events.PLUS | user_events.MINUS):
            status.screening.answer(pressed & user_events.PLUS != 0)
            self._answered_at = status.ticks_in_state
        verdict = status.screening.verdict
        if verdict == screening.PENDING:
            is_left_alone = status.ticks_in_state - self._answered_at >= _ANSWER_MAX_TICKS
            return states.STOP if is_left_alone else NO_EVENT
        if verdict == screening.REFUSED:
            return states.REFUSE
        if not status.is_screened:
            status.is_screened = True
            if verdict == screening.PASSED_GENTLE and not status.selection.soften():
                self._guard.trip(FAULT_PROGRAM_DAMAGED)
        return states.GO if self._is_released else NO_EVENT
