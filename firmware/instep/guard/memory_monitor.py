"""Compare what must not change with second copies of it, in every tick: a bit that flips there stops the machine.

Inspired by class B self-tests of memory. Guarded are words that nothing else shows in time: the setpoints' bounds, the
figures of the servos, and by roller its calibration, its spring, and the limits of its monitors. Every second copy has
all bits inverted, so that one write over both is no agreement. Bounds and servos have a third copy as they are: to
compare arrays is quick, so the inverted one has its turn every 100 ms.
"""

from array import array

import micropython
from instep.axes import AXES
from instep.drive.press import AIM_STEP, SPRING, TRAVEL_MAX
from instep.drive.roller_kernels import FULL_SPEED, LIMIT_MA, SCALE
from instep.guard.faults import FAULT_MEMORY_DAMAGED, NO_FAULT, NO_ROLLER
from instep.guard.force_monitor import MAX_MN
from instep.guard.motion_monitor import AGAINST_COUNTS, FAST_COUNTS, LOOSE_COUNTS, TWINS
from instep.guard.setpoint_limiter import BOUNDS
from instep.kernel import ptr32
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from instep.drive.drives import Drives
    from instep.guard.back_off import BackOff
    from instep.guard.force_monitor import ForceMonitor
    from instep.guard.motion_monitor import RollerMonitor
    from instep.hal.interface import ForceSensor

    # A roller's force, and the monitors of its force and its motion.
    Check = tuple[ForceSensor, ForceMonitor, RollerMonitor]

    class Latches(Protocol):
        """What the guard has latched."""

        back_off: BackOff
        fault: int
        heat_fault: int
        last_fault: int
        fault_roller: int


_FIGURES_PER_SERVO = const(2)


class MemoryMonitor:
    """Hold the second copies; `words` are the bounds of the setpoints, then the figures of the servos.

    From now on the servos use `words`. `rollers`: by roller, the states of its drive, press, force and motion monitor.
    """

    def __init__(self, drives: "Drives", checks: "tuple[Check, ...]") -> None:
        at = 2 * AXES
        self.words = words = array("i", list(BOUNDS) + [0] * (_FIGURES_PER_SERVO * len(drives.axes)))
        for axis in drives.axes:
            axis.move(words, at)
            at += _FIGURES_PER_SERVO
        self._copy = array("i", words)
        self._inverse = array("i", [~word for word in words])
        rollers = []
        for index in range(len(checks)):
            _, force, motion = checks[index]
            rollers.append((drives.rollers[index].state, drives.presses[index].state, force.state, motion.state))
        self.rollers = tuple(rollers)
        self.not_fault = self.not_heat_fault = ~NO_FAULT
        self.is_damaged = False
        self.begin_session()

    def begin_session(self) -> None:
        """Copy the words of the rollers, after the person's limit has been set."""
        for roller, press, force, motion in self.rollers:
            copy_roller(roller, press, force, motion)

    def check(self, guard: "Latches") -> None:
        """Make the machine safe unless latches and words are what they were; in every tick."""
        is_latch_whole = guard.fault ^ self.not_fault == -1 and guard.heat_fault ^ self.not_heat_fault == -1
        if not (is_latch_whole and self.is_whole()):
            self._latch(guard)

    def check_inverse(self, guard: "Latches") -> None:
        """Do the same for bounds and servos by their inverted copy; every 100 ms."""
        if not self.is_inverse_whole():
            self._latch(guard)

    def _latch(self, guard: "Latches") -> None:
        """Latch FAULT_MEMORY_DAMAGED, whatever the latch says by now; only a restart ends it."""
        self.is_damaged = True
        guard.back_off.cancel()
        guard.fault = guard.last_fault = FAULT_MEMORY_DAMAGED
        self.not_fault = ~FAULT_MEMORY_DAMAGED
        guard.fault_roller = NO_ROLLER

    def is_whole(self) -> bool:
        """Return True if every word that is compared in each tick is what it was."""
        if self.words != self._copy:
            return False
        for roller, press, force, motion in self.rollers:
            if not is_roller_whole(roller, press, force, motion):
                return False
        return True

    def is_inverse_whole(self) -> bool:
        """Return True if bounds and servos agree with their inverted copy."""
        return is_inverse(self.words, self._inverse, len(self.words)) != 0


@micropython.viper
def copy_roller(roller: ptr32, press: ptr32, force: ptr32, motion: ptr32) -> int:
    """Keep the inverse of all words of a roller in `motion`; return 0."""
    motion[TWINS] = roller[SCALE] ^ -1
    motion[TWINS + 1] = roller[FULL_SPEED] ^ -1
    motion[TWINS + 2] = roller[LIMIT_MA] ^ -1
    motion[TWINS + 3] = press[SPRING] ^ -1
    motion[TWINS + 4] = press[TRAVEL_MAX] ^ -1
    motion[TWINS + 5] = press[AIM_STEP] ^ -1
    motion[TWINS + 6] = force[MAX_MN] ^ -1
    motion[TWINS + 7] = motion[FAST_COUNTS] ^ -1
    motion[TWINS + 8] = motion[LOOSE_COUNTS] ^ -1
    motion[TWINS + 9] = motion[AGAINST_COUNTS] ^ -1
    return 0


@micropython.viper
def is_roller_whole(roller: ptr32, press: ptr32, force: ptr32, motion: ptr32) -> int:
    """Return 1 if all words of a roller are the inverse of their twins in `motion`, else 0."""
    agreed = (roller[SCALE] ^ motion[TWINS]) & (roller[FULL_SPEED] ^ motion[TWINS + 1])
    agreed = agreed & (roller[LIMIT_MA] ^ motion[TWINS + 2]) & (press[SPRING] ^ motion[TWINS + 3])
    agreed = agreed & (press[TRAVEL_MAX] ^ motion[TWINS + 4]) & (press[AIM_STEP] ^ motion[TWINS + 5])
    agreed = agreed & (force[MAX_MN] ^ motion[TWINS + 6]) & (motion[FAST_COUNTS] ^ motion[TWINS + 7])
    agreed = agreed & (motion[LOOSE_COUNTS] ^ motion[TWINS + 8]) & (motion[AGAINST_COUNTS] ^ motion[TWINS + 9])
    return 1 if agreed == -1 else 0


@micropython.viper
def is_inverse(words: ptr32, inverse: ptr32, count: int) -> int:
    """Return 1 if each of `count` words is the inverse of the other, else 0."""
    agreed = -1
    index = 0
    while index < count:
        agreed = agreed & (words[index] ^ inverse[index])
        index += 1
    return 1 if agreed == -1 else 0
