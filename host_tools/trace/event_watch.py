"""Find the events of a session in what a machine reports: states, faults, techniques, strokes and its display."""

from collections.abc import Iterator, Mapping

from host_tools.trace.recording import Event
from instep.axes import DISPLAY_ROWS, FOOT_NAMES, TICKS_PER_S
from instep.guard import faults
from instep.link.protocol import NO_TECHNIQUE
from instep.session import states
from instep.stroke.program import TECHNIQUES

# A screen's rows come one after the other; it is complete when none has come for this long.
_SCREEN_TICKS = TICKS_PER_S // 5


class EventWatch:
    """Compare each report with the one before it."""

    def __init__(self) -> None:
        self._state: int | None = None
        self._fault = faults.NO_FAULT
        self._techniques = [NO_TECHNIQUE, NO_TECHNIQUE]
        self._strokes = [0, 0]
        self._rows = [""] * DISPLAY_ROWS
        self._row_tick: int | None = None

    def look(
        self, tick: int, machine: Mapping[str, int], feet: tuple[Mapping[str, int], Mapping[str, int]]
    ) -> list[Event]:
        """Return the events that a report shows; fields that it does not hold are as they were."""
        return [
            *self._screen(tick),
            *self._of_machine(tick, machine),
            *(event for foot, values in enumerate(feet) for event in self._of_foot(tick, foot, values)),
        ]

    def take_row(self, tick: int, number: int, text: str) -> None:
        """Take a new row of the display."""
        self._rows[number] = text.rstrip()
        self._row_tick = tick

    def rest(self, tick: int) -> list[Event]:
        """Return the screen that was not complete at the end."""
        return [] if self._row_tick is None else list(self._screen(tick + _SCREEN_TICKS))

    def _screen(self, tick: int) -> Iterator[Event]:
        if self._row_tick is not None and tick - self._row_tick >= _SCREEN_TICKS:
            yield Event(self._row_tick, "display", "", "\n".join(self._rows))
            self._row_tick = None

    def _of_machine(self, tick: int, machine: Mapping[str, int]) -> Iterator[Event]:
        state = machine.get("state", self._state)
        if state is not None and state != self._state:
            yield Event(tick, "state", "", states.NAMES[state])
        self._state = state
        fault = machine.get("fault", self._fault)
        if fault not in (self._fault, faults.NO_FAULT):
            name = faults.name(fault) if fault < faults.count() else f"fault {fault}"
            yield Event(tick, "fault", "", name)
        self._fault = fault

    def _of_foot(self, tick: int, foot: int, values: Mapping[str, int]) -> Iterator[Event]:
        if "technique" not in values:
            return
        technique, before = values["technique"], self._techniques[foot]
        if technique != before:
            if before != NO_TECHNIQUE:
                yield Event(tick, "technique_end", FOOT_NAMES[foot], TECHNIQUES[before])
            if technique != NO_TECHNIQUE:
                yield Event(tick, "technique", FOOT_NAMES[foot], TECHNIQUES[technique])
            self._techniques[foot] = technique
            self._strokes[foot] = 0
        if values["stroke"] not in (0, self._strokes[foot]):
            self._strokes[foot] = values["stroke"]
            yield Event(tick, "stroke", FOOT_NAMES[foot], str(values["stroke"]))
