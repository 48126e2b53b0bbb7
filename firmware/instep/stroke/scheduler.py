"""The deterministic pattern scheduler: from a compiled program to the setpoints of all twenty axes, tick by tick.

`setpoints` is a function of the program, the foot lengths, the levels and the ticks at which commands came; nothing
here reads a clock or allocates. A phase has one or two *turns* (`each`: left, then right); in a turn one player per
foot plays the phase's strokes. The second of two feet gets as many strokes as the first one got.
"""

from array import array

from instep.axes import AXES, AXES_PER_FOOT, HOME, LEFT, RIGHT
from instep.stroke.modes import HELD, LEAVE, REST, RETRACT, WAIT
from instep.stroke.player import Player
from instep.stroke.program import BOTH_MASK, FEET_ALTERNATE, FEET_EACH, LEFT_MASK, RIGHT_MASK, turn_mask
from instep.stroke.step_timing import StrokeLevels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.stroke.foot_scaling import FootLengths
    from instep.stroke.program import Program

# States.
IDLE, RUNNING, PAUSING, PAUSED, RETRACTING = range(5)

NO_TECHNIQUE = -1


class Scheduler:
    """Turn a program into setpoints; commands are methods, call `tick` once per 10 ms."""

    def __init__(self) -> None:
        self.setpoints = array("i", [0] * AXES)
        for index in range(AXES):
            self.setpoints[index] = HOME[index % AXES_PER_FOOT]
        self.levels = StrokeLevels()
        self._right_levels = StrokeLevels()
        self.players = (Player(self.levels, self.setpoints, LEFT), Player(self._right_levels, self.setpoints, RIGHT))
        self.state = IDLE
        self.is_cut = False
        self.is_again = False  # the technique is to be given once more
        self.is_closing = False
        self.is_finished = False
        self.cycle = 0
        self.phase = 0
        self.turns = 0  # turns begun since power-up
        self.given = self.skipped = self.skipped_twice = self._left_out = 0  # techniques of the cycles, a bit each
        self._program: Program | None = None
        self._turn = 0
        self._feet_mask = BOTH_MASK
        self._is_alternate = False
        self._half_ticks = 0
        self._is_last_cycle = False
        self._is_ending = False
        self._is_first = self._is_second = False  # the turn is that of the first, or the second, of two feet
        self._turn_ticks = 0  # of a first foot's turn, without lingering

    def load(self, program: "Program", fit: "FootLengths", feet_mask: int, left_out: int = 0) -> bool:
        """Load `program`, its cycles without the techniques `left_out`; return False if the feet get no stroke."""
        left_um = fit.length_um[LEFT]
        right_um = fit.length_um[RIGHT]
        longer_um = max(left_um, right_um)
        if feet_mask != BOTH_MASK:
            longer_um = left_um if feet_mask == LEFT_MASK else right_um
        self.players[LEFT].load(program, left_um, longer_um)
        self.players[RIGHT].load(program, right_um, longer_um)
        self._program = program
        self._feet_mask = feet_mask
        self._left_out = left_out
        self.given = self.skipped = self.skipped_twice = 0
        self.is_closing = False
        return self._find_turn(0, 0)

    def set_levels(self, force_permille: int, press_max_mn: int, pace_permille: int) -> None:
        """Set force, greatest roller force and pace; they apply to each foot from its next stroke on."""
        self.levels.set(force_permille, press_max_mn, pace_permille)
        self._right_levels.set(force_permille, press_max_mn, pace_permille)

    def set_foot_forces(self, left_permille: int, right_permille: int) -> None:
        """Give a foot less force than `set_levels` did just before."""
        self.levels.foot_permille = left_permille
        self._right_levels.foot_permille = right_permille

    def start(self, single_cycle: bool) -> None:
        """Play the program from its first phase, cycle after cycle until `finish`; with `single_cycle` once."""
        self.state = RUNNING
        self.cycle = 0
        self.is_cut = self.is_again = self.is_closing = self.is_finished = False
        self._is_last_cycle = single_cycle
        self._is_ending = False
        self.phase = 0
        self._turn = -1
        self._begin_next_turn()
        self._start_strokes()

    def pause(self) -> None:
        """Lift everything off the feet and hold this position in the program."""
        if self.state == RUNNING:
            self.state = PAUSING
            self.players[LEFT].interrupt(False)
            self.players[RIGHT].interrupt(False)

    def resume(self) -> None:
        """Continue at the start of the interrupted stroke."""
        if self.state == PAUSED:
            self.state = RUNNING
            self.players[LEFT].resume()
            self.players[RIGHT].resume()

    def finish(self, now: bool = False) -> None:
        """Cut the technique at the stroke's end and continue with the closing strokes.

        Unless `now`, the second of two feet first gets what the first one got.
        """
        if not self.is_closing:
            self._is_ending = True
            self.is_again = False
            self.end_stay()
            if now or not (self._is_first or self._is_second):
                self.is_cut = True

    def next_technique(self) -> None:
        """Cut the technique at the stroke's end and continue with the next; what lingers goes on."""
        if not self.is_closing and not self._is_technique_over():
            skipped = 1 << self._program.technique(self.phase)
            self.skipped_twice |= self.skipped & skipped
            self.skipped |= skipped
        self.is_cut = True
        self.is_again = False
        self.end_stay()

    def stay(self) -> None:
        """Linger where the rollers are, for ten seconds or ten seconds longer; repeat a stroke of the toes."""
        if self.state == RUNNING and not self._is_technique_over():
            self.players[LEFT].linger()
            self.players[RIGHT].linger()

    def end_stay(self) -> None:
        """Go on with the strokes that linger."""
        self.players[LEFT].stay.end()
        self.players[RIGHT].stay.end()

    def is_staying(self) -> bool:
        """Return True while a foot's rollers linger on a spot."""
        return self.players[LEFT].stay.is_on or self.players[RIGHT].stay.is_on

    def again(self, wants: bool = True) -> None:
        """Give the technique once more, on all its feet, before going on; or take that wish back."""
        self.is_again = wants and not self.is_closing and not self._is_technique_over()

    def stop(self) -> None:
        """Lift everything off the feet and go home, from any setpoints."""
        self.state = RETRACTING
        self.players[LEFT].interrupt(True)
        self.players[RIGHT].interrupt(True)

    def tick(self) -> None:
        """Advance all setpoints by one tick."""
        state = self.state
        if state == IDLE or state == PAUSED:
            return
        left, right = self.players
        if self._is_first and state == RUNNING and not left.stay.is_on:
            self._turn_ticks += 1
        left.tick()
        right.tick()
        if left.mode <= HELD and right.mode <= HELD:
            self._settle()
        if left.mode == WAIT or right.mode == WAIT:
            self._start_strokes()

    def technique(self, foot: int) -> int:
        """Return the technique in progress on `foot`, or NO_TECHNIQUE."""
        player = self.players[foot]
        if player.mode != REST and player.mode != RETRACT:
            return self._program.technique(player.phase)
        return NO_TECHNIQUE

    def is_home(self) -> bool:
        """Return True if every setpoint is at home."""
        for index in range(AXES):
            if self.setpoints[index] != HOME[index % AXES_PER_FOOT]:
                return False
        return True

    def owed_ticks(self) -> int:
        """Return how long the first of two feet has had its turn: as long as the second one will take after it.

        1 at the end of a turn, when that of a first foot may follow; 0 in the turns of other feet.
        """
        left, right = self.players
        if self._has_left(left) and self._has_left(right):
            return 1
        return self._turn_ticks if self._is_first and not self.is_cut else 0

    def has_begun(self) -> bool:
        """Return True once a stroke of this turn has begun."""
        return self.players[LEFT].begun > 0 or self.players[RIGHT].begun > 0

    def is_letting_go(self) -> bool:
        """Return True while a foot is being let go: until it is free, a stopped roller must not be driven."""
        return self.players[LEFT].is_letting_go() or self.players[RIGHT].is_letting_go()

    def _start_strokes(self) -> None:
        """Start the strokes of the feet that wait, as far as the feet mode allows."""
        left, right = self.players
        if self.is_cut or (self._is_ending and self._is_first):
            if left.mode == WAIT:
                left.leave()
            if right.mode == WAIT:
                right.leave()
        elif self._is_alternate:
            self._start_alternately(left, right)
        elif left.mode == WAIT and (right.mode == WAIT or self._has_left(right)):
            left.start_stroke()
            if right.mode == WAIT:
                right.start_stroke()
        elif right.mode == WAIT and self._has_left(left):
            right.start_stroke()

    def _start_alternately(self, left: Player, right: Player) -> None:
        """Start alternate feet half a stroke apart, the left one first."""
        if left.mode == WAIT:
            is_apart = right.begun >= left.done and right.since_start >= self._half_ticks
            if is_apart or self._has_left(right):
                left.start_stroke()
                self._half_ticks = left.stroke_ticks() // 2
        if right.mode == WAIT:
            is_ahead = left.begun > right.done + 1 or left.since_start >= self._half_ticks
            is_apart = left.begun > right.done and is_ahead
            if is_apart or self._has_left(left):
                right.start_stroke()

    def _has_left(self, player: Player) -> bool:
        return player.mode == REST or player.mode == LEAVE

    def _is_technique_over(self) -> bool:
        """Return True if the technique is about to end for the next one or the closing strokes."""
        return self.is_cut or (self._is_ending and not self.is_closing)

    def _settle(self) -> None:
        if self.state == RUNNING:
            self._begin_next_turn()
        elif self.state == PAUSING:
            self.state = PAUSED
        else:
            self.state = IDLE

    def _begin_next_turn(self) -> None:
        if self._turn >= 0 and not self.is_cut and not self.is_closing:
            self.given |= 1 << self._program.technique(self.phase)
        if not self._find_next_turn():
            self.state = IDLE
            self.is_finished = True
            return
        mode = self._program.feet(self.phase)
        mask = turn_mask(mode, self._turn) & self._feet_mask
        is_each = mode == FEET_EACH and self._feet_mask == BOTH_MASK and not self.is_closing
        self._is_first = is_each and self._turn == 0
        self._is_second = is_each and self._turn == 1
        self._is_alternate = mode == FEET_ALTERNATE and mask == BOTH_MASK
        self._half_ticks = self._turn_ticks = 0
        self.is_cut = False
        self.turns += 1
        if mask & LEFT_MASK:
            self.players[LEFT].begin(self.phase)
        if mask & RIGHT_MASK:
            self.players[RIGHT].begin(self.phase, self.players[LEFT].done if self._is_second else 0)

    def _find_next_turn(self) -> bool:
        if self._is_ending and not self.is_closing:
            if self._is_first and not self.is_cut and self.players[LEFT].done:
                return self._find_turn(self.phase, 1)
            self.is_closing = True
            return self._find_turn(0, 0)
        is_last = self._turn > 0 or not turn_mask(self._program.feet(self.phase), 1) & self._feet_mask
        if self.is_again and is_last:
            self.is_again = False
            return self._find_turn(self.phase, 0)
        if self._find_turn(self.phase + 1, 0) if self.is_cut else self._find_turn(self.phase, self._turn + 1):
            return True
        if self.is_closing:
            return False
        self.is_closing = self._is_last_cycle
        self.cycle += 1
        return self._find_turn(0, 0)

    def _find_turn(self, phase: int, turn: int) -> bool:
        """Set phase and turn to the next that treat a foot in use, from the given ones on; return False if none do."""
        program = self._program
        left_out = 0 if self.is_closing else self._left_out
        while phase < program.phase_count:
            if program.is_closing(phase) == self.is_closing and not left_out >> program.technique(phase) & 1:
                while turn <= 1:
                    if turn_mask(program.feet(phase), turn) & self._feet_mask:
                        self.phase = phase
                        self._turn = turn
                        return True
                    turn += 1
            phase += 1
            turn = 0
        return False
