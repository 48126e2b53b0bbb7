"""Compute how long the ending of a program takes at most, one step per call; the session plans with the result.

A step takes an RP2040 half a millisecond and a program has hundreds: all in one tick they would starve the heartbeat,
so the outputs would be cut.
"""

from instep.axes import HOME
from instep.stroke.program import FEET_ALTERNATE, FEET_EACH
from instep.stroke.step_timing import StepTimer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.stroke.program import Program


class EndingDuration:
    """Walk a program with `timer` (which has the foot's length and the levels), from home to home in every phase.

    Call `begin`, then `go_on` until it returns False: `ticks` is then the longest time from a cut to the end, that is
    the longest stroke, the leave steps of its phase on both feet, and the closing phases. `first_ticks` is the same if
    a first foot may be cut, whose stroke the second one gets too, and `second_ticks` the longest stroke and leave
    steps of a second foot. Nothing is allocated.
    """

    def __init__(self) -> None:
        self._program: Program | None = None
        self.timer = StepTimer()
        self.levels = self.timer.levels
        self.ticks = self.first_ticks = self.second_ticks = 0
        self._phase = 0
        # Of the phase at hand: one turn, its longest stroke, from the cut of that stroke to the phase's end.
        self._turn_ticks = 0
        self._longest_ticks = 0
        self._cut_ticks = 0
        # Sections of a phase: enter, each repeat of the strokes, leave, and leave again as it is after a cut.
        self._section = 0
        self._stroke_ticks = self._leave_ticks = 0
        self._end = 0

    def begin(self, program: "Program") -> None:
        """Start with `program`."""
        self._program = program
        self.timer.data = program.data
        self.ticks = self.first_ticks = self.second_ticks = 0
        self._phase = 0
        self._begin_phase()

    def go_on(self) -> bool:
        """Walk one step; return False if none is left."""
        timer = self.timer
        while timer.at == self._end:
            if not self._begin_next_section():
                return False
        ticks = timer.step()
        if self._is_after_cut():
            self._cut_ticks += 2 * ticks
            return True
        self._turn_ticks += ticks
        self._stroke_ticks += ticks
        if timer.is_stroke_end:
            self._longest_ticks = max(self._longest_ticks, self._stroke_ticks)
            self._stroke_ticks = 0
        return True

    def _is_after_cut(self) -> bool:
        return self._section > self._program.repeats(self._phase) + 1

    def _begin_phase(self) -> None:
        program, phase = self._program, self._phase
        self.timer.set_pose(HOME)
        self.timer.begin_phase(program.tapers(phase))
        self._turn_ticks = self._longest_ticks = self._cut_ticks = 0
        self._section = 0
        self._set_section(program.enter_lane(phase), program.stroke_lane(phase))

    def _begin_next_section(self) -> bool:
        """Begin the next section or phase; return False after the last."""
        program, phase = self._program, self._phase
        self._section += 1
        repeats = program.repeats(phase)
        if self._section <= repeats:
            self._set_section(program.stroke_lane(phase), program.leave_lane(phase))
        elif self._section == repeats + 1 or (self._section == repeats + 2 and not program.is_closing(phase)):
            self._leave_ticks = self._stroke_ticks  # of the leave steps walked first, from the last stroke's end
            self._set_section(program.leave_lane(phase), program.end_lane(phase))
        else:
            self._end_phase()
            return self._phase < program.phase_count
        return True

    def _set_section(self, first_lane: int, end_lane: int) -> None:
        self.timer.at = self._program.lane_offset(first_lane)
        self._end = self._program.lane_offset(end_lane)
        self._stroke_ticks = 0

    def _end_phase(self) -> None:
        """Add the phase to the result; begin the next one, if any."""
        program, phase = self._program, self._phase
        if program.is_closing(phase):
            ticks = self._phase_ticks(program.feet(phase))
            self.ticks += ticks
            self.first_ticks += ticks
        else:
            self.ticks = max(self.ticks, self._longest_ticks + self._cut_ticks)
            if program.feet(phase) == FEET_EACH:
                leave_ticks = max(self._leave_ticks, self._cut_ticks // 2)
                self.second_ticks = max(self.second_ticks, self._longest_ticks + leave_ticks)
            self.first_ticks = max(self.ticks, 2 * self.second_ticks)
        self._phase += 1
        if self._phase < program.phase_count:
            self._begin_phase()

    def _phase_ticks(self, mode: int) -> int:
        """Return the ticks of the phase on both feet (alternate: plus half of the longest stroke)."""
        if mode == FEET_EACH:
            return 2 * self._turn_ticks
        return self._turn_ticks + self._longest_ticks // 2 if mode == FEET_ALTERNATE else self._turn_ticks
