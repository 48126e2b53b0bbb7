"""Turn the reports of a watched machine into a trace: the same two channels as the simulator's, and the events.

A report's time is that of its tick since power-up. A foot's block and a row of the display do not carry one: they get
that of the report before them, at most 50 ms older.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from host_tools.trace import told
from host_tools.trace.event_watch import EventWatch
from host_tools.trace.mcap_file import McapFile
from host_tools.trace.recording import Event
from instep.axes import COUNTER_MASK, FOOT_NAMES, TICKS_PER_S

_Feet = tuple[Mapping[str, int], Mapping[str, int]]

# A jump of more than half the counter's range is one backward: the board has restarted.
_JUMP_MAX = COUNTER_MASK // 2


@dataclass
class LiveRecording:
    """Collect a machine's reports in the order in which they come."""

    reports: list[tuple[int, dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    tick: int = 0
    _watch: EventWatch = field(default_factory=EventWatch)
    _board_ticks: int | None = None
    _at_s: float = 0.0

    def note(self, machine: Mapping[str, int], feet: _Feet, now_s: float) -> None:
        """Note the fields that have come, of the machine and of each foot; `now_s` is the laptop's time."""
        if "ticks" in machine:
            self._pass_to(machine["ticks"], now_s)
        reading = {name: dict(values) for name, values in zip(FOOT_NAMES, feet, strict=True) if values}
        self.reports.append((self.tick, dict(machine), reading))
        self.events += self._watch.look(self.tick, machine, feet)

    def note_row(self, number: int, text: str) -> None:
        """Note a new row of the display."""
        self._watch.take_row(self.tick, number, text)

    def _pass_to(self, board_ticks: int, now_s: float) -> None:
        """Advance to a report's tick; after a restart, by the laptop's time."""
        if self._board_ticks is not None:
            passed = board_ticks - self._board_ticks & COUNTER_MASK
            self.tick += passed if passed <= _JUMP_MAX else max(1, round((now_s - self._at_s) * TICKS_PER_S))
        self._board_ticks = board_ticks
        self._at_s = now_s

    def write(self, stream: BinaryIO, facts: Mapping[str, str]) -> None:
        """Write a complete MCAP file; `facts` describe the session."""
        file = McapFile(stream)
        machine_channel = file.channel(told.MACHINE_TOPIC, told.machine_schema())
        reading_channel = file.channel(told.READING_TOPIC, told.reading_schema())
        events = iter([*self.events, *self._watch.rest(self.tick)])
        event = next(events, None)
        for number, (tick, machine, reading) in enumerate(self.reports):
            while event is not None and event.tick <= tick:
                file.add_event(event)
                event = next(events, None)
            if machine:
                file.add(machine_channel, tick, told.message_of(machine), number)
            if reading:
                file.add(reading_channel, tick, told.message_of(reading), number)
        while event is not None:
            file.add_event(event)
            event = next(events, None)
        file.finish(dict(facts))
