"""Give out the states of drives and monitors, and compare in every tick what must not change in them.

Inspired by class B self-tests of variable memory. A state has working words, then fixed ones: the person's greatest
force, bounds, limits of motion, calibration. Behind these stand their inverses, in the same order. A bit that flips in
a fixed word, in an inverse or in a latch of the guard makes the machine safe in the next tick. The same bit of a word
and its inverse, between the same two ticks, is not found.
"""

from array import array

import micropython
from instep.guard.faults import FAULT_MEMORY_DAMAGED, NO_FAULT, NO_ROLLER
from instep.hal.calibration import SHARED
from instep.kernel import ptr32
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from instep.guard.back_off import BackOff

    class Latches(Protocol):
        """What the guard has latched."""

        back_off: BackOff
        fault: int
        heat_fault: int
        last_fault: int
        fault_roller: int
        has_lost_servos: bool


# All that drives and monitors take.
_SIZE = const(374)
# In a run of fixed words, the place of the first stands below, how many they are above.
_COUNT_SHIFT = const(16)
_PLACE_MASK = const(0xFFFF)


class MemoryMonitor:
    """Judge latches and fixed words once a tick; `not_fault` and `not_heat_fault` are the inverses of the latches.

    words: all states. runs: where the fixed words are.
    """

    def __init__(self) -> None:
        self.words = array("i", [0] * _SIZE)
        self._used = 0
        # The last one makes the exclusive or of all of them -1.
        self.runs = array("i", [-1])
        self.not_fault = self.not_heat_fault = ~NO_FAULT

    def take(self, size: int, fixed: int) -> "ptr32":
        """Return a state of `size` words, all 0, the last `fixed` of them fixed, and their inverses behind it.

        Raise ValueError where there is no room left: then _SIZE is too small.
        """
        at = self._used
        self._used = end = at + size + fixed
        if end > _SIZE:
            raise ValueError("states take %d words" % end)
        run = end - 2 * fixed | fixed << _COUNT_SHIFT
        self.runs.append(self.runs[-1] ^ run)
        self.runs[-2] = run
        return memoryview(self.words)[at:end]

    def begin(self, figures: "ptr32") -> None:
        """Write the inverses of all fixed words, once these are set; later, who changes one changes both.

        figures: those of the servos.
        """
        self._figures = figures
        words = self.words
        for run in self.runs[:-1]:
            count = run >> _COUNT_SHIFT
            for place in range(run & _PLACE_MASK, (run & _PLACE_MASK) + count):
                words[place + count] = ~words[place]

    def check(self, guard: "Latches") -> None:
        """Latch FAULT_MEMORY_DAMAGED, whatever the latch says by now, unless all is whole; only a restart ends it."""
        if self.is_whole(guard.fault, guard.heat_fault):
            return
        guard.back_off.cancel()
        guard.fault = guard.last_fault = FAULT_MEMORY_DAMAGED
        guard.heat_fault = NO_FAULT  # the fault keeps the heat off
        self.not_fault, self.not_heat_fault = ~FAULT_MEMORY_DAMAGED, ~NO_FAULT
        guard.fault_roller = NO_ROLLER
        # Limp servos lift the presses; the pulse that would lift them may be what is damaged.
        for place in range(SHARED):
            if self._figures[place] ^ self._figures[SHARED + place] != -1:
                guard.has_lost_servos = True

    def is_whole(self, fault: int, heat_fault: int) -> bool:
        """Return True if the latches and all fixed words are what they were."""
        are_latches_whole = (fault ^ self.not_fault) & (heat_fault ^ self.not_heat_fault) == -1
        return are_latches_whole and are_whole(self.words, self.runs, len(self.runs)) != 0


@micropython.viper
def are_whole(words: ptr32, runs: ptr32, count: int) -> int:
    """Return 1 if each word of all runs is the inverse of its copy, else 0; first the runs themselves are checked."""
    check = 0
    index = 0
    while index < count:
        check ^= runs[index]
        index += 1
    if check != -1:
        return 0
    index = 1
    while index < count:
        run = runs[index - 1]
        size = run >> _COUNT_SHIFT
        place = run & _PLACE_MASK
        end = place + size
        while place < end:
            if words[place] ^ words[place + size] != -1:
                return 0
            place += 1
        index += 1
    return 1
