"""A bit of the memory flips: of the guard's latches, of the setpoints' bounds, or of what servos and rollers use."""

from typing import TYPE_CHECKING, Any

from instep.drive.press import AIM_STEP, SPRING, TRAVEL_MAX
from instep.drive.roller_kernels import FULL_SPEED, LIMIT_MA, SCALE
from instep.guard.force_monitor import MAX_MN
from instep.guard.motion_monitor import AGAINST_COUNTS, FAST_COUNTS, LOOSE_COUNTS
from sim.faults.effects.effect import Effect

if TYPE_CHECKING:
    from instep.guard.supervisor import Supervisor

WORD_BITS = 32
_LATCHES = ("fault", "heat_fault")
# Places in the states of drive, press, force monitor and motion monitor.
_PLACES = ((SCALE, FULL_SPEED, LIMIT_MA), (SPRING, TRAVEL_MAX, AIM_STEP), (MAX_MN,))
_MOTION_PLACES = (FAST_COUNTS, LOOSE_COUNTS, AGAINST_COUNTS)
# A step that spreads the ticks over all bits (Knuth, multiplicative hashing).
_SPREAD = 2_654_435_761


def guarded_words(guard: "Supervisor") -> list[tuple[Any, int]]:
    """Return an array and a place in it for each word that must not change, without the latches."""
    memory = guard.memory
    words: list[tuple[Any, int]] = [(memory.words, place) for place in range(len(memory.words))]
    for states in memory.rollers:
        for state, places in zip(states, (*_PLACES, _MOTION_PLACES), strict=True):
            words += [(state, place) for place in places]
    return words


def flip(word: int, bit: int) -> int:
    """Return a signed word of 32 bits with one of them changed."""
    raw = (word & (1 << WORD_BITS) - 1) ^ 1 << bit
    return raw - (1 << WORD_BITS) if raw >> WORD_BITS - 1 else raw


class FlippedBit(Effect):
    """One bit flips and stays; its number counts from the latches on, a negative one is drawn from the time."""

    def begin(self) -> None:
        """Flip the bit."""
        guard = self.simulation.app.guard
        words = guarded_words(guard)
        count = (len(_LATCHES) + len(words)) * WORD_BITS
        number = round(self.value)
        if number < 0:
            number = self.simulation.ticks * _SPREAD % count
        word, bit = number // WORD_BITS, number % WORD_BITS
        if word < len(_LATCHES):
            name = _LATCHES[word]
            setattr(guard, name, flip(getattr(guard, name), bit))
        else:
            state, place = words[word - len(_LATCHES)]
            state[place] = flip(state[place], bit)
