"""Write a program as a program file."""

from collections.abc import Iterator

from host_tools.program.check import FORMAT
from host_tools.program.model import Phase, Program, Waypoint
from host_tools.program.phases import CLOSING, PHASE
from host_tools.program.techniques import SETTINGS, WAYPOINT, Number
from host_tools.program.waypoints import CLEAR_WORD
from instep.stroke.program import REACH_CLEAR


def to_toml(program: Program) -> str:
    """Return the text of a program file with every field; checking that text gives the same program."""
    lines = [f"format = {FORMAT}", f'name = "{program.name}"']
    lines += [f"{key} = {_quoted(text)}" for key, text in (("title", program.title), ("about", program.about)) if text]
    lines += [f"minutes = {program.minutes}", f'heat = "{program.heat}"']
    for phase in program.phases:
        lines += ["", *_phase_lines(phase)]
    return "\n".join(lines) + "\n"


def _phase_lines(phase: Phase) -> Iterator[str]:
    yield f"[[{CLOSING if phase.is_closing else PHASE}]]"
    yield f'technique = "{phase.technique}"'
    yield f'feet = "{phase.feet}"'
    yield f"repeats = {phase.repeats}"
    for key, value in phase.settings.items():
        yield f"{key} = {list(value) if isinstance(value, tuple) else _number(SETTINGS[key], value)}"
    if phase.waypoints:
        yield "waypoints = ["
        yield from (f"  {{ {_waypoint_text(waypoint)} }}," for waypoint in phase.waypoints)
        yield "]"


def _waypoint_text(waypoint: Waypoint) -> str:
    return ", ".join(f"{key} = {_waypoint_value(key, waypoint[key])}" for key in WAYPOINT if key in waypoint)


def _waypoint_value(key: str, value: int) -> str:
    return f'"{CLEAR_WORD}"' if key == "reach" and value == REACH_CLEAR else _number(WAYPOINT[key], value)


def _number(kind: object, value: int) -> str:
    assert isinstance(kind, Number)
    return str(value) if kind.per_unit == 1 else repr(value / kind.per_unit)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
