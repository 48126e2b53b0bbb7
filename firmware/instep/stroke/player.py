"""Play the strokes of one phase on one foot, and let the foot go when the session pauses or stops."""

from instep.axes import AXES_PER_FOOT
from instep.stroke.foot_release import FootRelease
from instep.stroke.modes import BRAKE, ENTER, HELD, LEAVE, RELEASE, REST, RETRACT, STROKE, WAIT
from instep.stroke.stay import Stay
from instep.stroke.step_player import StepPlayer
from instep.stroke.trajectory import Trajectory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array

    from instep.stroke.program import Program
    from instep.stroke.step_timing import StrokeLevels


class Player:
    """Player of one foot; the scheduler chooses its phase and when a stroke may start.

    Two machines move the foot's axes: the step player in ENTER, STROKE and LEAVE, the release from BRAKE on.
    """

    def __init__(self, levels: "StrokeLevels", setpoints: "array[int]", foot: int) -> None:
        base = foot * AXES_PER_FOOT
        self._levels = levels
        self._move = Trajectory(setpoints, base)
        self._steps = StepPlayer(self._move, setpoints, base)
        self._release = FootRelease(self._move)
        self.stay = Stay(self._move, setpoints, base)
        self._is_once_more = False
        self._program: Program | None = None
        self._interrupted = REST
        self.mode = REST
        self.phase = 0
        self.strokes = 0  # to give in this phase, all repeats
        self.begun = 0  # strokes begun
        self.done = 0  # strokes done
        self.given = 0  # strokes done since power-up
        self.since_start = 0  # ticks since the newest stroke began

    def load(self, program: "Program", length_um: int, longer_um: int) -> None:
        """Set the program and this foot's length; `longer_um` is that of the longer foot in use."""
        self._program = program
        self._steps.load(program, length_um, longer_um)
        self.stay.load(length_um)

    def begin(self, phase: int, strokes: int = 0) -> None:
        """Play `phase` from its enter steps on; only its first strokes if `strokes` says how many."""
        program = self._program
        self.phase = phase
        self.strokes = strokes or program.stroke_count(phase) * program.repeats(phase)
        self.begun = self.done = 0
        self._is_once_more = False
        self._steps.levels.copy(self._levels)
        self._steps.begin_phase(program.tapers(phase))
        self.mode = ENTER
        if not self._steps.begin(program.lane_offset(program.enter_lane(phase)), self._strokes_at()):
            self._wait_for_stroke()

    def interrupt(self, retract: bool) -> None:
        """Brake, let the foot go and hold (or, with `retract`, go home)."""
        mode = self.mode
        if mode == RETRACT or (mode == REST and not retract):
            return
        if mode == STROKE:
            self.begun -= 1
            self.stay.abandon()
        if WAIT <= mode <= LEAVE:
            self._interrupted = mode
        self.mode = self._release.let_go(retract, mode <= HELD)

    def linger(self) -> None:
        """Stay on the spot of a roller stroke for a while; give a stroke of the toes once more."""
        if self.mode != STROKE:
            return
        if self.stay.is_on or self.stay.presses():
            self.stay.ask()
        else:
            self._is_once_more = True

    def resume(self) -> None:
        """Return to the foot and continue at the start of what was interrupted."""
        if self.mode != HELD:
            return
        if self._interrupted == ENTER:
            self.begin(self.phase, self.strokes)
        elif self._interrupted == LEAVE:
            self.leave()
        else:
            self._steps.restore_stroke()
            self.mode = self._release.take_up(self._steps.saved)

    def is_letting_go(self) -> bool:
        """Return True while the rollers are being lifted and the holds opened."""
        mode = self.mode
        return mode == BRAKE or mode == RELEASE or (mode == RETRACT and not self._release.is_foot_free())

    def start_stroke(self) -> None:
        """Begin the stroke that the foot waits for, at the levels now set."""
        self._steps.levels.copy(self._levels)
        self.begun = self.done + 1
        self.since_start = 0
        self.mode = STROKE
        self._steps.begin_step()

    def leave(self) -> None:
        """Play the phase's leave steps."""
        program = self._program
        phase = self.phase
        self.mode = LEAVE
        if not self._steps.begin(
            program.lane_offset(program.leave_lane(phase)), program.lane_offset(program.end_lane(phase))
        ):
            self.mode = REST

    def stroke_ticks(self) -> int:
        """Return how long the stroke at hand takes on the longer foot at the levels it was begun with."""
        return self._steps.stroke_ticks()

    def tick(self) -> None:
        """Advance by one tick."""
        mode = self.mode
        if mode <= HELD:
            return
        if self.stay.is_on:
            self.stay.tick()
            self._steps.follow()
            return
        self.since_start += 1
        if mode == WAIT:
            return
        if mode >= BRAKE:
            self._tick_release()
            return
        self._move.advance()
        self._steps.follow()
        if self._move.is_over:
            self._next_step()

    def _tick_release(self) -> None:
        self.mode = self._release.tick()
        if self.mode == BRAKE:
            self._steps.follow()
        if self.mode == REST:
            self._steps.reset_pose()

    def _next_step(self) -> None:
        steps = self._steps
        if self.mode == STROKE:
            if steps.is_stroke_over() and self._is_once_more:
                self._is_once_more = False
                self.given += 1
                steps.restore_stroke()
                self.mode = WAIT
            elif steps.is_stroke_over():
                self.done += 1
                self.given += 1
                self._wait_for_stroke()
            else:
                steps.begin_step()
        elif not steps.begin_next():
            if self.mode == ENTER:
                self._wait_for_stroke()
            else:
                self.mode = REST

    def _wait_for_stroke(self) -> None:
        """Wait for the next stroke, or leave if all are done."""
        if self.done == self.strokes:
            self.leave()
            return
        is_first = self.done % self._program.stroke_count(self.phase) == 0
        self._steps.save_stroke(self._strokes_at() if is_first else -1)
        self.mode = WAIT

    def _strokes_at(self) -> int:
        """Return the byte offset of the phase's first stroke."""
        return self._program.lane_offset(self._program.stroke_lane(self.phase))
