"""Slow work between two ticks: one table says what it is, how long a piece may take, and whether it may allocate.

A piece is begun only if its budget fits into the time that is left. The hardware's urgent work comes first. Then the
hardware's other work and the firmware's take turns, and so do the entries of the firmware among each other.
"""

from micropython import const, heap_lock, heap_unlock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.guard.firmware_check import FirmwareCheck
    from instep.guard.relay_monitor import RelayMonitor
    from instep.hal.interface import SlackWork
    from instep.link.link import Link
    from instep.panel.display import Screen
    from instep.persistence.autosave import Autosave

    Work = Callable[[int], bool]
    # Work, the most that a piece takes (us), whether it may allocate while the relay is open.
    Row = tuple[Work, int, bool]

# What a piece takes on an RP2040 (emulated, at 200 MHz), and 0.5 ms for asking the other entries in vain before it.
_ROW_US = const(2_800)
_SEND_US = const(1_300)
_SAVE_US = const(1_000)
_CHECK_US = const(1_500)
_RECEIVE_US = const(1_300)
# More time than any piece takes: for callers that have no clock.
UNLIMITED_US = const(10_000)


def firmware_work(
    screen: "Screen", autosave: "Autosave", link: "Link | None", image: "FirmwareCheck | None", relay: "RelayMonitor"
) -> "list[Row]":
    """Return the firmware's part of the table; sending takes most of the time, so it has several turns."""
    rows: list[Row] = [(screen.slice, _ROW_US, False)]
    if link is not None:
        rows.append((link.send, _SEND_US, False))
    rows.append((autosave.slice, _SAVE_US, True))
    if image is not None:
        rows.append((FileCheck(image, relay).slice, _CHECK_US, True))
    if link is not None:
        rows += [(link.send, _SEND_US, False), (link.receive, _RECEIVE_US, True), (link.send, _SEND_US, False)]
    return rows


class FileCheck:
    """Check the installed files only while the relay is open: reading them would delay what moves."""

    def __init__(self, image: "FirmwareCheck", relay: "RelayMonitor") -> None:
        self._image = image
        self._relay = relay

    def slice(self, ticks: int) -> bool:
        """Check one slice of a file; return False if nothing is left to do."""
        return not self._relay.is_commanded_closed and self._image.slice()


class SlackScheduler:
    """Do one piece of slow work at a time; a piece takes the ticks since power-up, and returns False if none is due.

    `hardware` are the rows of `Hal.slack_work`, `firmware` those of `firmware_work`. While the relay is open, nothing
    moves that a garbage collection could delay.
    """

    def __init__(self, hardware: "tuple[SlackWork, ...]", firmware: "list[Row]", relay: "RelayMonitor") -> None:
        self._relay = relay
        self._first = [(work, budget_us) for work, budget_us, is_first in hardware if is_first]
        self._hardware = [(work, budget_us) for work, budget_us, is_first in hardware if not is_first]
        self._firmware = firmware
        self._next = 0
        self._is_hardwares_turn = False

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
        for work, budget_us in self._hardware:
            if budget_us <= left_us and self._do(work, ticks, False):
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
        """Do a piece; with the heap locked, as in a tick, unless it may allocate and the relay is open."""
        if may_allocate and not self._relay.is_commanded_closed:
            return work(ticks)
        heap_lock()
        try:
            return work(ticks)
        finally:
            heap_unlock()
