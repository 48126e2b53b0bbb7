"""What the laptop may ask for while the machine shows its menu and does nothing else."""

from instep.guard.faults import NO_FAULT
from instep.keep.settings import PROGRAM, SettingError
from instep.link import messages
from instep.link.frames import DATA_AT
from instep.link.upload import Upload
from instep.session import bringup, states
from instep.stroke.program import ProgramError
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.guard.supervisor import Supervisor
    from instep.keep.keeper import Keeper
    from instep.link.request import Request
    from instep.session.bringup import BringUp
    from instep.session.session import Session

_HIGH_MOST = const(255)


class Menu:
    """One method a request, which acts and returns its answer.

    `restore` lets the session choose what changed settings say.
    """

    def __init__(
        self,
        request: "Request",
        session: "Session",
        guard: "Supervisor",
        bring_up: "BringUp",
        keeper: "Keeper",
        restore: "Callable[[], None]",
    ) -> None:
        self._request = request
        self._session = session
        self._guard = guard
        self._bring_up = bring_up
        self._keeper = keeper
        self._restore = restore
        self._upload = Upload(session)

    def _why_not(self) -> int:
        """Return ANSWER_DONE when the machine shows its menu and does nothing else."""
        if self._session.state == states.FAULT or self._guard.fault != NO_FAULT:
            return messages.ANSWER_FAULT
        if self._session.state != states.IDLE:
            return messages.ANSWER_NOT_IDLE
        return messages.ANSWER_DONE if self._bring_up.state == bringup.OFF else messages.ANSWER_BUSY

    def program(self) -> int:
        """Choose a program by its name."""
        answer = self._why_not()
        if answer != messages.ANSWER_DONE:
            return answer
        try:
            name = self._request.text()
        except UnicodeError:
            return messages.ANSWER_NO_PROGRAM
        return messages.ANSWER_DONE if self._session.choose_program(name) else messages.ANSWER_NO_PROGRAM

    def chunk(self) -> int:
        """Take a part of a program that is sent."""
        answer = self._why_not()
        if answer != messages.ANSWER_DONE:
            return answer
        is_put = self._upload.put(self._request.u16(0), self._request.body, DATA_AT + 2, DATA_AT + self._request.size)
        return messages.ANSWER_DONE if is_put else messages.ANSWER_GAP

    def install(self) -> int:
        """Check the program that was sent, and choose it."""
        answer = self._why_not()
        if answer != messages.ANSWER_DONE:
            return answer
        if not self._upload.is_whole(self._request.u16(0)):
            return messages.ANSWER_GAP
        try:
            self._upload.install()
        except ProgramError as error:
            self._request.say(str(error))
            return messages.ANSWER_BAD_PROGRAM
        return messages.ANSWER_DONE

    def setting(self) -> int:
        """Change a setting, which takes effect at once."""
        answer = self._why_not()
        if answer != messages.ANSWER_DONE:
            return answer
        try:
            key, _, value = self._request.text().partition("=")
            if key == PROGRAM and not self._session.library.has(value):
                return messages.ANSWER_NO_PROGRAM
            self._keeper.settings.change(key, value)
        except (UnicodeError, SettingError) as error:
            self._request.say(str(error))
            return messages.ANSWER_RANGE
        self._restore()
        return messages.ANSWER_DONE

    def jog(self) -> int:
        """Move an axis for another 200 ms."""
        answer = self._why_not()
        if answer != messages.ANSWER_DONE and answer != messages.ANSWER_BUSY:
            return answer
        axis = self._request.byte(0)
        high = self._request.u16(3)
        high -= high >> 15 << 16
        # Beyond it a value would not be a small integer on the board.
        if not -_HIGH_MOST <= high <= _HIGH_MOST:
            return messages.ANSWER_RANGE
        value = (high << 16) + self._request.u16(1)
        if not self._bring_up.is_allowed(axis, value):
            return messages.ANSWER_RANGE
        if self._bring_up.is_foot_in():
            return messages.ANSWER_FOOT_IN
        if self._bring_up.is_busy_for(axis):
            return messages.ANSWER_BUSY
        self._bring_up.jog(axis, value)
        return messages.ANSWER_DONE

    def check(self) -> int:
        """Begin the self-test."""
        answer = self._why_not()
        if answer == messages.ANSWER_DONE:
            self._bring_up.check()
        return answer
