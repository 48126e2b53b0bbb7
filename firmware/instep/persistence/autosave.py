"""Save settings and journal while the machine is at rest, and report what is wrong with the storage."""

from instep.guard.faults import FAULT_PROGRAM_LEFT_OUT, FAULT_STORAGE_ERASED, STORAGE_MESSAGES
from instep.persistence.preferences import Preferences
from instep.session import states
from instep.storage.store import ERASED, NO_PROBLEM

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.notices import Notices
    from instep.persistence.session_log import SessionLog
    from instep.session.session import Session
    from instep.storage.store import Store


class Autosave:
    """Restore the choices at boot, then write a slice at a time while the machine is at rest.

    A session that has passed screening is released when its choices and its entry in the journal are on the flash:
    if the power fails later, the next boot finds the open entry.
    """

    def __init__(self, store: "Store", session: "Session", notices: "Notices", session_log: "SessionLog") -> None:
        self._store = store
        self._session = session
        self._status = session.status
        self._notices = notices
        self._session_log = session_log
        self._preferences = Preferences(session.selection, store.settings)
        self._is_erased = False
        self._ticks = 0

    def load(self) -> None:
        """Load settings and journal, restore the choices; report and log each problem of storage and programs."""
        self._store.load()
        self._preferences.restore()
        self._session_log.begin()
        if self._session.selection.library.refused:
            self._report(FAULT_PROGRAM_LEFT_OUT)
        while True:
            problem = self._store.take_problem()
            if problem == NO_PROBLEM:
                break
            self._report(STORAGE_MESSAGES[problem - ERASED])
        self._is_erased = self._notices.is_waiting(FAULT_STORAGE_ERASED)

    def restore(self) -> None:
        """Choose again as the settings say: a laptop has changed them."""
        self._preferences.restore()

    def slice(self, ticks: int) -> bool:
        """Write one slice, at most one in a tick and only at rest; return whether there was one.

        A slice may take 0.8 s on a slow flash.
        """
        if not self._session_log.is_at_rest or ticks == self._ticks:
            return False
        self._ticks = ticks
        if self._status.state == states.SCREENING:
            return self._slice_for_session()
        self._preferences.watch()
        self._watch_notices()
        return self._store.tick(True)

    def _slice_for_session(self) -> bool:
        """Write nothing while the person answers; then write everything that waits, and release the session."""
        if not self._status.is_screened:
            return False
        self._preferences.watch()
        self._store.hurry()
        is_written = self._store.tick(True)
        if not self._store.is_behind():
            self._session.release()
        return is_written

    def _watch_notices(self) -> None:
        """Set up an erased storage once the person has acknowledged it; report a write that failed."""
        if self._is_erased and not self._notices.is_waiting(FAULT_STORAGE_ERASED):
            self._is_erased = False
            self._store.set_up()
        problem = self._store.take_problem()
        if problem != NO_PROBLEM:
            self._notices.tell(STORAGE_MESSAGES[problem - ERASED])

    def _report(self, fault: int) -> None:
        self._notices.tell(fault)
        self._session_log.note(fault)
