"""Compute the duration of a compiled program, exact to the tick, with the firmware's `stroke/step_timing.py`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from host_tools.program.steps import phase_bytes, steps, strokes
from instep.axes import HIGH, SOLE_PRESS
from instep.levels import FORCE_PERMILLE, INTENSITY_DEFAULT, PACE_DEFAULT, PACE_PERMILLE
from instep.stroke.foot_scaling import FOOT_MAX_UM, FOOT_MIN_UM
from instep.stroke.program import FEET_ALTERNATE, FEET_EACH, FEET_LEFT, FEET_RIGHT, Program
from instep.stroke.step_timing import StepTimer
from instep.units import UM_PER_MM

# The firmware's arithmetic uses whole millimetres of a foot's length.
LENGTHS_UM = range(FOOT_MIN_UM, FOOT_MAX_UM + 1, UM_PER_MM)
FOOT_USUAL_UM = 260_000

Part = TypeVar("Part")


@dataclass(frozen=True)
class Case:
    """A foot, the longer of the two feet in use (whose time both keep), and the levels."""

    length_um: int = FOOT_USUAL_UM
    longer_um: int = FOOT_USUAL_UM
    force_permille: int = FORCE_PERMILLE[INTENSITY_DEFAULT - 1]
    press_max_mn: int = HIGH[SOLE_PRESS]
    pace_permille: int = PACE_PERMILLE[PACE_DEFAULT - 1]

    def timer(self, data: bytes, length_um: int, tapers: int = 0) -> StepTimer:
        """Return a timer of a phase's steps, tapered by `tapers`, on a foot of `length_um` at these levels."""
        timer = StepTimer()
        timer.data = data
        timer.length_um = length_um
        timer.begin_phase(tapers)
        timer.levels.set(self.force_permille, self.press_max_mn, self.pace_permille)
        return timer


@dataclass(frozen=True)
class PhaseTicks:
    """The ticks of one phase on one foot; `strokes` lists every repeat."""

    enter: int
    strokes: tuple[int, ...]
    leave: int

    @property
    def total(self) -> int:
        """Return the ticks of the whole phase."""
        return self.enter + sum(self.strokes) + self.leave


class _Walk:
    """Walk the steps of a phase on a foot and on the longer one; a step takes the longer of the two times."""

    def __init__(self, program: Program, phase: int, case: Case) -> None:
        self._data = program.data
        tapers = program.tapers(phase)
        lengths_um = sorted({case.length_um, case.longer_um})
        self._timers = [case.timer(program.data, length_um, tapers) for length_um in lengths_um]

    def ticks(self, start: int, end: int) -> int:
        """Return the ticks of the steps from byte `start` to byte `end`."""
        for timer in self._timers:
            timer.at = start
        return sum(max(timer.step() for timer in self._timers) for _ in steps(self._data, start, end))


def phase_ticks(program: Program, phase: int, case: Case) -> PhaseTicks:
    """Return the ticks of a phase on one foot."""
    return PhaseTicks(*phase_parts(program, phase, _Walk(program, phase, case).ticks))


def phase_parts(
    program: Program, phase: int, section: Callable[[int, int], Part]
) -> tuple[Part, tuple[Part, ...], Part]:
    """Return the enter, the strokes of every repeat and the leave of a phase on one foot.

    section: called in the order of the steps with the first byte of a part and the byte after its last.
    """
    start, first_stroke, leave, end = phase_bytes(program, phase)
    enter = section(start, first_stroke)
    bounds = list(strokes(program.data, first_stroke, leave))
    first = [section(*bound) for bound in bounds]
    # From the second repeat on, every repeat starts from the same pose.
    again = [section(*bound) for bound in bounds] if program.repeats(phase) > 1 else []
    return enter, (*first, *again * (program.repeats(phase) - 1)), section(leave, end)


def turn_ticks(program: Program, phase: int, left: Case, right: Case) -> int:
    """Return the ticks of a phase on both feet in use, as its feet mode says."""
    mode = program.feet(phase)
    on_left = phase_ticks(program, phase, left)
    on_right = on_left if right == left else phase_ticks(program, phase, right)
    if mode == FEET_LEFT:
        return on_left.total
    if mode == FEET_RIGHT:
        return on_right.total
    if mode == FEET_EACH:
        return on_left.total + on_right.total
    if mode == FEET_ALTERNATE:
        longer = replace(left, length_um=left.longer_um)
        timekeeper = on_left if longer == left else phase_ticks(program, phase, longer)
        return _alternate_ticks(on_left, on_right, [ticks // 2 for ticks in timekeeper.strokes])
    return max(on_left.total, on_right.total)


def program_ticks(program: Program, left: Case, right: Case, closing: bool) -> int:
    """Return the ticks of one cycle, or of the closing strokes, on both feet."""
    phases = [phase for phase in range(program.phase_count) if program.is_closing(phase) == closing]
    return sum(turn_ticks(program, phase, left, right) for phase in phases)


def _alternate_ticks(left: PhaseTicks, right: PhaseTicks, halves: Iterable[int]) -> int:
    """Return the ticks of a phase whose right foot stays half a stroke behind the left."""
    *_, (left_began, right_began) = alternate_begins(left, right, halves)
    left_at, right_at = left_began + left.strokes[-1], right_began + right.strokes[-1]
    return max(left_at + left.leave, right_at + right.leave)


def alternate_begins(left: PhaseTicks, right: PhaseTicks, halves: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the ticks at which each stroke of alternate feet begins, left and right, from the phase's begin on."""
    left_at, right_at = left.enter, right.enter
    right_began, half_before = 0, 0
    for stroke, half in enumerate(halves):
        left_began = max(left_at, right_began + half_before) if stroke else left_at
        left_at = left_began + left.strokes[stroke]
        right_began = max(right_at, left_began + half)
        right_at = right_began + right.strokes[stroke]
        half_before = half
        yield left_began, right_began
