"""Play the strokes of one phase on one foot, step by step."""

from array import array

from instep.axes import (
    AXES_PER_FOOT,
    HIGH,
    HOLD_ARCH,
    HOLD_HEEL,
    HOME,
    MILLI_STATION,
    SOLE_PRESS,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.stroke.foot_scaling import axis_target
from instep.stroke.program import AXIS_WAIT, END_STEP, LANE_BYTES
from instep.stroke.step_timing import (
    cruise_ticks,
    eased_ticks,
    ends_stroke,
    lane_rate,
    lane_target,
    stroke_ticks,
)
from instep.stroke.trajectory import Trajectory
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.stroke.program import Program

# Modes. REST: home, nothing to do. WAIT: at a stroke's start, for the other foot. HELD: paused, everything lifted.
REST, HELD, WAIT, ENTER, STROKE, LEAVE, BRAKE, RELEASE, RETURN, RETRACT = range(10)

# The order in which a foot is let go, brought home and taken up again: what stands together moves together.
# Grip opens before the reach draws back; the selector moves last, with both clear.
_RELEASE_STAGES = ((TOP_PRESS, SOLE_PRESS, TOE_GRIP), (TOE_TURN, TOE_REACH), (HOLD_ARCH, HOLD_HEEL))
_RETRACT_STAGES = _RELEASE_STAGES + ((TOP_STROKE, SOLE_STROKE, TOE_SELECT),)
_RETURN_STAGES = ((TOP_STROKE, SOLE_STROKE, TOE_SELECT), (HOLD_ARCH, HOLD_HEEL), (TOP_PRESS, SOLE_PRESS))
_RETRACT_LAST = const(4)
_NO_PACE = const(1000)


class Levels:
    """Force and pace relative to the program's, per mille, and the most that a roller may press, mN."""

    def __init__(self) -> None:
        self.force_permille = 1000
        self.press_max_mn = HIGH[SOLE_PRESS]
        self.pace_permille = 1000


class Player:
    """The player of one foot; the scheduler tells it what to play and when a stroke may start."""

    def __init__(self, levels: Levels, setpoints: "array[int]", foot: int) -> None:
        self._levels = levels
        self._setpoints = setpoints
        self._base = foot * AXES_PER_FOOT
        self._move = Trajectory(setpoints, self._base)
        self._program: Program | None = None
        self._data = b""
        self._length_um = 0
        self._longer_um = 0
        # Poses in axis units. A step takes as long as it would on the longer foot, so that both stay in time.
        self._saved = array("i", HOME)
        self._longer_pose = array("i", HOME)
        self._longer_saved = array("i", HOME)
        self._scratch = array("i", HOME)
        self._stages: tuple[tuple[int, ...], ...] = _RELEASE_STAGES
        self._goal = self._saved
        self._home = array("i", HOME)
        self._stage = 0
        self._after_brake = RELEASE
        self._at = 0
        self._end_at = 0
        self._stroke_at = 0
        self._interrupted = REST
        self._force_permille = 0
        self._press_max_mn = 0
        self._pace_permille = _NO_PACE
        self.mode = REST
        self.phase = 0
        self.strokes = 0  # of this phase, all repeats
        self.begun = 0  # strokes begun
        self.done = 0  # strokes done
        self.given = 0  # strokes done since power-up
        self.since_start = 0  # ticks since the newest stroke began

    def load(self, program: "Program", length_um: int, longer_um: int) -> None:
        """Take a program and this foot's length; `longer_um` is that of the longer foot in use."""
        self._program = program
        self._data = program.data
        self._length_um = length_um
        self._longer_um = longer_um

    def begin(self, phase: int) -> None:
        """Play `phase` from its enter steps on."""
        program = self._program
        self.phase = phase
        self.strokes = program.stroke_count(phase) * program.repeats(phase)
        self.begun = self.done = 0
        self._latch_levels()
        self._play(ENTER, program.enter_lane(phase), program.stroke_lane(phase))

    def interrupt(self, retract: bool) -> None:
        """Brake, let the foot go and hold (or, with `retract`, go home)."""
        if self.mode == RETRACT or (self.mode == REST and not retract):
            return
        if self.mode == STROKE:
            self.begun -= 1
        if WAIT <= self.mode <= LEAVE:
            self._interrupted = self.mode
        self._after_brake = RETRACT if retract else RELEASE
        if self.mode <= HELD:
            self._after_braking()
        else:
            self.mode = BRAKE

    def resume(self) -> None:
        """Take up the foot again and go on at the start of what was interrupted."""
        if self.mode != HELD:
            return
        if self._interrupted == ENTER:
            self.begin(self.phase)
        elif self._interrupted == LEAVE:
            self.leave()
        else:
            self._copy(self._longer_saved, self._longer_pose)
            self._begin_stages(RETURN, _RETURN_STAGES, self._saved)

    def is_letting_go(self) -> bool:
        """Tell whether the rollers are being lifted and the holds opened."""
        return self.mode == BRAKE or self.mode == RELEASE or (self.mode == RETRACT and self._stage < _RETRACT_LAST)

    def start_stroke(self) -> None:
        """Begin the stroke that the foot waits for, at the levels now in force."""
        self._latch_levels()
        self._at = self._stroke_at
        self.begun = self.done + 1
        self.since_start = 0
        self.mode = STROKE
        self._begin_step()

    def leave(self) -> None:
        """Play the phase's leave steps."""
        self._play(LEAVE, self._program.leave_lane(self.phase), self._program.end_lane(self.phase))

    def stroke_ticks(self) -> int:
        """Return how long the stroke at hand takes on the longer foot at the levels in force."""
        self._copy(self._longer_saved, self._scratch)
        return stroke_ticks(
            self._data,
            self._stroke_at,
            self._scratch,
            self._longer_um,
            self._force_permille,
            self._press_max_mn,
            self._pace_permille,
        )

    def tick(self) -> None:
        """Advance by one tick."""
        mode = self.mode
        if mode <= HELD:
            return
        self.since_start += 1
        if mode == WAIT:
            return
        if mode == BRAKE:
            self._move.brake()
        else:
            self._move.advance()
        if self._move.is_over:
            self._next()

    def _next(self) -> None:
        mode = self.mode
        if mode == BRAKE:
            self._after_braking()
        elif mode >= RELEASE:
            self._next_stage()
        elif mode == STROKE and ends_stroke(self._data, self._at):
            self.done += 1
            self.given += 1
            self._arrive_at_stroke()
        elif mode == STROKE or self._at < self._end_at:
            self._begin_step()
        elif mode == ENTER:
            self._arrive_at_stroke()
        else:
            self.mode = REST

    def _play(self, mode: int, first_lane: int, end_lane: int) -> None:
        self.mode = mode
        self._at = self._program.lane_offset(first_lane)
        self._end_at = self._program.lane_offset(end_lane)
        if self._at < self._end_at:
            self._begin_step()
        elif mode == ENTER:
            self._arrive_at_stroke()
        else:
            self.mode = REST

    def _arrive_at_stroke(self) -> None:
        program = self._program
        if self.done == self.strokes:
            self.leave()
            return
        if self.done % program.stroke_count(self.phase) == 0:
            self._at = program.lane_offset(program.stroke_lane(self.phase))
        self._stroke_at = self._at
        for axis in range(AXES_PER_FOOT):
            self._saved[axis] = self._setpoints[self._base + axis]
        self._copy(self._longer_pose, self._longer_saved)
        self.mode = WAIT

    def _latch_levels(self) -> None:
        self._force_permille = self._levels.force_permille
        self._press_max_mn = self._levels.press_max_mn
        self._pace_permille = self._levels.pace_permille

    def _begin_step(self) -> None:
        """Begin the step at hand on this foot; it takes as long as it would on the longer one, reckoned beside it."""
        data = self._data
        at = self._at
        force = self._force_permille
        press_max = self._press_max_mn
        pace = self._pace_permille
        pose = self._longer_pose
        longer_um = self._longer_um
        longer_station = pose[TOE_SELECT] // MILLI_STATION
        length_um = self._length_um
        station = self._setpoints[self._base + TOE_SELECT] // MILLI_STATION
        is_alike = length_um == longer_um and station == longer_station
        move = self._move
        move.clear()
        wait = 1
        cruise = 0
        while True:
            axis = data[at]
            target = lane_target(data, at)
            if axis == AXIS_WAIT:
                wait = target
            else:
                place = axis_target(axis, target, longer_um, longer_station, force, press_max)
                way = abs(place - pose[axis])
                pose[axis] = place
                if not is_alike:
                    place = axis_target(axis, target, length_um, station, force, press_max)
                distance = move.add(axis, place)
                if way > distance:
                    distance = way
                if distance:
                    cruise = max(cruise, cruise_ticks(axis, distance, lane_rate(data, at), pace))
            at += LANE_BYTES
            if data[at - LANE_BYTES + 1] & END_STEP:
                break
        self._at = at
        move.begin(max(wait, eased_ticks(cruise)))

    def _after_braking(self) -> None:
        if self._after_brake == RETRACT:
            self._begin_stages(RETRACT, _RETRACT_STAGES, self._home)
        else:
            self._begin_stages(RELEASE, _RELEASE_STAGES, self._home)

    def _begin_stages(self, mode: int, stages: "tuple[tuple[int, ...], ...]", goal: "array[int]") -> None:
        self.mode = mode
        self._stages = stages
        self._goal = goal
        self._stage = 0
        self._next_stage()

    def _next_stage(self) -> None:
        if self._stage == len(self._stages):
            self._end_stages()
            return
        self._move.clear()
        cruise = 0
        for axis in self._stages[self._stage]:
            cruise = max(cruise, cruise_ticks(axis, self._move.add(axis, self._goal[axis]), 0, _NO_PACE))
        self._stage += 1
        self._move.begin(eased_ticks(cruise))

    def _end_stages(self) -> None:
        if self.mode == RELEASE:
            self.mode = HELD
        elif self.mode == RETURN:
            self.mode = WAIT
        else:
            self._copy(self._home, self._longer_pose)
            self.mode = REST

    def _copy(self, source: "array[int]", target: "array[int]") -> None:
        for axis in range(AXES_PER_FOOT):
            target[axis] = source[axis]
