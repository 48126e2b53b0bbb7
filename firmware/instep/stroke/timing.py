"""How long parts of a program take at most: what the session plans its ending with."""

from array import array

from instep.axes import AXES_PER_FOOT, HOME
from instep.stroke.program import FEET_ALTERNATE, FEET_EACH
from instep.stroke.walk import after_step, ends_stroke, step_ticks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.stroke.program import Program


class Timing:
    """Count ticks of a program for one foot length and one set of levels; `pose` is scratch, nothing is allocated."""

    def __init__(self) -> None:
        self._pose = array("i", HOME)
        self.length_um = 0
        self.force_permille = 0
        self.press_max_mn = 0
        self.pace_permille = 0
        self.longest_stroke_ticks = 0

    def turn_ticks(self, program: "Program", phase: int) -> int:
        """Return the ticks of a turn of `phase` from home to home; raise `longest_stroke_ticks` on the way."""
        for axis in range(AXES_PER_FOOT):
            self._pose[axis] = HOME[axis]
        ticks = self._section_ticks(program, program.enter_lane(phase), program.stroke_lane(phase))
        for _ in range(program.repeats(phase)):
            ticks += self._section_ticks(program, program.stroke_lane(phase), program.leave_lane(phase))
        return ticks + self._section_ticks(program, program.leave_lane(phase), program.end_lane(phase))

    def phase_ticks(self, program: "Program", phase: int) -> int:
        """Return the ticks of `phase` on both feet (alternate: rounded up by half of the longest stroke)."""
        self.longest_stroke_ticks = 0
        ticks = self.turn_ticks(program, phase)
        mode = program.feet(phase)
        if mode == FEET_EACH:
            return 2 * ticks
        return ticks + self.longest_stroke_ticks // 2 if mode == FEET_ALTERNATE else ticks

    def ending_ticks(self, program: "Program") -> int:
        """Return the most ticks from a cut to the end: the longest stroke, its phase's leave, the closing phases."""
        longest = 0
        ending = 0
        for phase in range(program.phase_count):
            ticks = self.phase_ticks(program, phase)
            if program.is_closing(phase):
                ending += ticks
            else:
                longest = max(longest, self.longest_stroke_ticks + self._leave_ticks(program, phase))
        return longest + ending

    def _leave_ticks(self, program: "Program", phase: int) -> int:
        return 2 * self._section_ticks(program, program.leave_lane(phase), program.end_lane(phase))

    def _section_ticks(self, program: "Program", first_lane: int, end_lane: int) -> int:
        at = program.lane_offset(first_lane)
        end = program.lane_offset(end_lane)
        ticks = stroke = 0
        while at < end:
            step = step_ticks(
                program.data,
                at,
                self._pose,
                self.length_um,
                self.force_permille,
                self.press_max_mn,
                self.pace_permille,
            )
            ticks += step
            stroke += step
            at = after_step(program.data, at)
            if ends_stroke(program.data, at):
                self.longest_stroke_ticks = max(self.longest_stroke_ticks, stroke)
                stroke = 0
        return ticks
