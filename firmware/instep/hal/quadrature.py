"""Quadrature counting: four state machines of one PIO count every edge, the firmware only fetches.

A state machine pushes its count over and over and drops what finds no room, so the four words that wait are old: a
tick drains them first (`drain`), and what waits a moment later is new (`fetch`). The words are taken from the FIFOs'
registers, signed: `StateMachine.get` waits for a word and, without a buffer, makes a large integer of a negative one;
a register read does neither, and is ten times as quick.
"""

from array import array

from instep.axes import ROLLERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.machine_api import Fifos

# Ten steps at most from sample to sample: 50 samples a ms. The fastest roller makes 12 edges a ms, and what lasts less
# than a sample is noise.
STATE_MACHINE_HZ = 500_000


class QuadratureCounters:
    """Four encoders behind `fifos`; `reversed_mask` has a bit for each that is wired the other way round."""

    def __init__(self, fifos: "Fifos", reversed_mask: int) -> None:
        self._fifos = fifos
        self._reversed_mask = reversed_mask
        self.counts = array("i", [0] * ROLLERS)

    def drain(self) -> None:
        """Throw away what waits: four words each."""
        fifos = self._fifos
        for index in range(ROLLERS):
            fifos[index]
            fifos[index]
            fifos[index]
            fifos[index]

    def fetch(self) -> None:
        """Take the counts; at least 0.1 ms after `drain`, so that every FIFO has a word again."""
        fifos = self._fifos
        counts = self.counts
        mask = self._reversed_mask
        for index in range(ROLLERS):
            count = fifos[index]
            counts[index] = -count if mask >> index & 1 else count


class QuadratureEncoder:
    """One encoder."""

    def __init__(self, counters: QuadratureCounters, index: int) -> None:
        self._counts = counters.counts
        self._index = index

    def read_counts(self) -> int:
        """Return the counts since power-up as of the start of this tick, signed."""
        return self._counts[self._index]
