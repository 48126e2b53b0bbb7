"""Read the waypoints of a path: the fields of each, and the toe interlock from one to the next."""

from collections.abc import Mapping, Sequence

from host_tools.program.expand import PACED_KEYS
from host_tools.program.lines import Place
from host_tools.program.model import Waypoint
from host_tools.program.techniques import WAYPOINT, WAYPOINTS_MAX
from host_tools.program.values import one_of, read_number, refuse_unknown_keys
from host_tools.program.violations import Findings
from instep.stroke.program import REACH_CLEAR

CLEAR_WORD = "clear"

_LIST_ALLOWED = f"a list of 1 to {WAYPOINTS_MAX} waypoints"
_SPEED = "speed_mm_s"
_MOVES = tuple(key for key in WAYPOINT if key != _SPEED)
_SELECTS = ("toe", "gap")
_ALONE = (*_SELECTS, "wait_s")
_CLEAR = {"grip_n": 0, "turn_deg": 0, "reach": REACH_CLEAR}
_CLEAR_TEXT = {"grip_n": "grip_n = 0", "turn_deg": "turn_deg = 0", "reach": f'reach = "{CLEAR_WORD}"'}


def read_waypoints(findings: Findings, place: Place, value: object) -> tuple[Waypoint, ...] | None:
    """Return the waypoints of a path; None if one is wrong by itself. `value` is None if they are missing."""
    if not isinstance(value, list) or not 1 <= len(value) <= WAYPOINTS_MAX:
        problem = "is missing" if value is None else "is not a list of waypoints"
        findings.add(place, value, problem, _LIST_ALLOWED)
        return None
    read = [_read_waypoint(findings, (*place, index), item) for index, item in enumerate(value)]
    waypoints = [waypoint for waypoint in read if waypoint is not None]
    if len(waypoints) < len(value):
        return None
    _check_interlock(findings, place, waypoints)
    return tuple(waypoints)


def _read_waypoint(findings: Findings, place: Place, table: object) -> Waypoint | None:
    if not isinstance(table, dict):
        findings.add(place, table, "is not a waypoint", "{ field = value, … }")
        return None
    refuse_unknown_keys(findings, place, table, tuple(WAYPOINT))
    values = {key: _read_value(findings, (*place, key), table[key]) for key in WAYPOINT if key in table}
    waypoint = {key: value for key, value in values.items() if value is not None}
    _check_company(findings, place, table)
    return waypoint if len(waypoint) == len(table) else None


def _read_value(findings: Findings, place: Place, value: object) -> int | None:
    key = str(place[-1])
    if key != "reach" or not isinstance(value, str):
        return read_number(findings, place, value, WAYPOINT[key])
    if value == CLEAR_WORD:
        return REACH_CLEAR
    findings.add(place, value, "is unknown", f'"{CLEAR_WORD}" or {WAYPOINT[key].allowed}')
    return None


def _check_company(findings: Findings, place: Place, table: Mapping[str, object]) -> None:
    """Report fields that exclude each other in one waypoint."""
    if not set(table) - {_SPEED}:
        findings.add(place, None, "moves nothing", f"at least one of {one_of(_MOVES)}")
    elif _SPEED in table and not any(key in table for key in PACED_KEYS):
        findings.add((*place, _SPEED), table[_SPEED], "has nothing to move", f"beside one of {one_of(PACED_KEYS)}")
    for key in _ALONE:
        if key in table and len(table) > 1:
            findings.add((*place, key), table[key], "stands with other fields", f"{key} alone in its waypoint")


def _check_interlock(findings: Findings, place: Place, waypoints: Sequence[Waypoint]) -> None:
    """Report where the selector moves, or the stroke ends, with the toe axes not clear."""
    toes = dict(_CLEAR)
    for index, waypoint in enumerate(waypoints):
        if any(key in waypoint for key in _SELECTS):
            _require_clear(findings, (*place, index), toes, "moves the selector")
        toes.update({key: waypoint[key] for key in _CLEAR if key in waypoint})
    _require_clear(findings, (*place, len(waypoints) - 1), toes, "ends the stroke")


def _require_clear(findings: Findings, place: Place, toes: dict[str, int], deed: str) -> None:
    for key, clear in _CLEAR.items():
        if toes[key] != clear:
            problem = f"{deed} while {key} is {WAYPOINT[key].text(toes[key])}"
            findings.add(place, None, problem, f"{_CLEAR_TEXT[key]} before that")
