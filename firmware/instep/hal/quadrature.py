"""Quadrature counting: four state machines of one PIO count every edge, the firmware only fetches.

A state machine pushes its count over and over and drops what finds no room, so the four words that wait are old: a
tick drains them first (`drain`), and what waits a moment later is new (`fetch`). The words are taken from the FIFOs'
registers, signed: `StateMachine.get` waits for a word and, without a buffer, makes a large integer of a negative one;
a register read does neither, and is ten times as quick.
"""

from array import array

import micropython
from instep.axes import ROLLERS
from instep.kernel import ptr32
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Ten steps at most from sample to sample: 50 samples a ms. The fastest roller makes 12 edges a ms, and what lasts less
# than a sample is noise.
STATE_MACHINE_HZ = 500_000

_FIFO_WORDS = const(4)


class QuadratureCounters:
    """Four encoders; `reversed_mask` has a bit for each that is wired the other way round.

    `fifos` are the RXF registers of a PIO: reading one takes a word out of its FIFO; without one, something.
    """

    def __init__(self, fifos: "Any", reversed_mask: int) -> None:
        self._fifos = fifos
        self._reversed_mask = reversed_mask
        self.counts = array("i", [0] * ROLLERS)

    def drain(self) -> None:
        """Throw away what waits: four words each."""
        drain_fifos(self._fifos)

    def fetch(self) -> None:
        """Take the counts; at least 0.1 ms after `drain`, so that every FIFO has a word again."""
        take_counts(self._fifos, self.counts, self._reversed_mask)


class QuadratureEncoder:
    """One encoder."""

    def __init__(self, counters: QuadratureCounters, index: int) -> None:
        self._counts = counters.counts
        self._index = index

    def read_counts(self) -> int:
        """Return the counts since power-up as of the start of this tick, signed."""
        return self._counts[self._index]


@micropython.viper
def drain_fifos(fifos: ptr32) -> int:
    """Read four words of each FIFO; return the last of them, which nobody needs."""
    count = 0
    index = 0
    while index < ROLLERS * _FIFO_WORDS:
        count = fifos[index // _FIFO_WORDS]
        index += 1
    return count


@micropython.viper
def take_counts(fifos: ptr32, counts: ptr32, reversed_mask: int) -> int:
    """Take a word of each FIFO as a count, with the sign turned where the mask has a bit; return their number."""
    index = 0
    while index < ROLLERS:
        count = fifos[index]
        counts[index] = 0 - count if reversed_mask >> index & 1 else count
        index += 1
    return index
