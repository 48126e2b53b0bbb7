"""Walk the steps of a program: where each axis goes and how many ticks a step takes.

The player on the board and the checker on the laptop use this one class, so the durations that the checker promises
are those of the board.
"""

from array import array

from instep.axes import AXES_PER_FOOT, HIGH, HOME, ROLLERS_PER_FOOT, SOLE_PRESS, TOE_SELECT, TOP_PRESS
from instep.stroke.foot_scaling import (
    SCALE_FORCE,
    SCALE_LENGTH,
    SCALE_PRESS_MAX,
    SCALE_TOE,
    STATION_PERMILLE,
    new_scale,
    roller_way_um,
    scale_axes,
)
from instep.stroke.lanes import (
    NOT_ROLLED,
    STEP_AT,
    STEP_END,
    STEP_FLAGS,
    STEP_PACE,
    STEP_PLACES,
    STEP_ROLLED,
    STEP_ROLLERS,
    STEP_TAPERS,
    STEP_WAIT,
    STEP_WAYS,
    add_lanes,
    arrive,
)
from instep.stroke.program import END_STROKE
from instep.stroke.taper import taper_ticks, tapered
from instep.stroke.trajectory import eased_ticks, new_move
from instep.units import MILLI, PERMILLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.stroke.trajectory import Trajectory


def lane_target(data: bytes, at: int) -> int:
    """Return the signed target of the lane at byte `at`."""
    target = data[at + 2] | data[at + 3] << 8
    return target - 0x10000 if target & 0x8000 else target


def lane_rate(data: bytes, at: int) -> int:
    """Return the rate of the lane at byte `at`, 0.1 mm/s (which is um per tick); 0 = the axis's own."""
    return data[at + 4] | data[at + 5] << 8


class StrokeLevels:
    """Force and pace relative to the program's, per mille, and the greatest force of a roller, mN.

    `foot_permille` is the force of the foot that is played: at most `force_permille`, which times the steps, so that
    both feet stay in time.
    """

    def __init__(self) -> None:
        self.force_permille = self.foot_permille = PERMILLE
        self.press_max_mn = HIGH[SOLE_PRESS]
        self.pace_permille = PERMILLE

    def set(self, force_permille: int, press_max_mn: int, pace_permille: int) -> None:
        """Set all, both feet alike."""
        self.force_permille = self.foot_permille = force_permille
        self.press_max_mn = press_max_mn
        self.pace_permille = pace_permille

    def copy(self, other: "StrokeLevels") -> None:
        """Take over the values of `other`."""
        self.force_permille = other.force_permille
        self.foot_permille = other.foot_permille
        self.press_max_mn = other.press_max_mn
        self.pace_permille = other.pace_permille


class StepTimer:
    """Walk a program's steps for a foot of `length_um` at some levels.

    `at` is the byte offset of the next step, `pose` the place of each axis before it, in axis units. `tapers` are
    those of the phase: then `forces` are what the lanes ask of the rollers, `foot_forces` what they ask of the second
    foot of `step`, and `rolling` has a bit for each roller whose force follows its place in the step walked last.
    A timer that is used in turn with an `other` works with its arrays.
    """

    def __init__(self, other: "StepTimer | None" = None) -> None:
        # The step at hand, and the move of the pose: it leaps to its goal.
        self._step: array[int] = other._step if other else new_scale(STEP_PLACES)
        self._leap: array[int] = other._leap if other else new_move(0)
        self.levels = StrokeLevels()
        self.pose = array("i", HOME)
        self.data = b""
        self.at = 0
        self.length_um = 0
        self.is_stroke_end = False  # the step walked last was the last of its stroke
        self.tapers = 0
        self.forces = array("i", [0] * ROLLERS_PER_FOOT)
        self.foot_forces = array("i", [0] * ROLLERS_PER_FOOT)
        self.rolling = 0

    def set_pose(self, pose: "array[int] | tuple[int, ...]") -> None:
        """Copy `pose`."""
        for axis in range(AXES_PER_FOOT):
            self.pose[axis] = pose[axis]

    def begin_phase(self, tapers: int) -> None:
        """Take the tapers of a phase, which begins with the rollers lifted."""
        self.tapers = tapers
        self.rolling = 0
        for roller in range(ROLLERS_PER_FOOT):
            self.forces[roller] = self.foot_forces[roller] = 0

    def step(self, move: "Trajectory | None" = None, foot_um: int = 0, foot_station: int = 0) -> int:
        """Walk one step; return its ticks, >= 1.

        With `move`, the axes of a second foot (its length is `foot_um`, its toe selector is at `foot_station`) are
        added to that move, and the step takes as long as on the slower of the two feet.
        """
        step = self._step
        pose = self.pose
        levels = self.levels
        tapers = self.tapers
        step[STEP_AT] = self.at
        step[STEP_WAIT] = 1
        step[STEP_PACE] = levels.pace_permille
        step[SCALE_PRESS_MAX] = levels.press_max_mn
        step[STEP_TAPERS] = tapers
        if tapers:
            self._place_rollers()
        self._scale(self.length_um, pose[TOE_SELECT] // MILLI, levels.force_permille)
        cruise = add_lanes(step, self.data, self._leap, pose, self.forces)
        arrive(self._leap, pose)
        self.at = step[STEP_END]
        self.is_stroke_end = step[STEP_FLAGS] & END_STROKE != 0
        self.rolling = 0
        if tapers:
            cruise = max(cruise, self._roll())
        if move:
            self._scale(foot_um, foot_station, levels.foot_permille)
            cruise = max(cruise, add_lanes(step, self.data, move.move, move.setpoints, self.foot_forces))
        return max(step[STEP_WAIT], eased_ticks(cruise))

    def _scale(self, length_um: int, station: int, force_permille: int) -> None:
        """Scale the lanes of the step at hand for a foot."""
        step = self._step
        step[SCALE_LENGTH] = length_um
        step[SCALE_TOE] = STATION_PERMILLE[station]
        step[SCALE_FORCE] = force_permille
        scale_axes(step)

    def _place_rollers(self) -> None:
        """Note where the rollers stand, and that none moves yet."""
        for roller in range(ROLLERS_PER_FOOT):
            self._step[STEP_ROLLERS + roller] = self.pose[roller]
            self._step[STEP_WAYS + roller] = roller_way_um(roller, self.length_um)
            self._step[STEP_ROLLED + roller] = NOT_ROLLED

    def _roll(self) -> int:
        """Set the force of each roller that moves to that at its next place; return the ticks that it needs."""
        needed = 0
        for roller in range(ROLLERS_PER_FOOT):
            distance = self._step[STEP_ROLLED + roller]
            if distance != NOT_ROLLED:
                force = self.forces[roller]
                way_um = self._step[STEP_WAYS + roller]
                self.rolling |= 1 << roller
                self.pose[roller + TOP_PRESS] = tapered(force, self.pose[roller], way_um, self.tapers)
                needed = max(needed, taper_ticks(force, distance, way_um, self.tapers))
        return needed

    def stroke(self) -> int:
        """Walk the rest of the stroke; return its ticks."""
        ticks = self.step()
        while not self.is_stroke_end:
            ticks += self.step()
        return ticks
