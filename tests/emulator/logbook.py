"""What the chips see and the board's memory says, tick after tick, taken at the moment when a tick begins.

A tick's first word on the bus is the question for the expander's pins. By then the tick before has sent everything
that it wanted, so setpoints and outputs of one entry belong to the same tick.
"""

import struct
from dataclasses import dataclass

from instep.axes import AXES, FEET, HOME
from tests.emulator.machine import Machine

_LAYOUT = f"<{AXES}i"
_AT_HOME = struct.pack(_LAYOUT, *HOME * FEET)


@dataclass(frozen=True)
class Entry:
    """The machine between two ticks, by axis, channel, roller, foot; counts are the encoders' own."""

    ms: float
    setpoints: tuple[int, ...]
    pulses_us: list[float]
    duty_permille: list[float]
    heat_permille: list[float]
    roller_counts: list[int]


class Logbook:
    """Write an entry at each tick's start; make it while the machine rests.

    The setpoints are read from the board's memory. There they stand more than once: those of the scheduler, and what
    the guard has let pass. While nothing moves all of them say where home is, by which they are found; the ones that
    nobody moves are others'.
    """

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._sram = machine.pico.mcu.sram
        self._places = self._found()
        self.entries: list[Entry] = []
        self._start = machine.expander.start
        machine.expander.start = self._note  # type: ignore[method-assign]

    def _found(self) -> list[int]:
        places = []
        memory = bytes(self._sram)
        at = memory.find(_AT_HOME)
        while at >= 0:
            places.append(at)
            at = memory.find(_AT_HOME, at + 1)
        return places

    def _note(self, is_read: bool) -> None:
        if is_read:
            self.entries.append(self._entry())
        self._start(is_read)

    def _entry(self) -> Entry:
        machine = self._machine
        return Entry(
            machine.pico.now_ms,
            self._setpoints(),
            machine.servos.pulses_us(),
            [bridge.duty_permille for bridge in machine.bridges],
            [heater.permille for heater in machine.heaters],
            [encoder.counts for encoder in machine.encoders],
        )

    def _setpoints(self) -> tuple[int, ...]:
        """Return the setpoints that are followed; all that have ever moved must say the same."""
        said = [bytes(self._sram[at : at + len(_AT_HOME)]) for at in self._places]
        moved = {setpoints for setpoints in said if setpoints != _AT_HOME}
        assert len(moved) <= 1, "the scheduler's setpoints and those that the guard has let pass differ"
        return struct.unpack(_LAYOUT, moved.pop() if moved else _AT_HOME)
