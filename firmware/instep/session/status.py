"""The session as display, laptop, log and simulator see it: they read it, only the session and its states write it."""

from instep.people import UNCLEANED, UNCLEANED_MAX
from instep.session import states
from instep.session.choose_page import ChoosePage
from instep.session.outcome import RESULT_NONE, STOPPED_NOT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.session.fitting import Fitting
    from instep.session.foot_monitor import FootMonitor
    from instep.session.screening import Screening
    from instep.session.selection import Selection
    from instep.session.session_clock import SessionClock
    from instep.stroke.scheduler import Scheduler


class Status:
    """The state, how the last session ended, and the parts that know the details.

    `is_screened`: the questions are answered and a massage is allowed. `is_leaving`: POWER was asked for, so the
    machine switches off as soon as it rests. `fitted_mask`: the feet that have stayed in since they were measured.
    """

    def __init__(
        self,
        selection: "Selection",
        feet: "FootMonitor",
        screening: "Screening",
        fitting: "Fitting",
        clock: "SessionClock",
        scheduler: "Scheduler",
    ) -> None:
        self.selection = selection
        self.page = ChoosePage(feet, selection, scheduler)
        self.feet = feet
        self.screening = screening
        self.fitting = fitting
        self.clock = clock
        self.scheduler = scheduler
        self.state = states.IDLE
        self.ticks_in_state = 0
        self.result = RESULT_NONE
        self.stop_reason = STOPPED_NOT
        self.is_screened = False
        self.is_lotion_on = False
        self.is_leaving = False
        self.fitted_mask = 0
        self.was_cleaning_suggested = False

    def suggests_cleaning(self) -> bool:
        """Return True if ten hours of massage have passed, until a session begins: then not before the next start."""
        return not self.was_cleaning_suggested and self.selection.people.get(UNCLEANED) == UNCLEANED_MAX
