"""When a session has to end: the chosen time, less what the ending still takes."""

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

# Beside its strokes, an ending may have to take the foot up again after a pause (holds, then presses: 2.2 s at their
# axes' speeds) and has to let everything go at its end.
_ENDING_SPARE_TICKS = const(250)

# Of a program, in a tick: a step takes an RP2040 half a millisecond.
_STEPS_AT_ONCE = const(3)


class SessionClock:
    """Know when to begin the ending; `ticks` counts from the self-test, `active_ticks` leaves pauses out."""

    def __init__(self, choices: "Choices") -> None:
        self._choices = choices
        self._timing = EndingDuration()
        self._program: Program | None = None
        self._pace = len(PACE_PERMILLE)
        self._ending_ticks = array("i", [0] * len(PACE_PERMILLE))
        self._is_once = False
        self.ticks = 0
        self.active_ticks = 0

    def begin(self) -> None:
        """Start counting."""
        self.ticks = self.active_ticks = 0

    def count(self, is_paused: bool) -> None:
        """Count one tick."""
        self.ticks += 1
        if not is_paused:
            self.active_ticks += 1

    def load(self, program: "Program", fit: "FootLengths") -> None:
        """Begin to reckon how long the ending of `program` takes at each pace, firmest force and longer foot."""
        self._program = program
        self._is_once = program.minutes == MINUTES_ONCE
        timing = self._timing
        timing.timer.length_um = max(fit.length_um[0], fit.length_um[1])
        timing.levels.force_permille = FORCE_PERMILLE[-1]
        timing.levels.press_max_mn = self._choices.press_max_mn()
        self._pace = 0
        self._begin_pace()

    def compute(self) -> bool:
        """Go on reckoning, for some 1.5 ms; return whether it is done: until then no stroke may begin."""
        for _ in range(_STEPS_AT_ONCE):
            if self._pace == len(PACE_PERMILLE):
                return True
            if not self._timing.go_on():
                self._ending_ticks[self._pace] = self._timing.ticks + _ENDING_SPARE_TICKS
                self._pace += 1
                self._begin_pace()
        return self._pace == len(PACE_PERMILLE)

    def _begin_pace(self) -> None:
        if self._pace < len(PACE_PERMILLE):
            self._timing.levels.pace_permille = PACE_PERMILLE[self._pace]
            self._timing.begin(self._program)

    def is_time_up(self) -> bool:
        """Tell whether the closing strokes have to begin after this stroke."""
        if self.is_limit_near():
            return True
        chosen = self._choices.minutes * TICKS_PER_MINUTE
        return not self._is_once and self.active_ticks >= chosen - self._ending_ticks[self._choices.pace - 1]

    def is_limit_near(self) -> bool:
        """Tell whether the longest session that the guard allows leaves time for the ending only."""
        return self.ticks >= SESSION_MAX_TICKS - self._ending_ticks[self._choices.pace - 1]

    def is_over(self) -> bool:
        """Tell whether the longest session that the guard allows is over, whatever still plays."""
        return self.ticks > SESSION_MAX_TICKS

    def seconds_left(self) -> int:
        """Return the seconds until the chosen time is over, at least 0."""
        return max(0, self._choices.minutes * TICKS_PER_MINUTE - self.active_ticks) // TICKS_PER_S
