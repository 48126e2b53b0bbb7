"""Read the phases of a program file."""

from collections.abc import Mapping

from host_tools.program.lines import Place
from host_tools.program.model import Phase
from host_tools.program.techniques import DEFAULT_FEET, DEFAULT_REPEATS, DEFAULTS, REPEATS, SETTINGS, Number
from host_tools.program.values import one_of, read_choice, read_number, read_selection, refuse_unknown_keys
from host_tools.program.violations import Findings
from host_tools.program.waypoints import read_waypoints
from instep.stroke.program import FEET_MODES, TECHNIQUES

PHASES_MAX = 64

PHASE, CLOSING = "phase", "closing"

_LIST_ALLOWED = f"1 to {PHASES_MAX} tables"
_COMMON_KEYS = ("technique", "feet", "repeats")
_DEFAULT_CLOSING = [{"technique": "smooth"}]


def read_phases(findings: Findings, document: Mapping[str, object]) -> list[Phase]:
    """Return the valid phases of a file, closing last."""
    closing = document.get(CLOSING, _DEFAULT_CLOSING)
    return _read_list(findings, PHASE, document.get(PHASE)) + _read_list(findings, CLOSING, closing)


def _read_list(findings: Findings, key: str, tables: object) -> list[Phase]:
    if not isinstance(tables, list) or not 1 <= len(tables) <= PHASES_MAX:
        problem = "is missing" if tables is None else f"is not a list of [[{key}]] tables"
        remedy = f"Write [[{key}]] with two brackets on each side" if isinstance(tables, dict) else ""
        findings.add((key,), tables, problem, _LIST_ALLOWED, remedy)
        return []
    phases = [_read_phase(findings, (key, index), table) for index, table in enumerate(tables)]
    return [phase for phase in phases if phase]


def _read_phase(findings: Findings, place: Place, table: object) -> Phase | None:
    if not isinstance(table, dict):
        findings.add(place, table, "is not a table", "a table with a technique")
        return None
    if "technique" not in table:
        findings.add((*place, "technique"), None, "is missing", one_of(TECHNIQUES))
        return None
    technique = read_choice(findings, (*place, "technique"), table["technique"], TECHNIQUES)
    if technique is None:
        return None
    is_path = technique == "path"
    own_keys = ("waypoints",) if is_path else tuple(DEFAULTS[technique])
    refuse_unknown_keys(findings, place, table, (*_COMMON_KEYS, *own_keys))
    feet = read_choice(findings, (*place, "feet"), table.get("feet", DEFAULT_FEET[technique]), FEET_MODES)
    given = table.get("repeats", DEFAULT_REPEATS[technique])
    repeats = read_number(findings, (*place, "repeats"), given, REPEATS)
    settings = _read_settings(findings, place, table, DEFAULTS[technique])
    waypoints = read_waypoints(findings, (*place, "waypoints"), table.get("waypoints")) if is_path else ()
    if feet is None or repeats is None or settings is None or waypoints is None:
        return None
    return Phase(technique, feet, repeats, settings, waypoints, place[0] == CLOSING)


def _read_settings(
    findings: Findings, place: Place, table: Mapping[str, object], defaults: Mapping[str, object]
) -> dict[str, int | tuple[int, ...]] | None:
    settings: dict[str, int | tuple[int, ...]] = {}
    for key, default in defaults.items():
        read = _read_setting(findings, (*place, key), table.get(key, default))
        if read is not None:
            settings[key] = read
    return settings if len(settings) == len(defaults) else None


def _read_setting(findings: Findings, place: Place, value: object) -> int | tuple[int, ...] | None:
    kind = SETTINGS[str(place[-1])]
    if isinstance(kind, Number):
        return read_number(findings, place, value, kind)
    return read_selection(findings, place, value, kind)
