"""The outcome of a campaign: per fault its times, reactions and misses; per group without a fault its false trips."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median_low

from instep.axes import TICKS_PER_S
from sim.campaign.plan import NO_FAULT, PHASES, RANDOM_PRESSES, WHOLE
from sim.campaign.store import Row

_TICKS_PER_HOUR = 3_600 * TICKS_PER_S


@dataclass(frozen=True)
class Cell:
    """Counts of runs of one fault; times in ms, None = never noticed.

    `shown`: the fault made a difference; `before`: it was noticed before that.
    """

    runs: int
    shown: int
    before: int
    median_ms: int | None
    worst_ms: int | None
    missed: int
    over_budget: int
    wrong_reactions: int
    false_trips: int
    unreached: int

    @property
    def is_good(self) -> bool:
        """Return True if no run was missed, late, wrong, unreached or a false trip."""
        return not (self.missed or self.over_budget or self.wrong_reactions or self.false_trips or self.unreached)


@dataclass(frozen=True)
class FaultRow:
    """One fault: all its runs together, phase by phase in the order of PHASES, and the most that a person felt."""

    fault: str
    budget_ms: int | None
    reaction: str
    whole: Cell
    phases: tuple[Cell, ...]
    peak_force_n: float
    peak_track_n: float
    peak_skin_c: float


@dataclass(frozen=True)
class LawfulRow:
    """The runs without a fault in one room with one choice of levels; units in the names."""

    ambient_c: float
    heat: str
    intensity: int
    pace: int
    runs: int
    whole_sessions: int
    false_trips: int
    peak_force_n: float
    peak_skin_c: float


@dataclass(frozen=True)
class PressesRow:
    """The sessions of random presses; units in the names."""

    runs: int
    programs: int
    hours: float
    false_trips: int
    wrong_endings: int
    peak_force_n: float
    peak_skin_c: float


@dataclass(frozen=True)
class Table:
    """The outcome of a campaign; `failures` are the rows that break it."""

    faults: tuple[FaultRow, ...]
    lawful: tuple[LawfulRow, ...]
    presses: PressesRow | None
    failures: tuple[Row, ...]
    runs: int
    fault_runs: int
    shown: int
    missed: int
    over_budget: int
    wrong_reactions: int
    false_trips: int
    unreached: int

    @property
    def is_good(self) -> bool:
        """Return True if no run failed."""
        return not self.failures


def table_of(rows: Sequence[Row]) -> Table:
    """Return the outcome of all rows; their order does not matter."""
    rows = sorted(rows, key=lambda row: str(row["key"]))
    faulty = [row for row in rows if row["fault"] != NO_FAULT]
    pressed = [row for row in rows if row["phase"] == RANDOM_PRESSES]
    lawful = [row for row in rows if row["fault"] == NO_FAULT and row["phase"] != RANDOM_PRESSES]
    whole = _cell(rows)
    return Table(
        faults=tuple(_fault_row(runs) for runs in _groups(faulty, lambda row: row["fault"])),
        lawful=tuple(_lawful_row(runs) for runs in _groups(lawful, _extreme)),
        presses=_presses_row(pressed) if pressed else None,
        failures=tuple(row for row in rows if is_failure(row)),
        runs=len(rows),
        fault_runs=len(faulty),
        shown=_cell(faulty).shown,
        missed=whole.missed,
        over_budget=whole.over_budget,
        wrong_reactions=whole.wrong_reactions,
        false_trips=whole.false_trips,
        unreached=whole.unreached,
    )


def is_failure(row: Row) -> bool:
    """Return True if a run was missed, late, wrong, unreached or a false trip."""
    return bool(row["missed"] or row["over_budget"] or row["false_trip"]) or not (
        row["reaction_ok"] and row["reached"]
    )


def _groups(rows: Sequence[Row], key: Callable[[Row], object]) -> list[list[Row]]:
    groups: dict[object, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def _cell(rows: Sequence[Row]) -> Cell:
    # The lower median: a measured value, the same on every computer.
    delays_ms = [row["delay_ms"] for row in rows if row["delay_ms"] is not None]
    return Cell(
        runs=len(rows),
        shown=sum(row["onset_tick"] is not None for row in rows),
        before=sum(row["onset_tick"] is None and bool(row["trips"]) for row in rows),
        median_ms=median_low(delays_ms) if delays_ms else None,
        worst_ms=max(delays_ms, default=None),
        missed=sum(row["missed"] for row in rows),
        over_budget=sum(row["over_budget"] for row in rows),
        wrong_reactions=sum(not row["reaction_ok"] and not row["missed"] for row in rows),
        false_trips=sum(row["false_trip"] for row in rows),
        unreached=sum(not row["reached"] for row in rows),
    )


def _fault_row(rows: list[Row]) -> FaultRow:
    first = rows[0]
    phases = tuple(_cell([row for row in rows if row["phase"] == phase]) for phase in PHASES)
    return FaultRow(first["fault"], first["budget_ms"], first["reaction"], _cell(rows), phases, *_peaks(rows))


def _peaks(rows: list[Row]) -> tuple[float, ...]:
    """Return the greatest true force of a roller, on a finger in its way, and temperature of a skin side."""
    return tuple(max(row[peak] for row in rows) for peak in ("peak_force_n", "peak_track_n", "peak_skin_c"))


def _extreme(row: Row) -> tuple[float, str, int, int]:
    return row["ambient_c"], row["heat"], row["intensity"], row["pace"]


def _lawful_row(rows: list[Row]) -> LawfulRow:
    ambient_c, heat, intensity, pace = _extreme(rows[0])
    return LawfulRow(
        ambient_c,
        heat,
        intensity,
        pace,
        runs=len(rows),
        whole_sessions=sum(row["phase"] == WHOLE for row in rows),
        false_trips=sum(row["false_trip"] for row in rows),
        peak_force_n=max(row["peak_force_n"] for row in rows),
        peak_skin_c=max(row["peak_skin_c"] for row in rows),
    )


def _presses_row(rows: list[Row]) -> PressesRow:
    return PressesRow(
        runs=len(rows),
        programs=len({row["program"] for row in rows}),
        hours=sum(row["ticks"] for row in rows) / _TICKS_PER_HOUR,
        false_trips=sum(row["false_trip"] for row in rows),
        wrong_endings=sum(not row["reaction_ok"] for row in rows),
        peak_force_n=max(row["peak_force_n"] for row in rows),
        peak_skin_c=max(row["peak_skin_c"] for row in rows),
    )
