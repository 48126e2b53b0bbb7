"""Find the longest and the shortest duration of a program, over every foot, intensity and pace.

Longest: the distance of each lane grows or shrinks with the foot, so a step is longest on the shortest or on the
longest foot. With one of each in the machine, every step takes the longer of the two times.
Shortest: two equal feet, because a longer second foot only adds time; every millimetre of length is tried.
"""

from collections.abc import Iterable, Iterator

from host_tools.program.steps import phase_bytes
from host_tools.program.timing import LENGTHS_UM, Case, phase_ticks, program_ticks
from instep.axes import SOLE_STROKE, TOE_REACH, TOP_STROKE
from instep.levels import FORCE_PERMILLE, PACE_PERMILLE
from instep.stroke.foot_scaling import FOOT_MAX_UM, FOOT_MIN_UM
from instep.stroke.program import AXIS_WAIT, END_STEP, FEET_ALTERNATE, LANE_BYTES, Program

_SIZED_AXES = (TOP_STROKE, SOLE_STROKE, TOE_REACH)
_SLOWEST, _FASTEST = min(PACE_PERMILLE), max(PACE_PERMILLE)


def slowest_cases() -> Iterator[Case]:
    """Yield one case per intensity; the longest duration is among them."""
    for force in FORCE_PERMILLE:
        yield Case(FOOT_MIN_UM, FOOT_MAX_UM, force_permille=force, pace_permille=_SLOWEST)


def max_ticks(program: Program, closing: bool) -> int:
    """Return the maximum ticks of one cycle, or of the closing strokes."""
    return max(program_ticks(program, case, case, closing) for case in slowest_cases())


def max_stroke_ticks(program: Program, phase: int) -> int:
    """Return the maximum ticks of one stroke of a phase."""
    return max(max(phase_ticks(program, phase, case).strokes) for case in slowest_cases())


def min_ticks(program: Program, closing: bool) -> int:
    """Return the minimum ticks of one cycle, or of the closing strokes."""

    def minimum(lengths_um: Iterable[int], forces: Iterable[int]) -> tuple[int, int]:
        cases = [Case(length, length, force, pace_permille=_FASTEST) for length in lengths_um for force in forces]
        return min((program_ticks(program, case, case, closing), case.force_permille) for case in cases)

    if not is_separable(program):
        return minimum(LENGTHS_UM, FORCE_PERMILLE)[0]
    _, force = minimum(LENGTHS_UM[:1], FORCE_PERMILLE)
    return minimum(LENGTHS_UM, (force,))[0]


def is_separable(program: Program) -> bool:
    """Return True if no step depends on both foot length and intensity, so that each can be varied alone."""
    for phase in range(program.phase_count):
        start, _, _, end = phase_bytes(program, phase)
        is_mixed = program.tapers(phase) != 0 or program.feet(phase) == FEET_ALTERNATE
        if is_mixed or not _steps_are_separable(program.data, start, end):
            return False
    return True


def _steps_are_separable(data: bytes, at: int, end: int) -> bool:
    is_sized = is_forced = False
    for lane in range(at, end, LANE_BYTES):
        axis = data[lane]
        is_sized |= axis in _SIZED_AXES
        is_forced |= axis not in (*_SIZED_AXES, AXIS_WAIT)
        if is_sized and is_forced:
            return False
        if data[lane + 1] & END_STEP:
            is_sized = is_forced = False
    return True
