"""Move the machine outside a session: one axis from the laptop, the self-test alone, or all of it to be cleaned.

Nothing moves before the whole self-test of a session has passed, including the relay's opening and closing. The
guard monitors as in a session. No axis is jogged while a foot is in a well, because the screening questions have not
been asked. An axis runs only while the request is repeated: the self-test takes longer than a request lasts, so no
single message can move anything.
"""

from array import array

from instep import user_events
from instep.axes import AXES, AXES_PER_FOOT, HOME, ROLLERS_PER_FOOT, SOLE_PRESS, SOLE_STROKE
from instep.guard.limits import JOG_HIGH, JOG_LOW, JOG_MAX_TICKS, JOG_REFRESH_TICKS
from instep.guard.selftest import FAILED, HOMING
from instep.session.cleaning import Cleaning, approach
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.drive.drives import Drives
    from instep.guard.selftest import SelfTest
    from instep.session.foot_monitor import FootMonitor

# States. JOG_TESTING: the self-test before jogging; JOG_CHECKING: the self-test alone. JOG_CLEANING: the person cleans
# the machine, and it moves for that; JOG_CLEANED: everything is without power meanwhile.
JOG_OFF, JOG_TESTING, JOGGING, JOG_CHECKING, JOG_CLEANING, JOG_CLEANED = range(6)
JOG_NAMES = ("", "testing", "jogging", "checking", "cleaning", "cleaned")

_NO_AXIS = const(-1)


class Jog:
    """Move one axis at a time with its own `setpoints`; `state` is JOG_OFF while it does nothing."""

    def __init__(self, drives: "Drives", selftest: "SelfTest", feet: "FootMonitor") -> None:
        self._feet = feet
        self._drives = drives
        self._selftest = selftest
        self.setpoints = array("i", [0] * AXES)
        self.state = JOG_OFF
        self._axis = _NO_AXIS
        self._value = 0
        self._fresh_ticks = 0
        self._ticks = 0
        self._cleaning = Cleaning(drives, selftest, self.setpoints)
        self._end()

    def is_allowed(self, axis: int, value: int) -> bool:
        """Return True if `value` is allowed for an axis (0..19, foot * 10 + axis); see `JOG_HIGH` for the units."""
        return 0 <= axis < AXES and JOG_LOW[axis % AXES_PER_FOOT] <= value <= JOG_HIGH[axis % AXES_PER_FOOT]

    def is_busy_for(self, axis: int) -> bool:
        """Return True if the self-test alone, or another axis, is under way."""
        return self.state == JOG_CHECKING or (self.state != JOG_OFF and axis != self._axis)

    def jog(self, axis: int, value: int) -> None:
        """Request `value` of an axis for another 200 ms; it must be allowed, and jogging not busy."""
        if self.state == JOG_OFF:
            self._begin(JOG_TESTING)
            self._axis = axis
        self._value = value
        self._fresh_ticks = JOG_REFRESH_TICKS

    def check(self) -> None:
        """Run the self-test up to its first movement; the state must be JOG_OFF."""
        self._begin(JOG_CHECKING)

    def clean(self) -> None:
        """Bring everything to where a cloth reaches it; the state must be JOG_OFF."""
        self._begin(JOG_CLEANING)
        self._cleaning.begin()

    def take(self, pressed: int) -> int:
        """Take the buttons' events while the person cleans; return the events that are left for the session.

        START brings everything home, if the wells are empty; any other button ends the cleaning where it is.
        """
        if self.state < JOG_CLEANING or not pressed:
            return pressed
        if self.state == JOG_CLEANED and pressed & user_events.START:
            if self._feet.are_wells_empty():
                self._begin(JOG_CLEANING)
                self._cleaning.go_home()
        elif pressed & user_events.BUTTONS:
            self._end()
        return pressed & (user_events.POWER | user_events.BEGIN)

    def selftest_state(self) -> int:
        """Return the self-test's state."""
        return self._selftest.state

    def selftest_fault(self) -> int:
        """Return the self-test's fault."""
        return self._selftest.fault

    def wants_relay(self) -> bool:
        """Return True if the relay should be closed."""
        return self.state == JOGGING or (JOG_OFF < self.state < JOG_CLEANED and self._selftest.wants_relay())

    def wants_servos(self) -> bool:
        """Return True if the servos should get pulses."""
        return self.state == JOGGING or (self.state == JOG_CLEANING and self._cleaning.wants_servos())

    def is_homing(self) -> bool:
        """Return True while rollers seek their stops."""
        return self.state == JOG_CLEANING and self._selftest.is_homing()

    def tick(self, may_run: bool) -> None:
        """Advance by one tick; `may_run`: the session is idle, without a fault, and no button ends it."""
        if self.state == JOG_OFF or (self.state == JOG_CLEANED and may_run):
            return
        if self.state != JOG_CHECKING:
            may_run = may_run and self._feet.are_wells_empty()
        if self.state < JOG_CHECKING:
            self._fresh_ticks -= 1
        self._ticks += 1
        if not may_run or self._fresh_ticks <= 0 or self._ticks > JOG_MAX_TICKS:
            self._end()
        elif self.state == JOG_CLEANING:
            self._clean()
        elif self.state == JOGGING:
            self._approach()
        else:
            self._test()

    def drive(self) -> None:
        """Drive the jogged axis for this tick."""
        drives = self._drives
        if self.state == JOG_CLEANING:
            self._cleaning.drive()
            return
        axis = self._axis % AXES_PER_FOOT
        roller = self._axis // AXES_PER_FOOT * ROLLERS_PER_FOOT + (axis & 1)
        if self.state == JOGGING and axis <= SOLE_STROKE:
            drives.back_off(self.setpoints, roller, self._value)
        elif self.state == JOGGING and axis <= SOLE_PRESS:
            drives.press_one(self.setpoints, roller)
        else:
            drives.lift(self.setpoints)

    def _begin(self, state: int) -> None:
        self.state = state
        self._ticks = 0
        self._fresh_ticks = JOG_REFRESH_TICKS
        self._selftest.begin()

    def _test(self) -> None:
        self._selftest.tick(False)
        if self._selftest.state == FAILED:
            self._end()
        elif self._selftest.state == HOMING:
            if self.state == JOG_CHECKING:
                self._end()
            else:
                self.state = JOGGING
                self._ticks = 0

    def _clean(self) -> None:
        """Go on to the pose for cleaning, then rest without power; or go home, then end."""
        if not self._cleaning.tick():
            return
        if self._cleaning.is_going_home:
            self._end()
        else:
            self.state = JOG_CLEANED

    def _approach(self) -> None:
        """Move the axis's setpoint slowly toward the value; rollers have no setpoint."""
        axis = self._axis % AXES_PER_FOOT
        if axis > SOLE_STROKE:
            approach(self.setpoints, self._axis, self._value)

    def _end(self) -> None:
        self.state = JOG_OFF
        self._axis = _NO_AXIS
        for index in range(AXES):
            self.setpoints[index] = HOME[index % AXES_PER_FOOT]
