"""The states without a session: idle, done, refused, fault and off."""

from instep import user_events
from instep.guard.faults import NO_FAULT
from instep.session import states
from instep.session.outcome import RESULT_FAULT, RESULT_REFUSED
from instep.session.states import NO_EVENT
from instep.stroke import scheduler as patterns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.guard.supervisor import Supervisor
    from instep.session.demands import Demands
    from instep.session.status import Status


class Resting:
    """Wait for the person."""

    def __init__(self, status: "Status", demands: "Demands", guard: "Supervisor") -> None:
        self._status = status
        self._demands = demands
        self._guard = guard

    def enter(self) -> None:
        """Switch everything off, forget the answers, and restore the levels that were chosen before screening."""
        self._status.is_leaving = False
        self._status.screening.begin()
        self._demands.power_off()
        self._demands.wants_servos = False
        self._status.selection.recover()

    def enter_refused(self) -> None:
        """Note the result."""
        self._status.result = RESULT_REFUSED

    def enter_fault(self) -> None:
        """Switch the power off and open what holds the feet."""
        self._status.is_leaving = False
        self._status.result = RESULT_FAULT
        self._status.fitted_mask = 0
        self._demands.power_off()
        self._status.scheduler.stop()

    def tick(self, pressed: int) -> int:
        """Idle, done or refused: let the person acknowledge, select and start."""
        status = self._status
        is_idle = status.state == states.IDLE
        if status.is_leaving:
            return states.POWER
        if is_idle and pressed & user_events.START and self._guard.notices.first() != NO_FAULT:
            self._guard.notices.acknowledge()
        elif pressed & (user_events.START | user_events.BEGIN):
            return states.START
        elif is_idle and pressed & user_events.PROGRAM:
            status.selection.choose_next()
        elif pressed & user_events.HEAT and self._guard.heat_fault != NO_FAULT:
            self._guard.acknowledge_heat()
        else:
            status.selection.change_levels(pressed)
        return NO_EVENT

    def tick_fault(self, pressed: int) -> int:
        """Let the feet go; then START acknowledges the fault, if its cause is gone and there is a program to play."""
        scheduler = self._status.scheduler
        scheduler.tick()
        has_let_go = scheduler.state == patterns.IDLE
        if pressed & user_events.START and has_let_go and not self._status.selection.library.is_empty():
            return states.CLEARED if self._guard.acknowledge() else NO_EVENT
        return NO_EVENT

    def tick_off(self, pressed: int) -> int:
        """Stay dark and still until START."""
        return states.START if pressed & user_events.START else NO_EVENT
