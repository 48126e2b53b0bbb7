"""Quadrature counting: four state machines of one PIO count every edge, the firmware only fetches.

A state machine pushes its count over and over and drops what finds no room, so the four words that wait are old: a
tick drains them first (`drain`), and what waits a moment later is new (`fetch`).
"""

from array import array

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.wires import StateMachine

# Ten steps at most from sample to sample: 50 samples a ms. The fastest roller makes 12 edges a ms, and what lasts less
# than a sample is noise.
STATE_MACHINE_HZ = 500_000

_WORDS = const(4)  # what a FIFO holds


class QuadratureCounter:
    """One encoder; `sign` is -1 where it is wired the other way round."""

    def __init__(self, machine: "StateMachine", sign: int) -> None:
        self._machine = machine
        self._sign = sign
        # A signed array: what is taken out of it is a small integer within 2^30 counts, 6 km of travel.
        self._words = memoryview(array("i", [0] * _WORDS))
        self._views = tuple([self._words[:count] for count in range(_WORDS + 1)])
        self._counts = 0

    def drain(self) -> None:
        """Throw away what waits."""
        waiting = self._machine.rx_fifo()
        if waiting:
            self._machine.get(self._views[waiting])

    def fetch(self) -> None:
        """Take the newest of the words that have come since `drain`; without one, the last count stays."""
        waiting = self._machine.rx_fifo()
        if waiting:
            self._machine.get(self._views[waiting])
            self._counts = self._words[waiting - 1]

    def read_counts(self) -> int:
        """Return the counts since power-up as of the start of this tick, signed."""
        return self._counts * self._sign
