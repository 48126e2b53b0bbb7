"""Prove that a compiled program is safe to play, whichever tool made it: structure, ranges, the toe interlock.

The person's commands stay within what is proved here. A technique given again starts from home, where every phase
ends. A second foot's turn that ends with as few strokes as the first one got ends as a cut does, at a stroke's end. A
stroke of the toes given once more starts with the toe axes clear, as every stroke ends. Lingering moves rollers alone,
within the foot, and the step's axes then go on to the same targets (`stay.py`).

A tapered roller (`taper.py`) never presses more than a lane of the same stroke asks of it, and its force changes no
faster than its axis may: only a step that moves its place changes the force by the taper, and takes the time for it.

Runs once, when a program is loaded; the laptop's checker and the board use the same function.
"""

from instep.axes import (
    AXES_PER_FOOT,
    HIGH,
    HOME,
    LOW,
    NAMES,
    ROLLERS_PER_FOOT,
    SOLE_STROKE,
    STATIONS,
    TICKS_PER_S,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
)
from instep.levels import HEAT_MAX, MINUTES
from instep.stroke.program import (
    AXIS_WAIT,
    END_STEP,
    END_STROKE,
    FEET_MODES,
    REACH_CLEAR,
    SOLE,
    TECHNIQUES,
    Program,
    ProgramError,
)
from instep.stroke.step_timing import lane_rate, lane_target
from instep.stroke.taper import TAPER_MAX_PERCENT
from instep.units import MN_PER_CN, PERMILLE

# A step waits a minute at most, a phase repeats a hundred times at most. Start values.
WAIT_MAX_TICKS = 60 * TICKS_PER_S
REPEATS_MAX = 100
RATE_MAX_DECI_MM_S = 1000

# A program of 0 minutes runs once.
MINUTES_ONCE = 0

# The letters that settings and journal can store.
_NAME_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-"

# Axes that have to be home before the toe selector moves.
_CLEAR_AXES = (TOE_REACH, TOE_TURN, TOE_GRIP)


def verify(program: Program) -> None:
    """Raise ProgramError naming phase and lane unless every rule of this file holds."""
    if not program.name or [letter for letter in program.name if letter not in _NAME_LETTERS]:
        raise ProgramError("program's name is %s, allowed is 1 to 16 of a-z, 0-9 and -" % repr(program.name))
    if program.minutes != MINUTES_ONCE and program.minutes not in MINUTES:
        raise ProgramError("program lasts %d minutes, allowed 0, 10, 15, 20, 30" % program.minutes)
    if program.heat > HEAT_MAX:
        raise ProgramError("heat level is %d, allowed 0 to %d" % (program.heat, HEAT_MAX))
    if program.phase_count == 0 or program.is_closing(0) or not program.is_closing(program.phase_count - 1):
        raise ProgramError("program needs at least one phase and, last, the closing strokes")
    lane = 0
    was_closing = False
    for phase in range(program.phase_count):
        if program.enter_lane(phase) != lane:
            raise ProgramError("phase %d: lanes do not follow on" % (phase + 1))
        if was_closing and not program.is_closing(phase):
            raise ProgramError("phase %d: stands after the closing strokes" % (phase + 1))
        was_closing = program.is_closing(phase)
        _PhaseCheck(program, phase).run()
        lane = program.end_lane(phase)
    if lane != program.lane_count:
        raise ProgramError("lanes beyond the last phase")


def target_range(axis: int) -> "tuple[int, int]":
    """Return the minimum and maximum target of an axis (or AXIS_WAIT) in program units."""
    if axis == AXIS_WAIT:
        return 1, WAIT_MAX_TICKS
    if axis <= SOLE_STROKE:
        return 0, PERMILLE
    if axis == TOE_SELECT:
        return 0, STATIONS - 1
    if axis == TOE_REACH:
        return REACH_CLEAR, PERMILLE
    if axis == TOE_TURN:
        return LOW[axis], HIGH[axis]
    return 0, HIGH[axis] // MN_PER_CN


