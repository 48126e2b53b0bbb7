"""What outlives the power, tied to the session: settings become choices, and the journal is written in time."""

from instep.guard.faults import FAULT_PROGRAM_LEFT_OUT, FAULT_STORAGE_ERASED, STORAGE_MESSAGES
from instep.session import states
from instep.session.preferences import Preferences
from instep.storage.store import ERASED, NO_PROBLEM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.notices import Notices
    from instep.session.session import Session
    from instep.session.session_log import SessionLog
    from instep.storage.store import Store


class Autosave:
    """Load at boot, then write a slice at a time while the machine is at rest.

    A session that has passed screening waits until its choices and its entry are kept: whatever happens to it then
    is seen at the next boot.
    """

    def __init__(self, store: "Store", session: "Session", messages: "Notices", session_log: "SessionLog") -> None:
        self._store = store
        self._session = session
        self._messages = messages
        self._session_log = session_log
        self._preferences = Preferences(session, store.settings)
        self._is_erased = False
        self._ticks = 0

    def begin(self) -> None:
        """Take what was loaded; what is wrong with it becomes messages and goes into the journal."""
        self._session.waits_for_journal = True
        self._preferences.restore()
        self._session_log.begin()
        if self._session.library.refused:
            self._tell(FAULT_PROGRAM_LEFT_OUT)
        while True:
            problem = self._store.take_problem()
            if problem == NO_PROBLEM:
                break
            self._tell(STORAGE_MESSAGES[problem - ERASED])
        self._is_erased = self._messages.is_waiting(FAULT_STORAGE_ERASED)

    def restore(self) -> None:
        """Choose anew what the settings say: they were changed from outside."""
        self._preferences.restore()

    def slice(self, ticks: int) -> bool:
        """Write one slice of what waits, one in a tick at most and only at rest; return whether there was one.

        It may take 0.8 s on a slow flash.
        """
        if not self._session_log.is_at_rest or ticks == self._ticks:
            return False
        self._ticks = ticks
        if self._session.state == states.SCREENING:
            return self._slice_for_session()
        self._preferences.watch()
        self._heed_messages()
        return self._store.tick(True)

    def _slice_for_session(self) -> bool:
        """Leave the person in peace while they answer; then write all that waits."""
        if not self._session.is_screened:
            return False
        self._preferences.watch()
        self._store.hurry()
        is_written = self._store.tick(True)
        self._session.must_wait = self._store.is_behind()
        return is_written

    def _heed_messages(self) -> None:
        """Set the storage up once the person knows that it was erased; say it when nothing can be written."""
        if self._is_erased and not self._messages.is_waiting(FAULT_STORAGE_ERASED):
            self._is_erased = False
            self._store.set_up()
        problem = self._store.take_problem()
        if problem != NO_PROBLEM:
            self._messages.tell(STORAGE_MESSAGES[problem - ERASED])

    def _tell(self, fault: int) -> None:
        self._messages.tell(fault)
        self._session_log.note(fault)
