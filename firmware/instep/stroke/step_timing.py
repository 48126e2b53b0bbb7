"""Walk the steps of a program: where each axis goes and how many ticks a step takes.

The player on the board and the checker on the laptop use this one class, so the durations that the checker promises
are those of the board.
"""

from array import array

from instep.axes import AXES_PER_FOOT, HIGH, HOME, ROLLERS_PER_FOOT, SOLE_PRESS, TOE_SELECT, TOP_PRESS
from instep.stroke.foot_scaling import axis_target, roller_way_um
from instep.stroke.program import AXIS_WAIT, END_STEP, END_STROKE, LANE_BYTES
from instep.stroke.taper import taper_ticks, tapered
from instep.stroke.trajectory import cruise_ticks, eased_ticks
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
    """

    def __init__(self) -> None:
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
        self._taper_ticks = 0

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
        data = self.data
        at = self.at
        pose = self.pose
        length_um = self.length_um
        levels = self.levels
        force = levels.force_permille
        foot_force = levels.foot_permille
        press_max = levels.press_max_mn
        pace = levels.pace_permille
        station = pose[TOE_SELECT] // MILLI
        tapers = self._begin_taper()
        is_alike = foot_um == length_um and foot_station == station and foot_force == force and not tapers
        flags, cruise, wait = 0, 0, 1
        while not flags & END_STEP:
            axis = data[at]
            flags = data[at + 1]
            target = lane_target(data, at)
            if axis == AXIS_WAIT:
                wait = target
            else:
                place = axis_target(axis, target, length_um, station, force, press_max)
                if tapers and axis <= SOLE_PRESS:
                    place = self._taper(axis, place)
                distance = abs(place - pose[axis])
                pose[axis] = place
                if move:
                    if not is_alike:
                        place = axis_target(axis, target, foot_um, foot_station, foot_force, press_max)
                        if tapers and TOP_PRESS <= axis <= SOLE_PRESS:
                            place = self._press(axis, place, self.foot_forces)
                    foot_distance = move.add(axis, place)
                    distance = max(distance, foot_distance)
                if distance:
                    ticks = cruise_ticks(axis, distance, lane_rate(data, at), pace)
                    if ticks > cruise:
                        cruise = ticks
            at += LANE_BYTES
        self.at = at
        self.is_stroke_end = flags & END_STROKE != 0
        return max(wait, eased_ticks(max(cruise, self._taper_ticks)))

    def _begin_taper(self) -> int:
        """Begin a step, in which no roller moves yet; return the phase's tapers."""
        self.rolling = self._taper_ticks = 0
        return self.tapers

    def _taper(self, axis: int, place: int) -> int:
        """Taper a lane of a roller, before the pose moves: return the force there, or the place of the roller."""
        if axis >= TOP_PRESS:
            return self._press(axis, place, self.forces)
        self._roll(axis, place)
        return place

    def _press(self, axis: int, force: int, forces: "array[int]") -> int:
        """Keep the force that a lane asks of a roller; return the force at the roller's place."""
        roller = axis - TOP_PRESS
        forces[roller] = force
        return tapered(force, self.pose[roller], roller_way_um(roller, self.length_um), self.tapers)

    def _roll(self, roller: int, place_um: int) -> None:
        """Set a roller's force to that at its next place, and note the ticks that the force needs on the way."""
        force = self.forces[roller]
        way_um = roller_way_um(roller, self.length_um)
        self.rolling |= 1 << roller
        self.pose[roller + TOP_PRESS] = tapered(force, place_um, way_um, self.tapers)
        ticks = taper_ticks(force, abs(place_um - self.pose[roller]), way_um, self.tapers)
        self._taper_ticks = max(self._taper_ticks, ticks)

    def stroke(self) -> int:
        """Walk the rest of the stroke; return its ticks."""
        ticks = self.step()
        while not self.is_stroke_end:
            ticks += self.step()
        return ticks
