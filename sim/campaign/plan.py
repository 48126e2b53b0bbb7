"""The list of a campaign's runs: every fault x phase x person x seed, and runs without a fault."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice, product
from pathlib import Path

from host_tools.program.load import shipped
from instep.axes import FOOT_NAMES, TICKS_PER_S
from instep.levels import (
    INTENSITY_DEFAULT,
    INTENSITY_MAX,
    INTENSITY_MIN,
    PACE_DEFAULT,
    PACE_MAX,
    PACE_MIN,
)
from instep.session import states
from instep.stroke.program import TECHNIQUES
from sim.faults.parse import ROLLER_SIDES
from sim.grades import IDEAL
from sim.options import AMBIENT_DEFAULT_C, AMBIENT_MAX_C, AMBIENT_MIN_C

PROGRAMS = Path(__file__).with_name("programs")
NO_FAULT = ""
# A second fault after a notice, with which the session goes on: one of each kind of notice, and one of each reaction.
FIRST_FAULTS = (
    "button_stuck",
    "element_sensor_frozen",
    "heater_dead",
    "sensors_disagree",
    "skin_sensor_open",
    "skin_sensor_off",
)
SECOND_FAULTS = ("emergency_stop", "force_sensor_wild", "heater_switch_leaks", "supply_low")
SWITCH_SHORTS_PERCENT = 100.0
# The phase of the faults that show only under strokes, and of second faults.
_UNDER_STROKES = "path"
# In place of a phase: the session to its end, or a person who presses anything at any time.
WHOLE = "whole"
RANDOM_PRESSES = "random presses"
SEVERITIES = (1.0, 0.5, 0.0)

_BEFORE = (states.IDLE, states.SCREENING, states.SELFTEST, states.FIT, states.WARM)
_AFTER = (states.PAUSED, states.CLOSING, states.RETRACT)
# Every phase of a session, in its order; while the program runs, the technique is the phase.
PHASES = (
    *(states.NAMES[state] for state in _BEFORE),
    *TECHNIQUES,
    *(states.NAMES[state] for state in _AFTER),
)
# Phases for the faults that the self-test and the loading of a program find: they must come before.
PHASES_EARLY = (states.NAMES[states.IDLE], states.NAMES[states.SCREENING])
# For those that take minutes to hurt: before the session, while the wells warm up, and under the strokes.
PHASES_SLOW = (states.NAMES[states.IDLE], states.NAMES[states.WARM], _UNDER_STROKES)
# Latest onset after a phase's beginning: every person's phase lasts longer.
_LATEST_TICKS = dict.fromkeys(PHASES, 12 * TICKS_PER_S) | {
    states.NAMES[states.IDLE]: 2 * TICKS_PER_S,
    states.NAMES[states.SCREENING]: 8 * TICKS_PER_S,
    states.NAMES[states.SELFTEST]: TICKS_PER_S,
    states.NAMES[states.FIT]: 6 * TICKS_PER_S,
    states.NAMES[states.RETRACT]: TICKS_PER_S // 2,
    WHOLE: 0,
    RANDOM_PRESSES: 0,
}


@dataclass(frozen=True)
class Levels:
    """The levels chosen at the panel, and the room's temperature."""

    ambient_c: float
    intensity: int
    pace: int
    heat: str

    def __str__(self) -> str:
        """Return the levels in the form of a name."""
        return f"{self.ambient_c:g}C-i{self.intensity}-p{self.pace}-{self.heat}"


