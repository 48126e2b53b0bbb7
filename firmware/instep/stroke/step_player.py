"""Play the steps of a program on one foot, timed for the longer foot in use, so that both feet stay in time."""

from array import array

from instep.axes import AXES_PER_FOOT, HOME, ROLLERS_PER_FOOT, TOE_SELECT, TOP_PRESS
from instep.stroke.foot_scaling import roller_way_um
from instep.stroke.step_timing import StepTimer
from instep.stroke.taper import tapered
from instep.units import MILLI

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.stroke.program import Program
    from instep.stroke.trajectory import Trajectory


class StepPlayer:
    """Play a section of lanes step by step; save the start of each stroke, to begin it again after a pause."""

    def __init__(self, move: "Trajectory", setpoints: "array[int]", base: int) -> None:
        self._move = move
        self._setpoints = setpoints
        self._base = base
        self._timer = StepTimer()
        self._stroke_timer = StepTimer(self._timer)
        self._length_um = 0
        self._ways_um = array("i", [0] * ROLLERS_PER_FOOT)
        self._end_at = 0
        self._stroke_at = 0
        self._longer_saved = array("i", HOME)
        self.saved = array("i", HOME)  # this foot's pose at the stroke's start
        self.levels = self._timer.levels
        self._stroke_timer.levels = self.levels

    def load(self, program: "Program", length_um: int, longer_um: int) -> None:
        """Set the program, this foot's length and that of the longer foot in use."""
        self._timer.data = self._stroke_timer.data = program.data
        self._timer.length_um = self._stroke_timer.length_um = longer_um
        self._length_um = length_um
        for roller in range(ROLLERS_PER_FOOT):
            self._ways_um[roller] = roller_way_um(roller, length_um)

    def begin_phase(self, tapers: int) -> None:
        """Take the tapers of a phase."""
        self._timer.begin_phase(tapers)
        self._stroke_timer.begin_phase(tapers)

    def begin(self, at: int, end_at: int) -> bool:
        """Begin the first step of the section from byte `at` to `end_at`; return False if it is empty."""
        self._timer.at = at
        self._end_at = end_at
        return self.begin_next()

    def begin_next(self) -> bool:
        """Begin the section's next step; return False at its end."""
        if self._timer.at >= self._end_at:
            return False
        self.begin_step()
        return True

    def begin_step(self) -> None:
        """Begin the next step."""
        move = self._move
        move.clear()
        station = self._setpoints[self._base + TOE_SELECT] // MILLI
        move.begin(self._timer.step(move, self._length_um, station))

    def follow(self) -> None:
        """Let the force of each roller on its way follow its place, if the phase tapers it."""
        timer = self._timer
        if not timer.rolling:
            return
        for roller in range(ROLLERS_PER_FOOT):
            if timer.rolling >> roller & 1:
                at = self._base + roller
                self._setpoints[at + TOP_PRESS] = tapered(
                    timer.foot_forces[roller], self._setpoints[at], self._ways_um[roller], timer.tapers
                )

    def is_stroke_over(self) -> bool:
        """Return True if the step begun last is the last of its stroke."""
        return self._timer.is_stroke_end

    def save_stroke(self, at: int) -> None:
        """Save byte `at` as the start of the next stroke (-1: it follows the last step), and the pose before it."""
        timer = self._timer
        if at >= 0:
            timer.at = at
        self._stroke_at = timer.at
        for axis in range(AXES_PER_FOOT):
            self.saved[axis] = self._setpoints[self._base + axis]
            self._longer_saved[axis] = timer.pose[axis]

    def restore_stroke(self) -> None:
        """Go back to the start of the saved stroke, with the timing foot; the release moves this foot."""
        self._timer.at = self._stroke_at
        self._timer.set_pose(self._longer_saved)

    def reset_pose(self) -> None:
        """Set the timing foot home; the release has moved this foot."""
        self._timer.set_pose(HOME)

    def stroke_ticks(self) -> int:
        """Return how long the stroke at hand takes on the longer foot."""
        timer = self._stroke_timer
        timer.set_pose(self._longer_saved)
        timer.at = self._stroke_at
        return timer.stroke()
