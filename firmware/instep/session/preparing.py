"""The states before the first stroke: self-test, measuring the feet, warming and lotion."""

from instep import user_events
from instep.axes import FEET, TICKS_PER_S
from instep.guard.faults import NO_FAULT
from instep.guard.selftest import FAILED, PASSED
from instep.levels import HEAT_OFF
from instep.people import LEFT_OUT, WAITS_WARM
from instep.session import states
from instep.session.demands import DRIVE_FOLLOW, DRIVE_HOME, DRIVE_PROBE
from instep.session.outcome import STOPPED_FEET_OUT, STOPPED_NO_ANSWER, STOPPED_NO_FEET, STOPPED_NOTHING
from instep.session.states import NO_EVENT
from instep.stroke import scheduler as patterns
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.guard.selftest import SelfTest
    from instep.guard.supervisor import Supervisor
    from instep.session.demands import Demands
    from instep.session.status import Status

# The wells warm up under the first strokes. A person who chose to wait until it is warm waits for this nearness to the
# set point, or five minutes; the lotion, too, may take five minutes.
_WARM_WITHIN_CENTI_K = const(100)
_WARM_MAX_TICKS = 5 * 60 * TICKS_PER_S
_FEET_MAX_TICKS = 60 * TICKS_PER_S


class Preparing:
    """Test the machine, measure the feet and warm the wells."""

    def __init__(
        self, status: "Status", demands: "Demands", drives: "Drives", selftest: "SelfTest", guard: "Supervisor"
    ) -> None:
        self._status = status
        self._demands = demands
        self._drives = drives
        self._selftest = selftest
        self._guard = guard

    def enter_selftest(self) -> None:
        """Switch the servos on and start the self-test, again if a foot was lifted out while it was measured."""
        self._demands.wants_servos = True
        if not self._status.scheduler.is_home():
            self._status.scheduler.stop()
        self._guard.begin_session(self._status.selection.choices.press_max_mn())
        self._selftest.begin()

    def enter_fit(self) -> None:
        """Start measuring the feet in use, unless they have stayed in since they were measured."""
        status = self._status
        if not status.fitted_mask:
            status.fitting.begin(status.selection.choices.feet_mask())

    def tick_selftest(self, pressed: int) -> int:
        """Test relay and outputs, then drive the rollers home; wait a minute at most for the feet."""
        selftest = self._selftest
        scheduler = self._status.scheduler
        are_in = self._status.feet.are_in
        scheduler.tick()
        selftest.tick(are_in)
        self._demands.wants_relay = selftest.wants_relay()
        if selftest.is_homing():
            self._demands.drive_mode = DRIVE_HOME
        if selftest.notice != NO_FAULT:
            self._guard.forbid_heat(selftest.notice)
        if selftest.state == FAILED:
            self._guard.trip(selftest.fault)
        elif not are_in:
            if self._status.ticks_in_state > _FEET_MAX_TICKS:
                return self._stop(STOPPED_NO_FEET)
        elif selftest.state == PASSED and scheduler.state == patterns.IDLE:
            return states.GO
        return NO_EVENT

    def tick_fit(self, pressed: int) -> int:
        """Measure the feet, then load the program for their lengths."""
        status = self._status
        fitting = status.fitting
        if not status.fitted_mask:
            self._demands.drive_mode = DRIVE_PROBE
            fitting.tick()
            if fitting.fault != NO_FAULT:
                self._guard.trip(fitting.fault)
                return NO_EVENT
            if not fitting.is_over:
                return NO_EVENT
            status.fitted_mask = status.selection.choices.feet_mask()
        return states.GO if self.load_program() else self._stop(STOPPED_NOTHING)

    def load_program(self) -> bool:
        """Load the chosen program into clock and scheduler; return False if no stroke is left for the feet in use."""
        status = self._status
        selection = status.selection
        program = selection.program()
        fit = status.fitting.fit
        status.clock.load(program, fit)
        return status.scheduler.load(program, fit, selection.choices.feet_mask(), selection.people.get(LEFT_OUT))

    def tick_warm(self, pressed: int) -> int:
        """Warm the wells while the person spreads the lotion; START with the feet in begins the strokes."""
        status = self._status
        selection = status.selection
        self._demands.drive_mode = DRIVE_FOLLOW
        selection.change_levels(pressed)
        self._demands.heat_centi_c = selection.choices.heat_centi_c()
        are_in = status.feet.are_in
        if pressed & user_events.START and are_in:
            status.is_lotion_on = True
        is_ending_known = status.clock.compute()
        is_late = status.ticks_in_state > _WARM_MAX_TICKS
        may_begin = is_late or not selection.people.get(WAITS_WARM) or self._is_warm()
        if is_ending_known and status.is_lotion_on and are_in and may_begin:
            selection.send_levels(status.scheduler)
            status.scheduler.start(selection.is_given_once())
            return states.GO
        if not is_late:
            return NO_EVENT
        return self._stop(STOPPED_NO_ANSWER if are_in else STOPPED_FEET_OUT)

    def _is_warm(self) -> bool:
        choices = self._status.selection.choices
        if choices.heat == HEAT_OFF or not self._guard.may_heat():
            return True
        mask = choices.feet_mask()
        enough_centi_c = self._demands.heat_centi_c - _WARM_WITHIN_CENTI_K
        for foot in range(FEET):
            if mask >> foot & 1 and self._drives.heaters[foot].skin_centi_c < enough_centi_c:
                return False
        return True

    def _stop(self, reason: int) -> int:
        self._status.stop_reason = reason
        return states.STOP