class _PhaseCheck:
    """Walk one phase and check it; the pose holds the axes' targets in program units.

    The functions that run for every lane are small: beyond 11 words of variables and stack MicroPython allocates a
    call's frame on the heap, which on a board in use takes 0.2 ms.
    """

    def __init__(self, program: Program, phase: int) -> None:
        self._program = program
        self._phase = phase
        self._lane = program.enter_lane(phase)
        self._pose = list(HOME)
        self._pose[TOE_REACH] = REACH_CLEAR
        self._home = list(self._pose)
        self._before = list(self._pose)
        self._away = 0  # bit per axis that can be away from home at a stroke's end, where a cut comes
        self._moved = 0  # bit per axis that has a lane in the current section
        self._pressed = 0  # bit per axis that has a lane in the stroke, or the section, until the current step
        self._is_tapered = program.tapers(phase) != 0

    def run(self) -> None:
        program = self._program
        phase = self._phase
        strokes = program.stroke_lane(phase)
        leave = program.leave_lane(phase)
        end = program.end_lane(phase)
        self._require(program.technique(phase) < len(TECHNIQUES), "unknown technique")
        self._require(program.feet(phase) < len(FEET_MODES), "unknown feet")
        self._require(1 <= program.repeats(phase) <= REPEATS_MAX, "repeats outside 1 to %d" % REPEATS_MAX)
        self._check_tapers(program.tapers(phase))
        self._require(self._lane <= strokes < leave <= end <= program.lane_count, "lanes out of order")
        self._walk_steps(strokes, False)
        self._require_clear("before its strokes")
        self._note_away()
        self._walk_steps(leave, True)
        self._walk_steps(end, False)
        for axis in range(AXES_PER_FOOT):
            if self._pose[axis] != self._home[axis]:
                self._refuse(NAMES[axis] + " is not home at its end")
            if self._away & ~self._moved & 1 << axis:
                self._refuse(NAMES[axis] + " is not brought home after every stroke")

    def _check_tapers(self, tapers: int) -> None:
        is_in_range = tapers & 0xFF <= TAPER_MAX_PERCENT and tapers >> 8 <= TAPER_MAX_PERCENT
        self._require(is_in_range, "taper over %d %%" % TAPER_MAX_PERCENT)
        has_rollers = self._program.technique(self._phase) <= SOLE
        self._require(not tapers or has_rollers, "taper without a roller")

    def _note_away(self) -> None:
        pose = self._pose
        home = self._home
        for axis in range(AXES_PER_FOOT):
            if pose[axis] != home[axis]:
                self._away |= 1 << axis

    def _walk_steps(self, end: int, in_strokes: bool) -> None:
        strokes = self._moved = self._pressed = 0
        flags = END_STEP | END_STROKE
        while self._lane < end:
            flags = self._walk_step(end, in_strokes)
            if flags & END_STROKE:
                strokes += 1
                self._pressed = 0
                self._require_clear("at a stroke's end")
                self._note_away()
        if in_strokes:
            self._require(flags & END_STROKE != 0, "its last stroke has no end")
            self._require(strokes == self._program.stroke_count(self._phase), "wrong number of strokes")

    def _walk_step(self, end: int, in_strokes: bool) -> int:
        """Check one step and move the pose; return the flags of its last lane."""
        self._note_before()
        seen = flags = 0
        while not flags & END_STEP:
            if self._lane >= end:
                self._refuse("a step has no end")
            at = self._program.lane_offset(self._lane)
            seen |= self._check_lane(at, seen)
            flags = self._program.data[at + 1]
            self._check_flags(flags, in_strokes)
            self._lane += 1
        self._moved |= seen
        if self._is_tapered:
            self._check_rollers(seen, in_strokes)
        self._pressed |= seen
        if seen & 1 << TOE_SELECT:
            self._check_interlock()
        return flags

    def _check_rollers(self, seen: int, in_strokes: bool) -> None:
        """Refuse a step that moves a roller before a lane of the stroke has set its force, or together with it."""
        for roller in range(ROLLERS_PER_FOOT):
            press = roller + TOP_PRESS
            if not seen >> roller & 1:
                continue
            if seen >> press & 1:
                self._refuse("tapered force set while its roller moves")
            if (in_strokes or self._pose[press]) and not self._pressed >> press & 1:
                self._refuse("tapered roller moves before its force is set")

    def _note_before(self) -> None:
        for axis in _CLEAR_AXES:
            self._before[axis] = self._pose[axis]

    def _check_flags(self, flags: int, in_strokes: bool) -> None:
        allowed = END_STEP | END_STROKE if in_strokes and flags & END_STEP else END_STEP
        if flags & ~allowed:
            self._refuse("unknown or misplaced flags")

    def _check_lane(self, at: int, seen: int) -> int:
        """Check one lane and move the pose; return the bit of its axis, which must not be in `seen`."""
        data = self._program.data
        axis = data[at]
        if axis >= AXES_PER_FOOT and axis != AXIS_WAIT:
            self._refuse("unknown axis %d" % axis)
        if seen >> min(axis, AXES_PER_FOOT) & 1:
            self._refuse("an axis stands twice in one step")
        self._check_target(axis, lane_target(data, at))
        self._check_rate(axis, lane_rate(data, at))
        return 1 << min(axis, AXES_PER_FOOT)

    def _check_rate(self, axis: int, rate: int) -> None:
        fastest = RATE_MAX_DECI_MM_S if axis <= SOLE_STROKE or axis == TOE_REACH else 0
        if rate > fastest:
            self._refuse("rate %d, allowed 0 to %d" % (rate, fastest))

    def _check_target(self, axis: int, target: int) -> None:
        minimum, maximum = target_range(axis)
        if not minimum <= target <= maximum:
            self._refuse("target %d, allowed %d to %d" % (target, minimum, maximum))
        if axis != AXIS_WAIT:
            self._pose[axis] = target

    def _check_interlock(self) -> None:
        """Refuse a selector lane unless reach, turn and grip are home before and after its step.

        A lane that keeps the selector's target is checked too: in a repeat it starts from another station.
        """
        for axis in _CLEAR_AXES:
            clear = self._home[axis]
            if self._before[axis] != clear or self._pose[axis] != clear:
                self._refuse("toe_select moves while %s is not clear" % NAMES[axis])

    def _require_clear(self, where: str) -> None:
        if self._pose[TOE_GRIP] or self._pose[TOE_TURN] or self._pose[TOE_REACH] != REACH_CLEAR:
            self._refuse("toe axes are not clear " + where)

    def _require(self, holds: bool, message: str) -> None:
        if not holds:
            self._refuse(message)

    def _refuse(self, message: str) -> None:
        """Raise ProgramError; the checks format a message only here, because formatting takes long on the board."""
        raise ProgramError("phase %d, lane %d: %s" % (self._phase + 1, self._lane, message))
