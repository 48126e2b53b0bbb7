"""When a session has to end: the chosen time, minus the duration of its ending."""

from array import array

from instep.axes import TICKS_PER_S
from instep.guard.limits import SESSION_MAX_TICKS
from instep.levels import FORCE_PERMILLE, PACE_PERMILLE
from instep.stroke.ending_duration import EndingDuration
from instep.stroke.verify import MINUTES_ONCE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.session.choices import Choices
    from instep.stroke.foot_scaling import FootLengths
    from instep.stroke.program import Program

TICKS_PER_MINUTE = 60 * TICKS_PER_S

# Beside its strokes, an ending may have to grip the foot again after a pause (holds, then presses: 2.2 s at the speeds
# of their axes), and has to release everything at its end.
_ENDING_SPARE_TICKS = const(250)

# Steps of a program that are computed in a tick: each takes an RP2040 half a millisecond.
_STEPS_PER_TICK = const(3)


class SessionClock:
    """Find when the ending must begin.

    `ticks` counts from the self-test on; `active_ticks` from the first stroke, without the pauses. `has_begun`: there
    was a first stroke.
    """

    def __init__(self, choices: "Choices") -> None:
        self._choices = choices
        self._timing = EndingDuration()
        self._program: Program | None = None
        self._pace = len(PACE_PERMILLE)
        # By pace: the ending, the ending from a first foot's turn on, and what a second foot may take of it.
        self._ending_ticks = array("i", [0] * len(PACE_PERMILLE))
        self._first_ticks = array("i", self._ending_ticks)
        self._second_ticks = array("i", self._ending_ticks)
        self._is_once = False
        self.ticks = 0
        self.active_ticks = 0
        self.has_begun = False

    def begin(self) -> None:
        """Start counting."""
        self.ticks = self.active_ticks = 0
        self.has_begun = False

    def count(self, is_massage: bool) -> None:
        """Count one tick of the session, `is_massage`: in its strokes."""
        self.ticks += 1
        if is_massage and self.has_begun:
            self.active_ticks += 1

    def load(self, program: "Program", fit: "FootLengths") -> None:
        """Begin to compute the duration of the ending of `program` at each pace, firmest force and longer foot."""
        self._program = program
        self._is_once = program.minutes == MINUTES_ONCE
        timing = self._timing
        timing.timer.length_um = max(fit.length_um[0], fit.length_um[1])
        timing.levels.force_permille = FORCE_PERMILLE[-1]
        timing.levels.press_max_mn = self._choices.press_max_mn()
        self._pace = 0
        self._begin_pace()

    def compute(self) -> bool:
        """Compute up to three more steps (1.5 ms); return True when done: until then no stroke may begin."""
        for _ in range(_STEPS_PER_TICK):
            if self._pace == len(PACE_PERMILLE):
                return True
            if not self._timing.go_on():
                self._ending_ticks[self._pace] = self._timing.ticks + _ENDING_SPARE_TICKS
                self._first_ticks[self._pace] = self._timing.first_ticks + _ENDING_SPARE_TICKS
                self._second_ticks[self._pace] = self._timing.second_ticks
                self._pace += 1
                self._begin_pace()
        return self._pace == len(PACE_PERMILLE)

    def _begin_pace(self) -> None:
        if self._pace < len(PACE_PERMILLE):
            self._timing.levels.pace_permille = PACE_PERMILLE[self._pace]
            self._timing.begin(self._program)

    def is_time_up(self, owed_ticks: int = 0, early_ticks: int = 0) -> bool:
        """Return True if the closing strokes have to begin after this stroke, or within `early_ticks`.

        `owed_ticks`: what a second foot takes before them, apart from this stroke, because the first one got it.
        """
        pace = self._choices.pace - 1
        early_ticks += owed_ticks
        # The guard's limit cuts a second foot's strokes too: so much earlier, it does not come to that.
        if self.is_limit_near(early_ticks + self._second_ticks[pace] if owed_ticks else early_ticks):
            return True
        ending = self._first_ticks[pace] if owed_ticks else self._ending_ticks[pace]
        chosen = self._choices.minutes * TICKS_PER_MINUTE - early_ticks
        return not self._is_once and self.active_ticks >= chosen - ending

    def is_limit_near(self, early_ticks: int = 0) -> bool:
        """Return True if the guard's limit for a session leaves only time for the ending, or will in `early_ticks`."""
        return self.ticks + early_ticks >= self._limit_ticks()

    def is_over(self) -> bool:
        """Return True if the guard's limit for a session has passed."""
        return self.ticks > SESSION_MAX_TICKS

    def pause_seconds_left(self) -> int:
        """Return the seconds until a pause has lasted too long, at least 0."""
        return max(0, self._limit_ticks() - self.ticks) // TICKS_PER_S

    def seconds_left(self) -> int:
        """Return the seconds until the chosen time, or the guard's limit, is over; at least 0."""
        left = min(self._choices.minutes * TICKS_PER_MINUTE - self.active_ticks, SESSION_MAX_TICKS - self.ticks)
        return max(0, left) // TICKS_PER_S

    def _limit_ticks(self) -> int:
        """Return the tick of the session at which the guard's limit leaves only time for the ending."""
        return SESSION_MAX_TICKS - self._ending_ticks[self._choices.pace - 1]
