"""One massage session: screening, self-test, fit, warm-up, program, closing strokes, retract.

The session decides what the scheduler plays and what is demanded of the drives in this tick; it touches no device.
A state's work is a method of the group that the state belongs to: it returns the event that follows from the tick.
The table of `states` leads from there to the next state, which `_enter` alone writes.
"""

from instep import user_events
from instep.axes import COUNTER_MASK
from instep.guard.faults import NO_FAULT
from instep.guard.selftest import FAILED
from instep.people import People
from instep.session import states
from instep.session.demands import DRIVE_LIFT, Demands
from instep.session.ending import Ending
from instep.session.fitting import Fitting
from instep.session.foot_monitor import FootMonitor
from instep.session.outcome import STOPPED_BY_BUTTON, STOPPED_OVERTIME
from instep.session.preparing import Preparing
from instep.session.questions import Questions
from instep.session.resting import Resting
from instep.session.running import Running
from instep.session.screening import Screening
from instep.session.selection import Selection
from instep.session.session_clock import SessionClock
from instep.session.states import NO_EVENT
from instep.session.status import Status

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.guard.selftest import SelfTest
    from instep.guard.supervisor import Supervisor
    from instep.hal.interface import Hal
    from instep.session.library import Library
    from instep.stroke.scheduler import Scheduler


def _nothing() -> None:
    """Enter a state that needs no preparation."""


class Session:
    """The session's state machine: `tick` takes the events of this tick and sets `demands`; `status` is for readers.

    With `needs_release`, a session that has passed screening moves nothing before `release` is called.
    """

    def __init__(
        self,
        hal: "Hal",
        library: "Library",
        scheduler: "Scheduler",
        drives: "Drives",
        selftest: "SelfTest",
        guard: "Supervisor",
        needs_release: bool = False,
    ) -> None:
        self._selftest = selftest
        self._guard = guard
        self.selection = selection = Selection(library, People())
        fitting = Fitting(drives, scheduler.setpoints)
        clock = SessionClock(selection.choices)
        self.status = status = Status(selection, FootMonitor(hal), Screening(), fitting, clock, scheduler)
        self.demands = demands = Demands()
        resting = Resting(status, demands, guard)
        self._questions = questions = Questions(status, guard, needs_release)
        preparing = Preparing(status, demands, drives, selftest, guard)
        running = Running(status, demands)
        self._ending = ending = Ending(status, demands, drives)
        # What each state does when it is entered, and in a tick; in the order of the states.
        self._entries = (
            resting.enter,
            questions.enter,
            preparing.enter_selftest,
            preparing.enter_fit,
            _nothing,
            _nothing,
            running.enter_paused,
            _nothing,
            ending.enter_retract,
            ending.enter_done,
            resting.enter_refused,
            resting.enter_fault,
            resting.enter,
        )
        self._work = (
            resting.tick,
            questions.tick,
            preparing.tick_selftest,
            preparing.tick_fit,
            preparing.tick_warm,
            running.tick,
            running.tick_paused,
            running.tick,
            ending.tick,
            resting.tick,
            resting.tick,
            resting.tick_fault,
            resting.tick_off,
        )

    @property
    def state(self) -> int:
        """Return the state, one of `states`."""
        return self.status.state

    def is_at_rest(self) -> bool:
        """Return True if no session is under way: nothing is asked, moves or warms."""
        state = self.status.state
        return state == states.IDLE or state >= states.DONE

    def release(self) -> None:
        """Let a session that has passed screening begin to move."""
        self._questions.release()

    def tick(self, pressed: int) -> None:
        """Advance by one tick with the user events of this tick."""
        status = self.status
        # Movement and heat end unless the state demands them again in this tick.
        self.demands.drive_mode = DRIVE_LIFT
        self.demands.heat_centi_c = 0
        if self._guard.fault != NO_FAULT and status.state != states.FAULT:
            self._follow(states.TRIP)
        pressed = status.page.tick(status.state, pressed)
        if pressed & user_events.STOP:
            self._stop(STOPPED_BY_BUTTON)
            pressed &= user_events.POWER
        if pressed & user_events.POWER:
            status.is_leaving = status.state != states.FAULT
        if self._selftest.is_at_boot:
            self._test_at_boot()
        status.selection.choices.tick()
        mask = status.selection.choices.feet_mask()
        status.feet.tick(mask)
        are_feet_in_place = status.feet.are_in and not self._guard.has_foot_moved
        if not are_feet_in_place:
            self._follow(states.PAUSE)
        self._forget_moved_foot()
        if not are_feet_in_place or mask != status.fitted_mask:
            status.fitted_mask = 0
        status.ticks_in_state = min(status.ticks_in_state + 1, COUNTER_MASK)
        if states.SELFTEST <= status.state <= states.RETRACT:
            self._count()
        event = self._work[status.state](pressed)
        if event != NO_EVENT:
            self._follow(event)

    def _count(self) -> None:
        """Count a tick of the session; stop it if it is over, whatever still plays."""
        state = self.status.state
        clock = self.status.clock
        clock.count(state == states.RUN or state == states.CLOSING)
        if clock.is_over() and state != states.RETRACT:
            self._stop(STOPPED_OVERTIME)

    def _follow(self, event: int) -> None:
        """Follow `event` through the table of transitions."""
        state = states.next_state(self.status.state, event)
        if state != self.status.state:
            self._enter(state)

    def _enter(self, state: int) -> None:
        self.status.state = state
        self.status.ticks_in_state = 0
        self._forget_moved_foot()
        self._entries[state]()

    def _forget_moved_foot(self) -> None:
        """End the notice about a foot that has moved, but in the pause in which the person puts it back."""
        if self.status.state != states.PAUSED:
            self._guard.has_foot_moved = False

    def _stop(self, reason: int) -> None:
        state = self.status.state
        if states.SCREENING <= state <= states.CLOSING:
            self.status.stop_reason = reason
        if state == states.RETRACT:
            self._ending.cut_way()
        self._follow(states.STOP)

    def _test_at_boot(self) -> None:
        self._selftest.tick_at_boot()
        if self._selftest.state == FAILED:
            self._guard.trip(self._selftest.fault)