_USUAL = Levels(AMBIENT_DEFAULT_C, INTENSITY_DEFAULT, PACE_DEFAULT, "low")
_HOT = Levels(AMBIENT_MAX_C, INTENSITY_MIN, PACE_MIN, "low")
_COLD = tuple(Levels(AMBIENT_MIN_C, INTENSITY_MAX, PACE_MAX, heat) for heat in ("off", "high"))
# The people of a fault and phase take these levels in turn, so that three people cover all three. Heat in a cold room
# takes minutes to warm up: only further seeds have it.
LEVELS = tuple((_USUAL, _HOT, cold) for cold in _COLD)
# Slow faults hurt by heat: it is always on, and high, but in the warm room as anywhere.
LEVELS_HOT = tuple(replace(levels, heat="high") for levels in (_USUAL, _HOT, _COLD[1]))
# All combinations of the settings' limits, the hardest first: nothing may trip.
EXTREMES = tuple(
    Levels(ambient_c, intensity, pace, heat)
    for heat, ambient_c, intensity, pace in product(
        ("high", "low", "off"),
        (AMBIENT_MIN_C, AMBIENT_MAX_C),
        (INTENSITY_MAX, INTENSITY_MIN),
        (PACE_MAX, PACE_MIN),
    )
)


@dataclass(frozen=True)
class Case:
    """One run: `fault` is injected at `foot` during `phase`.

    NO_FAULT: no injection; the run ends a while after the phase began. WHOLE: the run goes on to the session's end.
    RANDOM_PRESSES: it goes on to the end that the presses bring about.
    after: the fault whose notice `fault` follows, "" = none. own: name or path of the program, "" = one that has the
    phase.
    Runs of the same `beginning` share one session, up to the injection or, without a fault, to the end.
    """

    fault: str
    phase: str
    person: str
    seed: int
    levels: Levels
    parts: str = IDEAL
    after: str = ""
    own: str = ""

    @property
    def name(self) -> str:
        """Return the name of the fault, or of both."""
        return f"{self.fault} after {self.after}" if self.after else self.fault

    @property
    def key(self) -> str:
        """Return the unique name of this run: the same key gives the same run; `own` is in the digest of the store."""
        return f"{self._circumstances}/{self.parts}"

    @property
    def _circumstances(self) -> str:
        """Return the name without the parts: what is drawn for a run is the same for parts of every grade."""
        return f"{self.name or 'none'}/{self.phase}/{self.person}/{self.levels}/{self.seed}"

    @property
    def beginning(self) -> tuple[str | int | Levels, ...]:
        """Return the values that all runs with the same beginning share."""
        phase = WHOLE if self.fault == NO_FAULT and self.phase != RANDOM_PRESSES else self.phase
        return (phase, self.fault == NO_FAULT, self.person, self.seed, self.levels, self.parts, self.own)

    @property
    def foot(self) -> str:
        """Return the foot of the injection."""
        return FOOT_NAMES[self.draw("foot", len(FOOT_NAMES))]

    @property
    def roller(self) -> str:
        """Return the roller of the injection: the moving one, if the technique moves only one."""
        if self.phase in ROLLER_SIDES:
            return self.phase
        return ROLLER_SIDES[self.draw("roller", len(ROLLER_SIDES))]

    @property
    def severity(self) -> float:
        """Return the severity of the fault, 0..1."""
        return SEVERITIES[self.draw("severity", len(SEVERITIES))]

    @property
    def program(self) -> str:
        """Return the name of the program in which the phase comes soon and lasts long enough.

        Without a fault one session shows all phases.
        """
        if self.own:
            return Path(self.own).stem
        if self.phase == RANDOM_PRESSES:
            return shipped()[self.draw("program", len(shipped()))]
        if self.fault == NO_FAULT:
            return WHOLE
        if self.phase in (*TECHNIQUES, WHOLE, states.NAMES[states.CLOSING]):
            return self.phase
        return "sole"

    @property
    def offset_ticks(self) -> int:
        """Return the onset of the fault after the phase's beginning, ticks."""
        return self.draw("offset", _LATEST_TICKS[self.phase] + 1)

    def draw(self, what: str, below: int) -> int:
        """Return a number 0..below - 1 that depends on the case alone."""
        return zlib.crc32(f"{what} of {self._circumstances}".encode()) % below


