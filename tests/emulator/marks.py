"""Marks that a program on the emulated board sets, with their time: numbers written to a register without a use."""

from typing import Any

from instep.units import NS_PER_US
from tests.emulator.pico import Pico

_WATCHDOG = 0x40058
_MARK = 0x10  # the second scratch register
_FREE = 0x14  # the third


class Marks:
    """All marks since the last `clear`; a mark is the number of a work that begins, or 0: the innermost one ends.

    It stands in the watchdog's place and takes the writes to two of its scratch registers. `free_bytes` is what the
    program has told of its heap.
    """

    def __init__(self, pico: Pico) -> None:
        self._pico = pico
        self._all: list[tuple[float, int]] = []
        self.free_bytes = 0
        peripherals: Any = pico.mcu.peripherals
        self._watchdog: Any = peripherals[_WATCHDOG]
        peripherals[_WATCHDOG] = self

    def write_uint32_atomic(self, offset: int, value: int, way: int) -> None:
        """Note a mark; the watchdog gets the rest."""
        if offset == _MARK:
            self._all.append((self._pico.now_ns / NS_PER_US, value))
        elif offset == _FREE:
            self.free_bytes = value
        else:
            self._watchdog.write_uint32_atomic(offset, value, way)

    def __getattr__(self, name: str) -> Any:
        """Be the watchdog."""
        return getattr(self._watchdog, name)

    def clear(self) -> None:
        """Clear the marks."""
        self._all.clear()

    def spans(self, number: int) -> list[tuple[float, float]]:
        """Return when each work of that number began and ended, us; unfinished work is left out."""
        spans = []
        under_way: list[tuple[float, int]] = []
        for at_us, mark in self._all:
            if mark:
                under_way.append((at_us, mark))
            elif under_way:
                begun_us, ended = under_way.pop()
                if ended == number:
                    spans.append((begun_us, at_us))
        return spans
