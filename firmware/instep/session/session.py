"""One massage session: screening, self-test, fit, warm-up, program, closing strokes, retract.

The session decides what the scheduler plays and how the drives are used in this tick; it touches no device. Each
state has one function for its ticks; `_take` is the only place that changes the state.
"""

from instep import user_events
from instep.axes import FEET, TICKS_PER_S
from instep.guard.faults import FAULT_FOOT_NOT_FOUND, FAULT_PROGRAM_DAMAGED, NO_FAULT
from instep.guard.selftest import FAILED, PASSED
from instep.levels import HEAT_OFF
from instep.session import screening, states
from instep.session.choices import Choices
from instep.session.fitting import Fitting
from instep.session.foot_monitor import FootMonitor
from instep.session.library import GENTLE
from instep.session.outcome import (
    RESULT_DONE,
    RESULT_FAULT,
    RESULT_NONE,
    RESULT_REFUSED,
    RESULT_STOPPED,
    STOPPED_BY_BUTTON,
    STOPPED_NO_ANSWER,
    STOPPED_NO_FEET,
    STOPPED_NOT,
    STOPPED_NOTHING,
    STOPPED_OVERTIME,
    STOPPED_PAUSED_LONG,
)
from instep.session.screening import Screening
from instep.session.session_clock import SessionClock
from instep.stroke import scheduler as patterns
from instep.stroke.verify import MINUTES_ONCE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.guard.selftest import SelfTest
    from instep.guard.supervisor import Supervisor
    from instep.hal.calibration import Calibration
    from instep.hal.interface import Hal
    from instep.session.library import Library
    from instep.stroke.scheduler import Scheduler

# How the drives are used in a tick.
DRIVE_LIFT, DRIVE_HOME, DRIVE_PROBE, DRIVE_FOLLOW = range(4)

# Lotion may go on cold skin; the strokes begin when the skin side is this near to its set point, or after the wait.
_WARM_WITHIN_CENTI_K = const(100)
_WARM_MAX_TICKS = 5 * 60 * TICKS_PER_S
_FEET_MAX_TICKS = 60 * TICKS_PER_S
_INTENSITY_BITS = const(3)


