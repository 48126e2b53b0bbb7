"""When the buzzer sounds: long for a new fault, softly at the end of a session and at a pause because of a foot."""

from instep.guard.faults import NO_FAULT
from instep.levels import SOUND_ALL
from instep.session import states
from instep.session.outcome import RESULT_DONE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.supervisor import Supervisor
    from instep.session.status import Status

_FAULT_TICKS = const(50)
# A soft beep is a short one: the buzzer knows only on and off. Start values.
_BEEP_TICKS = const(6)
_GAP_TICKS = const(24)


class Sounds:
    """Return in each tick whether the buzzer is on; a fault sounds whatever the person has chosen."""

    def __init__(self, status: "Status", guard: "Supervisor") -> None:
        self._status = status
        self._guard = guard
        self._fault = NO_FAULT
        self._state = status.state
        self._long_ticks = 0
        self._beeps = 0
        self._beep_ticks = 0

    def tick(self) -> bool:
        """Advance by one tick; return True while the buzzer is to sound."""
        fault = self._guard.fault
        if fault != self._fault:
            self._fault = fault
            if fault != NO_FAULT:
                self._long_ticks = _FAULT_TICKS
                self._beeps = 0
        state = self._status.state
        if state != self._state:
            self._state = state
            self._begin_beeps(state)
        if self._long_ticks:
            self._long_ticks -= 1
            return True
        return self._beep()

    def _begin_beeps(self, state: int) -> None:
        """Begin the beeps of a state that is entered."""
        if self._status.selection.choices.sound != SOUND_ALL:
            return
        if state == states.DONE and self._status.result == RESULT_DONE:
            self._beeps = 2
        elif state == states.PAUSED and (self._guard.has_foot_moved or not self._status.feet.are_in):
            self._beeps = 1
        else:
            return
        self._beep_ticks = 0

    def _beep(self) -> bool:
        if not self._beeps:
            return False
        self._beep_ticks += 1
        if self._beep_ticks == _BEEP_TICKS + _GAP_TICKS:
            self._beep_ticks = 0
            self._beeps -= 1
        return 0 < self._beep_ticks <= _BEEP_TICKS
