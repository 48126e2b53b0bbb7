"""A session as a program plans it: the set points of both feet, tick by tick, for usual feet at the usual levels.

The steps are walked with the firmware's own arithmetic, so that a cycle is to the tick and to the set point that of
the board. Its cycles follow each other until the closing strokes must begin; there a plan cuts a stroke short.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from host_tools.massage.figures import FootFigures, Rows, figures_of
from host_tools.program.steps import steps
from host_tools.program.timing import FOOT_USUAL_UM, Case, PhaseTicks, alternate_begins, phase_parts
from instep.axes import AXES_PER_FOOT, HOME, ROLLERS_PER_FOOT, SOLE_PRESS, TICKS_PER_S, TOP_PRESS
from instep.stroke.foot_scaling import roller_way_um
from instep.stroke.program import FEET_ALTERNATE, FEET_EACH, FEET_LEFT, FEET_RIGHT, Program
from instep.stroke.step_timing import StepTimer
from instep.stroke.taper import tapered
from instep.stroke.trajectory import RAMP_TICKS
from instep.stroke.verify import MINUTES_ONCE
from instep.units import S_PER_MINUTE, UM_PER_MM

_NOTHING = np.zeros((0, AXES_PER_FOOT), dtype=np.int32)


@dataclass(frozen=True)
class _Turn:
    """A phase on one foot, a row for each tick; `strokes` lists every repeat."""

    enter: Rows
    strokes: tuple[Rows, ...]
    leave: Rows

    @property
    def ticks(self) -> PhaseTicks:
        return PhaseTicks(len(self.enter), tuple(len(rows) for rows in self.strokes), len(self.leave))

    def rows(self, begins: Sequence[int]) -> Rows:
        """Return all rows, with the strokes at `begins`: until then the foot waits as its last step left it."""
        rows = self.enter
        for begin, stroke in zip(begins, self.strokes, strict=True):
            rows = np.vstack([_waiting(rows, begin), stroke])
        return np.vstack([rows, self.leave])

    @property
    def at_once(self) -> Rows:
        """Return all rows, without waiting."""
        return np.vstack([self.enter, *self.strokes, self.leave])


def planned_figures(program: Program) -> tuple[FootFigures, FootFigures]:
    """Return what a session of a compiled program gives to the left and to the right foot."""
    rows = planned_rows(program)
    every = np.ones(len(rows), dtype=np.bool_)

    def figures(axes: Rows) -> FootFigures:
        force_mn = axes[:, TOP_PRESS : SOLE_PRESS + 1]
        return figures_of(axes, force_mn, every, FOOT_USUAL_UM / UM_PER_MM, 1 / TICKS_PER_S)

    return figures(rows[:, :AXES_PER_FOOT]), figures(rows[:, AXES_PER_FOOT:])


def planned_rows(program: Program) -> Rows:
    """Return the set points of all axes, a row for each tick of the session."""
    phases = [(program.is_closing(phase), _both_feet(program, phase)) for phase in range(program.phase_count)]
    repeated = np.vstack([rows for is_closing, rows in phases if not is_closing])
    closing = np.vstack([rows for is_closing, rows in phases if is_closing])
    if program.minutes == MINUTES_ONCE:
        return np.vstack([repeated, closing])
    ticks = max(0, program.minutes * S_PER_MINUTE * TICKS_PER_S - len(closing))
    cycles = np.vstack([repeated] * (ticks // len(repeated) + 1))
    return np.vstack([cycles[:ticks], closing])


def _both_feet(program: Program, phase: int) -> Rows:
    """Return the rows of a phase: the left foot's axes, then the right foot's."""
    turn = _turn(program, phase)
    mode = program.feet(phase)
    if mode == FEET_ALTERNATE:
        halves = [ticks // 2 for ticks in turn.ticks.strokes]
        begins = list(alternate_begins(turn.ticks, turn.ticks, halves))
        return _beside(turn.rows([left for left, _ in begins]), turn.rows([right for _, right in begins]))
    left = _NOTHING if mode == FEET_RIGHT else turn.at_once
    right = _NOTHING if mode == FEET_LEFT else turn.at_once
    if mode == FEET_EACH:
        return np.vstack([_beside(left, _NOTHING), _beside(_NOTHING, right)])
    return _beside(left, right)


def _beside(left: Rows, right: Rows) -> Rows:
    ticks = max(len(left), len(right))
    return np.hstack([_waiting(left, ticks), _waiting(right, ticks)])


def _waiting(rows: Rows, ticks: int) -> Rows:
    """Return `rows` and the last of them again, or home, until there are `ticks`."""
    last = rows[-1:] if len(rows) else np.array([HOME], dtype=np.int32)
    return np.vstack([rows, np.repeat(last, ticks - len(rows), axis=0)])


def _turn(program: Program, phase: int) -> _Turn:
    timer = Case().timer(program.data, FOOT_USUAL_UM, program.tapers(phase))

    def section(first: int, last: int) -> Rows:
        timer.at = first
        return np.vstack([_NOTHING, *(_step_rows(timer) for _ in steps(program.data, first, last))])

    return _Turn(*phase_parts(program, phase, section))


def _step_rows(timer: StepTimer) -> Rows:
    """Walk a step; return the pose after each of its ticks, as `stroke/trajectory.py` moves it."""
    before = np.array(timer.pose, dtype=np.int64)
    ticks = timer.step()
    after = np.array(timer.pose, dtype=np.int64)
    done, whole = _progress(ticks)
    moved = done[:, None] * np.abs(after - before) // whole
    rows: Rows = (before + np.sign(after - before) * moved).astype(np.int32)
    for roller in range(ROLLERS_PER_FOOT):
        if timer.rolling >> roller & 1:
            way_um = roller_way_um(roller, timer.length_um)
            force = timer.forces[roller]
            rows[:, roller + TOP_PRESS] = [tapered(force, int(um), way_um, timer.tapers) for um in rows[:, roller]]
    return rows


def _progress(ticks: int) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int64]], int]:
    """Return the sum of the weights after each tick of a move, and that of the whole move."""
    tick = np.arange(ticks)
    weights = np.minimum(np.minimum(2 * tick + 1, 2 * (ticks - tick) - 1), 2 * RAMP_TICKS)
    done = np.cumsum(weights)
    return done, int(done[-1])
