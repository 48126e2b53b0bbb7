"""The longest and shortest that a program can last, over every foot, intensity and pace.

Longest: every lane's distance grows or shrinks with the foot, so a step takes longest on the least or on the
greatest foot, and the smaller of two such feet, keeping time with the longer, meets the longer of both in every step.
Shortest: two equal feet, for a longer foot only adds time; which one is found by trying each millimetre.
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
    """Yield the cases, one per intensity, one of which lasts longest."""
    for force in FORCE_PERMILLE:
        yield Case(FOOT_MIN_UM, FOOT_MAX_UM, force_permille=force, pace_permille=_SLOWEST)


def greatest_ticks(program: Program, closing: bool) -> int:
    """Return the most ticks of one cycle, or of the closing strokes."""
    return max(program_ticks(program, case, case, closing) for case in slowest_cases())


def greatest_stroke_ticks(program: Program, phase: int) -> int:
    """Return the most ticks of one stroke of a phase."""
    return max(max(phase_ticks(program, phase, case).strokes) for case in slowest_cases())


def min_ticks(program: Program, closing: bool) -> int:
    """Return the fewest ticks of one cycle, or of the closing strokes."""

    def minimum(lengths_um: Iterable[int], forces: Iterable[int]) -> tuple[int, int]:
        cases = [Case(length, length, force, pace_permille=_FASTEST) for length in lengths_um for force in forces]
        return min((program_ticks(program, case, case, closing), case.force_permille) for case in cases)

    if not is_separable(program):
        return minimum(LENGTHS_UM, FORCE_PERMILLE)[0]
    _, force = minimum(LENGTHS_UM[:1], FORCE_PERMILLE)
    return minimum(LENGTHS_UM, (force,))[0]


def is_separable(program: Program) -> bool:
    """Tell whether no step depends on both the foot's length and the intensity, so that each can be tried alone."""
    for phase in range(program.phase_count):
        start, _, _, end = phase_bytes(program, phase)
        if program.feet(phase) == FEET_ALTERNATE or not _steps_are_separable(program.data, start, end):
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
