"""A wish: the dose that each place of a foot should get in one session, within the bounds of comfort.

minutes = 10
sole = [
{ at = 0, dose = 5 },       # at: per mille, 0 the tips of the toes, 1000 heel or ankle
{ at = 550, dose = 20 },    # dose: N s/cm2, between two places on a straight line
{ at = 1000, dose = 5 },
]
comfort = { force_n = 20, speed_mm_s = 50 }
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from host_tools.data_folders import WISHES
from host_tools.program.check import TITLE_MAX_CHARACTERS, check_format, read_minutes
from host_tools.program.lines import Place, lines_of
from host_tools.program.techniques import WAYPOINT, Number
from host_tools.program.values import read_choice, read_number, read_text, refuse_unknown_keys
from host_tools.program.violations import Findings, RefusedFileError
from host_tools.source_file import decode_source, parse_document, read_source
from instep.levels import HEAT_NAMES, HEAT_OFF, MINUTES_DEFAULT
from instep.units import CN_PER_N, DECI

SIDES = ("top", "sole")
PLACES_MIN, PLACES_MAX = 2, 12

# Firm, as the techniques' own strokes are by default; twice as fast as the quickest of them. Start values.
FORCE_DEFAULT_N = 25.0
SPEED_DEFAULT_MM_S = 80.0
# How much worse a session counts whose force is over the bound by all of it; far less than it would gain. Start value.
_EXCESS_COST = 10.0
_FORCE = Number("N", CN_PER_N, 5 * CN_PER_N, WAYPOINT["sole_n"].maximum)
_SPEED = Number("mm/s", DECI, 20 * DECI, WAYPOINT["speed_mm_s"].maximum)

_ADVICE = "Correct the lines above; docs/simulate-in-python.md describes a wish."
_KEYS = ("format", "title", "minutes", "heat", *SIDES, "comfort")
_LIST_ALLOWED = f"{PLACES_MIN} to {PLACES_MAX} places"
_PLACE_KEYS = ("at", "dose")
_COMFORT_KEYS = ("force_n", "speed_mm_s")
_AT = WAYPOINT["sole"]
_DOSE = Number("N·s/cm²", DECI, 0, 200 * DECI)

# A place, per mille of the way from the tips of the toes, and its dose, N s/cm2.
Point = tuple[int, float]


@dataclass(frozen=True)
class Comfort:
    """The bounds of comfort: the true force under a roller, and a roller's speed, at most."""

    force_n: float = FORCE_DEFAULT_N
    speed_mm_s: float = SPEED_DEFAULT_MM_S

    def cost_of(self, peak_n: float) -> float:
        """Return what a session's greatest force costs beside its deviation: 0 within the bound."""
        return _EXCESS_COST * max(0.0, peak_n / self.force_n - 1.0)


@dataclass(frozen=True)
class Wish:
    """The wished dose of both feet.

    doses: by side, of SIDES, the points in the order of their places; a side without a wish is missing. minutes, heat:
    as in a program.
    """

    title: str
    minutes: int
    heat: str
    doses: Mapping[str, tuple[Point, ...]]
    comfort: Comfort = Comfort()


def find_wish(name_or_path: str) -> Path:
    """Return the path of a shipped wish, or the path itself."""
    path = WISHES / f"{name_or_path}.toml"
    return path if path.is_file() else Path(name_or_path)


def load_wish(path: Path) -> Wish:
    """Return the wish of a file; raise InstepError (RefusedFileError for broken rules)."""
    data = read_source(path, "wish", "Give the .toml file of a wish.")
    return check_wish(decode_source(data, path), str(path))


def check_wish(text: str, file: str) -> Wish:
    """Return the wish that a text describes; raise RefusedFileError with all violations. `file` is the text's name."""
    document = parse_document(text, file, _ADVICE)
    findings = Findings(file, lines_of(text))
    wish = _read_wish(findings, document)
    if findings.violations or wish is None:
        raise RefusedFileError(findings.violations, _ADVICE)
    return wish


def _read_wish(findings: Findings, document: Mapping[str, object]) -> Wish | None:
    refuse_unknown_keys(findings, (), document, _KEYS)
    check_format(findings, document.get("format"))
    title = read_text(findings, ("title",), document.get("title", ""), TITLE_MAX_CHARACTERS)
    minutes = read_minutes(findings, document.get("minutes", MINUTES_DEFAULT))
    heat = read_choice(findings, ("heat",), document.get("heat", HEAT_NAMES[HEAT_OFF]), HEAT_NAMES)
    doses = {side: _read_points(findings, side, document[side]) for side in SIDES if side in document}
    comfort = _read_comfort(findings, document.get("comfort", {}))
    if not doses:
        findings.add((), None, "wishes nothing", f"a list of places for {' or '.join(SIDES)}, or both")
    if title is None or minutes is None or heat is None or comfort is None:
        return None
    return Wish(title, minutes, heat, doses, comfort)


def _read_points(findings: Findings, side: str, value: object) -> tuple[Point, ...]:
    if not isinstance(value, list) or not PLACES_MIN <= len(value) <= PLACES_MAX:
        findings.add((side,), value, "is not a list of places", _LIST_ALLOWED)
        return ()
    read = [_read_point(findings, (side, index), item) for index, item in enumerate(value)]
    points = [point for point in read if point is not None]
    for index, (before, after) in enumerate(pairwise(points), start=1):
        if before[0] >= after[0]:
            findings.add((side, index, "at"), after[0], "does not lie behind the place before it", "ascending places")
    if points and not any(dose for _, dose in points):
        findings.add((side,), None, "wishes a dose of 0 everywhere", "a dose above 0; leave the side out for none")
    return tuple(points)


def _read_point(findings: Findings, place: Place, table: object) -> Point | None:
    if not isinstance(table, dict):
        findings.add(place, table, "is not a place", "{ at = 500, dose = 10 }")
        return None
    refuse_unknown_keys(findings, place, table, _PLACE_KEYS)
    at = _number(findings, (*place, "at"), table.get("at"), _AT)
    dose = _number(findings, (*place, "dose"), table.get("dose"), _DOSE)
    return None if at is None or dose is None else (at, dose / DECI)


def _read_comfort(findings: Findings, table: object) -> Comfort | None:
    if not isinstance(table, dict):
        findings.add(("comfort",), table, "is not a table", "{ force_n = 20, speed_mm_s = 50 }")
        return None
    refuse_unknown_keys(findings, ("comfort",), table, _COMFORT_KEYS)
    force = _number(findings, ("comfort", "force_n"), table.get("force_n", FORCE_DEFAULT_N), _FORCE)
    speed = _number(findings, ("comfort", "speed_mm_s"), table.get("speed_mm_s", SPEED_DEFAULT_MM_S), _SPEED)
    return None if force is None or speed is None else Comfort(force / CN_PER_N, speed / DECI)


def _number(findings: Findings, place: Place, value: object, number: Number) -> int | None:
    if value is None:
        findings.add(place, None, "is missing", number.allowed)
        return None
    return read_number(findings, place, value, number)
