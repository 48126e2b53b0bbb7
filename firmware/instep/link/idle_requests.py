"""Requests that are accepted only while the machine shows its menu and does nothing else."""

from instep.guard.faults import NO_FAULT
from instep.link import protocol
from instep.link.frames import DATA_AT
from instep.link.upload import Upload
from instep.session import states
from instep.session.jog import JOG_OFF
from instep.storage.settings import PROGRAM, SettingError
from instep.stroke.program import ProgramError
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.guard.supervisor import Supervisor
    from instep.link.exchange import Exchange
    from instep.session.jog import Jog
    from instep.session.session import Session
    from instep.storage.store import Store

_HIGH_MAX = const(255)


class IdleRequests:
    """One method per request, which returns the answer; `restore` applies changed settings to the session.

    The dispatcher calls them only if `readiness` allows it.
    """

    def __init__(
        self,
        exchange: "Exchange",
        session: "Session",
        guard: "Supervisor",
        jog: "Jog",
        store: "Store",
        restore: "Callable[[], None]",
    ) -> None:
        self._exchange = exchange
        self._session = session
        self._guard = guard
        self._jog = jog
        self._store = store
        self._restore = restore
        self._upload = Upload(session)

    def readiness(self) -> int:
        """Return ANSWER_DONE if the machine shows its menu and does nothing else, otherwise the refusal."""
        if self._session.state == states.FAULT or self._guard.fault != NO_FAULT:
            return protocol.ANSWER_FAULT
        if self._session.state != states.IDLE:
            return protocol.ANSWER_NOT_IDLE
        return protocol.ANSWER_DONE if self._jog.state == JOG_OFF else protocol.ANSWER_BUSY

    def program(self) -> int:
        """Choose a program by its name."""
        try:
            name = self._exchange.text()
        except UnicodeError:
            return protocol.ANSWER_NO_PROGRAM
        return protocol.ANSWER_DONE if self._session.selection.choose_program(name) else protocol.ANSWER_NO_PROGRAM

    def chunk(self) -> int:
        """Take a part of a program that is being uploaded."""
        is_put = self._upload.put(
            self._exchange.u16(0), self._exchange.body, DATA_AT + 2, DATA_AT + self._exchange.data_bytes
        )
        return protocol.ANSWER_DONE if is_put else protocol.ANSWER_GAP

    def install(self) -> int:
        """Check the uploaded program and choose it."""
        if not self._upload.is_whole(self._exchange.u16(0)):
            return protocol.ANSWER_GAP
        try:
            self._upload.install()
        except ProgramError as error:
            self._exchange.append_text(str(error))
            return protocol.ANSWER_BAD_PROGRAM
        return protocol.ANSWER_DONE

    def setting(self) -> int:
        """Change a setting; it takes effect at once."""
        try:
            key, _, value = self._exchange.text().partition("=")
            if key == PROGRAM and not self._session.selection.library.has(value):
                return protocol.ANSWER_NO_PROGRAM
            self._store.settings.change(key, value)
        except (UnicodeError, SettingError) as error:
            self._exchange.append_text(str(error))
            return protocol.ANSWER_RANGE
        self._restore()
        return protocol.ANSWER_DONE

    def jog(self) -> int:
        """Move an axis for another 200 ms."""
        axis = self._exchange.u8(0)
        high = self._exchange.u16(3)
        high -= high >> 15 << 16
        # Larger values are no small integers on the board: they would allocate.
        if not -_HIGH_MAX <= high <= _HIGH_MAX:
            return protocol.ANSWER_RANGE
        value = (high << 16) + self._exchange.u16(1)
        if not self._jog.is_allowed(axis, value):
            return protocol.ANSWER_RANGE
        if not self._session.status.feet.are_wells_empty():
            return protocol.ANSWER_FOOT_IN
        if self._jog.is_busy_for(axis):
            return protocol.ANSWER_BUSY
        self._jog.jog(axis, value)
        return protocol.ANSWER_DONE

    def check(self) -> int:
        """Start the self-test."""
        self._jog.check()
        return protocol.ANSWER_DONE
