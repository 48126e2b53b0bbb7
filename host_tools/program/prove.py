"""Compute the limits of a program: its maximum forces, speeds, travel, temperature and time.

Each figure holds for every foot from 203 to 323 mm, every intensity and every pace. `instep/stroke/verify.py` has
proved before that the selector moves only with the toe axes clear, and that every axis is home at the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from host_tools.program.extremes import max_stroke_ticks, max_ticks, min_ticks
from host_tools.program.machine_rules import STROKE_MAX_S
from host_tools.program.steps import lanes, phase_bytes, steps
from host_tools.program.timing import Case, program_ticks
from instep.axes import (
    AXES_PER_FOOT,
    HIGH,
    HOLD_ARCH,
    HOLD_HEEL,
    RATE_PER_S,
    RATE_PER_TICK,
    SOLE_PRESS,
    SOLE_STROKE,
    TICKS_PER_S,
    TOE_GRIP,
    TOE_REACH,
    TOE_TURN,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.levels import FORCE_PERMILLE, HEAT_CENTI_C, PACE_PERMILLE
from instep.stroke.foot_scaling import FOOT_MAX_UM
from instep.stroke.program import AXIS_WAIT, REACH_CLEAR, Program
from instep.units import CENTI, DECI, MN_PER_N, PERMILLE, UM_PER_MM

# Axis, name, unit, axis units in one unit.
_PLACES = (
    (TOP_PRESS, "force of the top roller", "N", MN_PER_N),
    (SOLE_PRESS, "force of the sole roller", "N", MN_PER_N),
    (HOLD_ARCH, "hold at the arch", "N", MN_PER_N),
    (HOLD_HEEL, "hold at the heel", "N", MN_PER_N),
    (TOE_GRIP, "grip of a toe", "N", MN_PER_N),
    (TOE_TURN, "turn of a toe", "degrees", DECI),
    (TOE_REACH, "travel along a toe", "mm", UM_PER_MM),
)
_SPEEDS = (
    (TOP_STROKE, "speed of the top roller"),
    (SOLE_STROKE, "speed of the sole roller"),
    (TOE_REACH, "speed along a toe"),
)


@dataclass(frozen=True)
class Bound:
    """The maximum that a program asks for, and the allowed maximum."""

    what: str
    maximum: float
    allowed: float
    unit: str


@dataclass(frozen=True)
class Duration:
    """A duration: minimum, on an average foot at the default levels, and maximum."""

    min_s: float
    usual_s: float
    max_s: float


@dataclass(frozen=True)
class Proof:
    """The limits and durations of one program."""

    bounds: tuple[Bound, ...]
    cycle: Duration
    closing: Duration


def prove(program: Program) -> Proof:
    """Return the limits and durations of a compiled program that `verify` has accepted."""
    return Proof(tuple(_bounds(program)), _duration(program, closing=False), _duration(program, closing=True))


def max_places(program: Program) -> list[int]:
    """Return each axis's maximum setpoint, without its sign, in its unit; reach only while it is on a toe."""
    maximum = [0] * AXES_PER_FOOT
    case = Case(FOOT_MAX_UM, FOOT_MAX_UM, max(FORCE_PERMILLE))
    timer = case.timer(program.data, case.length_um)
    for timer.at in _step_bytes(program):
        step = list(lanes(program.data, timer.at))
        timer.step()
        for axis, target, _ in step:
            if axis != AXIS_WAIT and (axis, target) != (TOE_REACH, REACH_CLEAR):
                maximum[axis] = max(maximum[axis], abs(timer.pose[axis]))
    return maximum


def max_speeds(program: Program) -> list[int]:
    """Return each axis's maximum speed, in its unit per tick, at the fastest pace."""
    maximum = [0] * AXES_PER_FOOT
    for at in _step_bytes(program):
        for axis, _, rate in lanes(program.data, at):
            if axis != AXIS_WAIT:
                speed = rate * max(PACE_PERMILLE) // PERMILLE if rate else RATE_PER_TICK[axis]
                maximum[axis] = max(maximum[axis], min(speed, RATE_PER_TICK[axis]))
    return maximum


def _bounds(program: Program) -> Iterator[Bound]:
    places, speeds = max_places(program), max_speeds(program)
    for axis, what, unit, per_unit in _PLACES:
        yield Bound(what, places[axis] / per_unit, HIGH[axis] / per_unit, unit)
    for axis, what in _SPEEDS:
        yield Bound(what, speeds[axis] * TICKS_PER_S / UM_PER_MM, RATE_PER_S[axis] / UM_PER_MM, "mm/s")
    set_point, maximum = HEAT_CENTI_C[program.heat], max(HEAT_CENTI_C)
    yield Bound("set point at the skin", set_point / CENTI, maximum / CENTI, "°C")
    longest = max(max_stroke_ticks(program, phase) for phase in range(program.phase_count))
    yield Bound("one stroke", longest / TICKS_PER_S, STROKE_MAX_S, "s")


def _duration(program: Program, closing: bool) -> Duration:
    usual = program_ticks(program, Case(), Case(), closing)
    ticks = (min_ticks(program, closing), usual, max_ticks(program, closing))
    return Duration(*(value / TICKS_PER_S for value in ticks))


def _step_bytes(program: Program) -> Iterator[int]:
    for phase in range(program.phase_count):
        start, _, _, end = phase_bytes(program, phase)
        yield from steps(program.data, start, end)