class Session:
    """The session's state machine; `tick` takes the commands of this tick and sets what the drives are to do.

    With `waits_for_journal` a session that `is_screened` waits until somebody resets `must_wait`: nothing is to move
    before the journal knows of it.
    """

    def __init__(
        self,
        hal: "Hal",
        calibration: "Calibration",
        library: "Library",
        scheduler: "Scheduler",
        drives: "Drives",
        selftest: "SelfTest",
        guard: "Supervisor",
    ) -> None:
        self.feet = FootMonitor(hal)
        self._drives = drives
        self._selftest = selftest
        self._guard = guard
        self.library = library
        self.scheduler = scheduler
        self.screening = Screening()
        self.choices = Choices()
        self.fitting = Fitting(drives, scheduler.setpoints, calibration)
        self.plan = SessionClock(self.choices)
        self._state_ticks = self._levels = 0
        self._is_way_cut = False
        self.state = states.IDLE
        self.result = RESULT_NONE
        self.stop_reason = STOPPED_NOT
        self.is_lotion_on = False
        self.drive_mode = DRIVE_LIFT
        self.heat_centi_c = 0
        self.wants_relay = False
        self.wants_servos = False
        self.is_screened = False
        self.waits_for_journal = False
        self.must_wait = False
        self._is_leaving = False
        self._asked_for = ""
        self.asked_title = b""
        self.program_title = b""
        if not library.is_empty():
            self._take_defaults()
        # What each state does in a tick, in the order of the states.
        self._work = (
            self._tick_resting,
            self._tick_screening,
            self._tick_selftest,
            self._tick_fit,
            self._tick_warm,
            self._tick_run,
            self._tick_paused,
            self._tick_run,
            self._tick_retract,
            self._tick_resting,
            self._tick_resting,
            self._tick_resting,
            self._tick_off,
        )

    def choose_program(self, name: str) -> bool:
        """Choose a program by name, with its own minutes and heat; return False when there is none of that name."""
        if not self.library.choose(name):
            return False
        self._take_defaults()
        return True

    def take_uploaded(self, image: bytes) -> None:
        """Choose a program that was sent to the machine; ProgramError leaves everything as it was."""
        self.library.take_uploaded(image)
        self._take_defaults()

    def drop_uploaded(self) -> None:
        """Forget the program that was sent; no session may run."""
        self.library.drop_uploaded()
        self._take_defaults()

    def is_at_rest(self) -> bool:
        """Tell whether no session is under way: nothing is asked, moves or warms."""
        return self.state == states.IDLE or self.state >= states.DONE

    def tick(self, pressed: int) -> None:
        """Advance by one tick with the `commands` bits of this tick."""
        # What a state does not ask for in this very tick does not happen.
        self.drive_mode = DRIVE_LIFT
        self.heat_centi_c = 0
        if self._guard.fault != NO_FAULT and self.state != states.FAULT:
            self._take(states.TRIP)
        if pressed & user_events.STOP:
            self._stop(STOPPED_BY_BUTTON)
            pressed &= user_events.POWER
        if pressed & user_events.POWER:
            self._is_leaving = self.state != states.FAULT
        if self._selftest.is_at_boot:
            self._test_at_boot()
        self._look_for_feet()
        self._state_ticks += 1
        state = self.state
        if states.SELFTEST <= state <= states.RETRACT:
            self.plan.count(state == states.PAUSED)
            if self.plan.is_over() and state != states.RETRACT:
                self._stop(STOPPED_OVERTIME)
        self._work[self.state](pressed)

    def _take(self, event: int) -> None:
        """Follow `event` through the table; entering a state is all that happens here."""
        state = states.next_state(self.state, event)
        if state == self.state:
            return
        self.state = state
        self._state_ticks = 0
        if state == states.SCREENING:
            self._enter_screening()
        elif state == states.SELFTEST:
            self.wants_servos = True
            self._guard.begin_session()
            self._selftest.begin()
        elif state == states.FIT:
            self.fitting.begin(self.choices.feet_mask())
        elif state == states.RETRACT:
            self._is_way_cut = False
            self.scheduler.stop()
        elif state == states.REFUSED:
            self.result = RESULT_REFUSED
        elif state == states.FAULT:
            self._is_leaving = False
            self.result = RESULT_FAULT
            self._power_off()
            self.scheduler.stop()
        elif state == states.DONE:
            self._power_off()
            self.wants_servos = False
            self.result = RESULT_DONE if self.stop_reason == STOPPED_NOT else RESULT_STOPPED
        elif state == states.IDLE or state == states.OFF:
            self._enter_rest()

    def _power_off(self) -> None:
        self.wants_relay = False
        self.drive_mode = DRIVE_LIFT
        self.heat_centi_c = 0

    def _stop(self, reason: int) -> None:
        if states.SCREENING <= self.state <= states.CLOSING:
            self.stop_reason = reason
        if self.state == states.RETRACT and not self.scheduler.is_letting_go():
            # Pressed again, on the way home: the rollers stay where they are, the next self-test finds them.
            self._is_way_cut = True
        self._take(states.STOP)

    def _look_for_feet(self) -> None:
        """Pause when a foot in use is lifted out."""
        self.feet.tick(self.choices.feet_mask())
        if not self.feet.are_in:
            self._pause()

    def _pause(self) -> None:
        if self.state == states.RUN or self.state == states.CLOSING:
            self.scheduler.pause()
            self._take(states.PAUSE)

    def _tick_resting(self, pressed: int) -> None:
        """Idle, done, refused or fault: wait for the person."""
        if self.state == states.FAULT:
            self.scheduler.tick()
            if pressed & user_events.START and self._may_leave_fault() and self._guard.acknowledge():
                self._take(states.CLEARED)
        elif self._is_leaving:
            self._take(states.POWER)
        elif pressed & user_events.START and self._is_message_due():
            self._guard.notices.acknowledge()
        elif pressed & (user_events.START | user_events.BEGIN):
            self._take(states.START)
        elif self.state == states.IDLE and pressed & user_events.PROGRAM:
            self.library.choose_next()
            self._take_defaults()
        elif pressed & user_events.HEAT and self._guard.heat_fault != NO_FAULT:
            self._guard.acknowledge_heat()
        else:
            self._change_levels(pressed)

    def _may_leave_fault(self) -> bool:
        """Tell whether the feet are let go and there is anything to go on with."""
        return self.scheduler.state == patterns.IDLE and not self.library.is_empty()

    def _is_message_due(self) -> bool:
        return self.state == states.IDLE and self._guard.notices.first() != NO_FAULT

    def _tick_off(self, pressed: int) -> None:
        """Stay dark and still until START."""
        if pressed & user_events.START:
            self._take(states.START)

    def _take_defaults(self) -> None:
        program = self.library.chosen()
        self.program_title = program.title
        self.choices.heat = program.heat
        if program.minutes != MINUTES_ONCE:
            self.choices.minutes = program.minutes

    def _enter_rest(self) -> None:
        """Give the person back what they had chosen, whatever screening made of it."""
        self._is_leaving = False
        self._power_off()
        self.wants_servos = False
        if self.choices.is_gentle:
            self.choose_program(self._asked_for)
            self.choices.recover()

    def _enter_screening(self) -> None:
        self.screening.begin()
        self.is_screened = False
        self.must_wait = self.waits_for_journal
        self._asked_for = self.library.chosen().name
        self.asked_title = self.program_title
        self.choices.remember()
        self.result = RESULT_NONE
        self.stop_reason = STOPPED_NOT
        self.plan.begin()
        self.is_lotion_on = False

    def _tick_screening(self, pressed: int) -> None:
        if pressed & user_events.PLUS:
            self.screening.answer(True)
        elif pressed & user_events.MINUS:
            self.screening.answer(False)
        verdict = self.screening.verdict
        if verdict == screening.REFUSED:
            self._take(states.REFUSE)
        elif verdict != screening.PENDING:
            if not self.is_screened:
                self.is_screened = True
                self._heed(verdict)
            if not self.must_wait:
                self._take(states.GO)

    def _heed(self, verdict: int) -> None:
        """Take the gentle program for feet that need care."""
        if verdict == screening.PASSED_GENTLE:
            if not self.choose_program(GENTLE):
                self._guard.trip(FAULT_PROGRAM_DAMAGED)
            self.choices.soften()

    def _test_at_boot(self) -> None:
        self._selftest.tick_at_boot()
        if self._selftest.state == FAILED:
            self._guard.trip(self._selftest.fault)

    def _tick_selftest(self, pressed: int) -> None:
        self._selftest.tick(self.feet.are_in)
        self.wants_relay = self._selftest.wants_relay()
        if self._selftest.is_homing():
            self.drive_mode = DRIVE_HOME
        if self._selftest.notice != NO_FAULT:
            self._guard.forbid_heat(self._selftest.notice)
        if self._selftest.state == FAILED:
            self._guard.trip(self._selftest.fault)
        elif not self.feet.are_in:
            if self._state_ticks > _FEET_MAX_TICKS:
                self._stop(STOPPED_NO_FEET)
        elif self._selftest.state == PASSED:
            self._take(states.GO)

    def _tick_fit(self, pressed: int) -> None:
        self.drive_mode = DRIVE_PROBE
        self.fitting.tick()
        if not self.feet.are_in:
            self._guard.trip(FAULT_FOOT_NOT_FOUND)
        elif self.fitting.is_over:
            self._end_fit()

    def _end_fit(self) -> None:
        if self.fitting.fault != NO_FAULT:
            self._guard.trip(self.fitting.fault)
        elif self._load_program():
            self._take(states.GO)
        else:
            self._stop(STOPPED_NOTHING)

    def _load_program(self) -> bool:
        program = self.library.chosen()
        self.plan.load(program, self.fitting.fit)
        return self.scheduler.load(program, self.fitting.fit, self.choices.feet_mask())

    def _tick_warm(self, pressed: int) -> None:
        """Warm the wells while the person spreads the lotion; both must be ready."""
        self.drive_mode = DRIVE_FOLLOW
        self._change_levels(pressed)
        self.heat_centi_c = self.choices.heat_centi_c()
        if pressed & user_events.START:
            self.is_lotion_on = True
        is_planned = self.plan.compute()
        is_late = self._state_ticks > _WARM_MAX_TICKS
        if is_planned and self.is_lotion_on and (self._is_warm() or is_late):
            self._set_levels()
            self.scheduler.start(self.library.chosen().minutes == MINUTES_ONCE)
            self._take(states.GO)
        elif is_late:
            self._stop(STOPPED_NO_ANSWER)

    def _is_warm(self) -> bool:
        if self.choices.heat == HEAT_OFF or not self._guard.may_heat():
            return True
        mask = self.choices.feet_mask()
        for foot in range(FEET):
            if mask >> foot & 1 and self._drives.heaters[foot].skin_centi_c < self.heat_centi_c - _WARM_WITHIN_CENTI_K:
                return False
        return True

    def _tick_run(self, pressed: int) -> None:
        if pressed:
            if pressed & (user_events.START | user_events.PAUSE):
                self._pause()
                return
            if pressed & (user_events.PROGRAM | user_events.NEXT):
                self.scheduler.next_technique()
            self._change_levels(pressed)
        self._set_levels()
        if self.plan.is_time_up():
            self.scheduler.finish()
        self.scheduler.tick()
        self.drive_mode = DRIVE_FOLLOW
        self.heat_centi_c = self.choices.heat_centi_c()
        if self.scheduler.is_finished:
            self._take(states.END)
            self._take(states.GO)
        elif self.scheduler.is_closing:
            self._take(states.END)

    def _tick_paused(self, pressed: int) -> None:
        self._change_levels(pressed)
        self.scheduler.tick()
        if not self.scheduler.is_letting_go():
            self.drive_mode = DRIVE_FOLLOW
        if self.plan.is_limit_near():
            self._stop(STOPPED_PAUSED_LONG)
        elif (
            pressed & (user_events.START | user_events.RESUME)
            and self.feet.are_in
            and self.scheduler.state == patterns.PAUSED
        ):
            self._set_levels()
            self.scheduler.resume()
            self._take(states.GO)

    def _tick_retract(self, pressed: int) -> None:
        """Let the feet go with the rollers coasting, then bring everything home slowly."""
        self.scheduler.tick()
        if not self.scheduler.is_letting_go() and not self._is_way_cut:
            self.drive_mode = DRIVE_FOLLOW
        if self.scheduler.state == patterns.IDLE:
            self._take(states.GO)

    def _change_levels(self, pressed: int) -> None:
        if pressed & (user_events.PLUS | user_events.PLUS_AGAIN):
            self.choices.step_intensity(1)
        if pressed & (user_events.MINUS | user_events.MINUS_AGAIN):
            self.choices.step_intensity(-1)
        if pressed & user_events.HEAT:
            self.choices.step_heat()

    def _set_levels(self) -> None:
        """Tell the scheduler the levels when they have changed; between two strokes only it listens."""
        choices = self.choices
        levels = choices.pace << _INTENSITY_BITS | choices.intensity
        if choices.is_gentle:
            levels = -levels
        if levels == self._levels:
            return
        self._levels = levels
        self.scheduler.set_levels(choices.force_permille(), choices.press_max_mn(), choices.pace_permille())
