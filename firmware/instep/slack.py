"""Slow work between two ticks: one table says what it is, how long a piece may take, and whether it may allocate.

    rank    who asks for it          when it is done
    first   the hardware             before everything else, in the table's order
    turn    hardware, the firmware   the two take turns; the firmware's entries also take turns among each other

A piece is begun only if its budget fits into the time that is left. The budgets are what a piece takes on an RP2040
(emulated, at 200 MHz), in us. Those of the firmware include 0.5 ms for asking the other entries in vain before it.
"""

from micropython import const, heap_lock, heap_unlock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.hal.interface import SlackWork

    Work = Callable[[int], bool]

# More time than any piece takes: for callers that have no clock.
UNLIMITED_US = const(10_000)


class SlackScheduler:
    """Do one piece of slow work at a time; a piece takes the ticks since power-up, and returns False if none is due.

    `hardware` are the entries of `Hal.slack_work`. `may_allocate` returns True while a garbage collection would
    delay nothing that moves.
    """

    def __init__(self, hardware: "tuple[SlackWork, ...]", may_allocate: "Callable[[], bool]") -> None:
        self._may_allocate = may_allocate
        self._first = [(work, budget_us) for work, budget_us, is_first in hardware if is_first]
        self._hardware = [(work, budget_us, False) for work, budget_us, is_first in hardware if not is_first]
        self._firmware: list[tuple[Work, int, bool]] = []
        self._next = 0
        self._is_hardwares_turn = False

    def add(self, work: "Work", budget_us: int, may_allocate: bool) -> None:
        """Append an entry of the firmware to the table."""
        self._firmware.append((work, budget_us, may_allocate))

    def do_one(self, ticks: int, left_us: int) -> bool:
        """Do one piece that takes no longer than `left_us`; return whether one was due.

        Only one of the two takers of turns is asked, because asking takes time that `left_us` does not include.
        """
        for work, budget_us in self._first:
            if budget_us <= left_us and self._do(work, ticks, False):
                return True
        self._is_hardwares_turn = not self._firmware or (not self._is_hardwares_turn and len(self._hardware) > 0)
        if not self._is_hardwares_turn:
            return self._do_firmwares(ticks, left_us)
        for work, budget_us, may_allocate in self._hardware:
            if budget_us <= left_us and self._do(work, ticks, may_allocate):
                return True
        return False

    def _do_firmwares(self, ticks: int, left_us: int) -> bool:
        """Ask each entry of the firmware once, from the one after the last that was asked."""
        table = self._firmware
        for _ in range(len(table)):
            work, budget_us, may_allocate = table[self._next]
            self._next = self._next + 1 if self._next + 1 < len(table) else 0
            if budget_us <= left_us and self._do(work, ticks, may_allocate):
                return True
        return False

    def _do(self, work: "Work", ticks: int, may_allocate: bool) -> bool:
        """Do a piece; with the heap locked, as in a tick, unless it may allocate and nothing can move now."""
        if may_allocate and self._may_allocate():
            return work(ticks)
        heap_lock()
        try:
            return work(ticks)
        finally:
            heap_unlock()
