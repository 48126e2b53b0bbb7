"""How long the ending of a program takes at most, which the session plans with; reckoned a step at a time.

A step takes an RP2040 half a millisecond, and a program has hundreds: all at once they would stop the loop's heart.
"""

from array import array

from instep.axes import AXES_PER_FOOT, HOME
from instep.stroke.program import FEET_ALTERNATE, FEET_EACH
from instep.stroke.step_timing import after_step, ends_stroke, step_ticks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.stroke.program import Program


class EndingDuration:
    """Walk a program for one foot length and one set of levels, from home to home in every phase.

    `begin`, then `go_on` until it says that nothing is left: `ticks` are the most from a cut to the end, that is the
    longest stroke, its phase's leave on both feet, and the closing phases. Nothing is allocated.
    """

    def __init__(self) -> None:
        self._pose = array("i", HOME)
        self._program: Program | None = None
        self.length_um = 0
        self.force_permille = 0
        self.press_max_mn = 0
        self.pace_permille = 0
        self.ticks = 0
        self._closing_ticks = 0
        self._phase = 0
        # Of the phase: its turn, the longest stroke, from the cut of that to the end.
        self._turn_ticks = 0
        self._longest_ticks = 0
        self._cut_ticks = 0
        # A section is the enter, one repeat of the strokes, the leave, or the leave once more, after a cut.
        self._section = 0
        self._stroke_ticks = 0
        self._at = 0
        self._end = 0

    def begin(self, program: "Program") -> None:
        """Go to the start of `program`."""
        self._program = program
        self.ticks = self._closing_ticks = 0
        self._phase = 0
        self._begin_phase()

    def go_on(self) -> bool:
        """Walk one step; return False when there is none left."""
        while self._at == self._end:
            if not self._begin_next_section():
                return False
        data = self._program.data
        ticks = step_ticks(
            data, self._at, self._pose, self.length_um, self.force_permille, self.press_max_mn, self.pace_permille
        )
        self._at = after_step(data, self._at)
        if self._is_after_cut():
            self._cut_ticks += 2 * ticks
            return True
        self._turn_ticks += ticks
        self._stroke_ticks += ticks
        if ends_stroke(data, self._at):
            self._longest_ticks = max(self._longest_ticks, self._stroke_ticks)
            self._stroke_ticks = 0
        return True

    def _is_after_cut(self) -> bool:
        return self._section > self._program.repeats(self._phase) + 1

    def _begin_phase(self) -> None:
        program, phase = self._program, self._phase
        for axis in range(AXES_PER_FOOT):
            self._pose[axis] = HOME[axis]
        self._turn_ticks = self._longest_ticks = self._cut_ticks = 0
        self._section = 0
        self._set_section(program.enter_lane(phase), program.stroke_lane(phase))

    def _begin_next_section(self) -> bool:
        """Go to the next section, or phase; return False behind the last."""
        program, phase = self._program, self._phase
        self._section += 1
        repeats = program.repeats(phase)
        if self._section <= repeats:
            self._set_section(program.stroke_lane(phase), program.leave_lane(phase))
        elif self._section == repeats + 1 or (self._section == repeats + 2 and not program.is_closing(phase)):
            self._set_section(program.leave_lane(phase), program.end_lane(phase))
        else:
            self._end_phase()
            return self._phase < program.phase_count
        return True

    def _set_section(self, first_lane: int, end_lane: int) -> None:
        self._at = self._program.lane_offset(first_lane)
        self._end = self._program.lane_offset(end_lane)
        self._stroke_ticks = 0

    def _end_phase(self) -> None:
        """Count the phase, and begin the next if there is one."""
        program, phase = self._program, self._phase
        if program.is_closing(phase):
            self._closing_ticks += self._phase_ticks(program.feet(phase))
            self.ticks += self._phase_ticks(program.feet(phase))
        else:
            longest = max(self.ticks - self._closing_ticks, self._longest_ticks + self._cut_ticks)
            self.ticks = longest + self._closing_ticks
        self._phase += 1
        if self._phase < program.phase_count:
            self._begin_phase()

    def _phase_ticks(self, mode: int) -> int:
        """Return the ticks of the phase on both feet (alternate: rounded up by half of the longest stroke)."""
        if mode == FEET_EACH:
            return 2 * self._turn_ticks
        return self._turn_ticks + self._longest_ticks // 2 if mode == FEET_ALTERNATE else self._turn_ticks