def plan_of(
    faults: Sequence[str],
    people: Sequence[str],
    seeds: int,
    early: Collection[str] = (),
    parts: str = IDEAL,
    presses: int = 0,
    slow: Collection[str] = (),
    phases: Sequence[str] = PHASES,
) -> list[Case]:
    """Return all runs, each once: those with a fault, those without, then `presses` sessions of random presses.

    Without a fault there are as many, but no more than all limits of the settings for all people with all seeds.

    `early` are the faults that are injected in PHASES_EARLY only, `slow` those in PHASES_SLOW. `parts` is the grade of
    the parts in all runs. `phases` are those that the program has.
    """
    faulty = [
        Case(fault, phase, person, seed, _levels(at + turn, seed, LEVELS_HOT if fault in slow else None))
        for fault in sorted(faults)
        for at, phase in enumerate(PHASES_SLOW if fault in slow else PHASES_EARLY if fault in early else PHASES)
        if phase in phases
        for (turn, person), seed in product(enumerate(sorted(people)), range(1, seeds + 1))
    ]
    if _UNDER_STROKES in phases:
        faulty += list(_two_faults(faults, sorted(people), seeds))
    lawful = (case for case in _lawful(sorted(people), seeds) if case.phase in (*phases, WHOLE))
    cases = faulty + list(islice(lawful, len(faulty))) + list(islice(_pressed(sorted(people)), presses))
    return [replace(case, parts=parts) for case in cases]


def in_turns(cases: Iterable[Case], people: Sequence[str]) -> list[Case]:
    """Return the runs of one person for each fault and phase, and for each limit of the settings; presses stay."""
    people = sorted(people)
    return [case for case in cases if case.phase == RANDOM_PRESSES or case.person == _whose_turn(case, people)]


def _whose_turn(case: Case, people: Sequence[str]) -> str:
    """Return the person of all runs that have this fault in this phase or, without a fault, these levels."""
    what = f"{case.name}/{case.phase}" if case.fault else str(case.levels)
    return people[zlib.crc32(f"{what}/{case.seed}".encode()) % len(people)]


def _two_faults(faults: Sequence[str], people: Sequence[str], seeds: int) -> Iterator[Case]:
    """Yield runs in which a second fault follows the notice of a first, as far as both are among `faults`."""
    for first, second in product(FIRST_FAULTS, SECOND_FAULTS):
        if first in faults and second in faults:
            for (turn, person), seed in product(enumerate(people), range(1, seeds + 1)):
                levels = _levels(turn, seed, LEVELS_HOT)
                yield Case(second, _UNDER_STROKES, person, seed, levels, after=first)


def _levels(turn: int, seed: int, only: Sequence[Levels] | None) -> Levels:
    levels = only or LEVELS[(seed - 1) % len(LEVELS)]
    return levels[turn % len(levels)]


def _lawful(people: Sequence[str], seeds: int) -> Iterator[Case]:
    """Yield runs without a fault: all extremes for all people, then again with the next seed.

    Whole sessions of every extreme come before those of single phases.
    """
    for levels, person in product(EXTREMES, people):
        yield Case(NO_FAULT, WHOLE, person, 1, levels)
    for levels, person, phase in product(EXTREMES, people, PHASES):
        yield Case(NO_FAULT, phase, person, 1, levels)
    for seed in range(2, seeds + 1):
        for levels, person, phase in product(EXTREMES, people, (*PHASES, WHOLE)):
            yield Case(NO_FAULT, phase, person, seed, levels)


def _pressed(people: Sequence[str]) -> Iterator[Case]:
    """Yield sessions of random presses, without end: all limits of the settings for all people, again and again."""
    for seed in count(1):
        for levels, person in product((_USUAL, *EXTREMES), people):
            yield Case(NO_FAULT, RANDOM_PRESSES, person, seed, levels)


def by_beginning(cases: Iterable[Case]) -> list[list[Case]]:
    """Return the runs in groups that begin alike, in the order in which each group is met first."""
    groups: dict[tuple[str | int | Levels, ...], list[Case]] = {}
    for case in cases:
        groups.setdefault(case.beginning, []).append(case)
    return list(groups.values())
