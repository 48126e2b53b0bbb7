"""A bit of the memory flips: of the guard's latches, of a fixed word of a state, or of their inverses."""

from typing import TYPE_CHECKING, Any

from sim.faults.effects.effect import Effect

if TYPE_CHECKING:
    from instep.guard.supervisor import Supervisor

WORD_BITS = 32
# As `guard/memory_monitor.py` writes a run of fixed words.
_COUNT_SHIFT = 16
_PLACE_MASK = 0xFFFF
# A step that spreads the ticks over all bits (Knuth, multiplicative hashing).
_SPREAD = 2_654_435_761


class KeptWord:
    """One word that must not change: an attribute, or a place in an array."""

    def __init__(self, holder: Any, name: str | int) -> None:
        self._holder = holder
        self.name = name

    def flip(self, bit: int) -> None:
        """Change one of its 32 bits."""
        if isinstance(self.name, str):
            setattr(self._holder, self.name, _flipped(getattr(self._holder, self.name), bit))
        else:
            self._holder[self.name] = _flipped(self._holder[self.name], bit)


def kept_words(guard: "Supervisor") -> list[KeptWord]:
    """Return the latches, the fixed words, the inverses of both, and the words that say where they are."""
    memory = guard.memory
    latches = [KeptWord(holder, name) for holder, name in ((guard, "fault"), (guard, "heat_fault"))]
    latches += [KeptWord(memory, "not_fault"), KeptWord(memory, "not_heat_fault")]
    runs = [KeptWord(memory.runs, index) for index in range(len(memory.runs))]
    fixed = []
    for run in memory.runs[:-1]:
        place = run & _PLACE_MASK
        fixed += [KeptWord(memory.words, at) for at in range(place, place + 2 * (run >> _COUNT_SHIFT))]
    return latches + runs + fixed


def _flipped(word: int, bit: int) -> int:
    """Return a signed word with one of its bits changed."""
    raw = (word & (1 << WORD_BITS) - 1) ^ 1 << bit
    return raw - (1 << WORD_BITS) if raw >> WORD_BITS - 1 else raw


class FlippedBit(Effect):
    """One bit flips and stays."""

    def begin(self) -> None:
        """Flip the bit."""
        words = kept_words(self.simulation.app.guard)
        number = round(self.value)
        if number < 0:
            number = self.simulation.ticks * _SPREAD % (len(words) * WORD_BITS)
        words[number // WORD_BITS].flip(number % WORD_BITS)
