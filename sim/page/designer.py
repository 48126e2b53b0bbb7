"""The designer's Python functions: check a program's text, and change it without losing its comments.

Runs in the browser, in Pyodide; it is plain Python, so that it is tested without a browser as well.
"""

import base64
import json
from collections.abc import Callable, MutableSequence
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, Table

from host_tools.errors import InstepError
from host_tools.program.check import check_text
from host_tools.program.compile import compile_program
from host_tools.program.prove import prove
from host_tools.program.violations import ProgramFileError
from instep.stroke.program import Program as CompiledProgram
from sim.page.planned_dose import PlannedDose
from sim.page.strokes import simplest, waypoints_of

FILE = "program.toml"
TEXT_CHARACTERS_MAX = 64 * 1024
_PHASES = ("phase", "closing")


def check(text: str) -> str:
    """Return the checker's violations of a program's text or, without any, its compiled form, as JSON."""
    answer: dict[str, Any] = {"violations": [], "proof": None, "image": "", "name": "", "phases": []}
    if len(text) > TEXT_CHARACTERS_MAX:
        answer["violations"] = [{"line": 0, "text": f"The program is longer than {TEXT_CHARACTERS_MAX} characters."}]
        return json.dumps(answer)
    answer["phases"] = _phases(text)
    try:
        program = check_text(text, FILE)
        image = compile_program(program)
        proof = prove(CompiledProgram(image))
    except ProgramFileError as error:
        answer["violations"] = [{"line": one.line, "text": str(one)} for one in error.violations]
    except InstepError as error:
        answer["violations"] = [{"line": 0, "text": f"{error.message} {error.advice}".strip()}]
    else:
        answer["name"] = program.name
        answer["minutes"] = program.minutes
        answer["image"] = base64.b64encode(image).decode()
        answer["proof"] = {
            "bounds": [[one.what, one.maximum, one.allowed, one.unit] for one in proof.bounds],
            "cycle_s": [proof.cycle.min_s, proof.cycle.usual_s, proof.cycle.max_s],
            "bytes": len(image),
        }
    return json.dumps(answer)


class _Dose:
    """Hold the one dose that is being computed: that of the newest program."""

    def __init__(self) -> None:
        self.planned: PlannedDose | None = None
        self.minutes = 0


_dose = _Dose()


def begin_dose(image: str, minutes: int) -> None:
    """Begin to compute the dose of a compiled program, which is given in base64."""
    _dose.planned = PlannedDose(base64.b64decode(image))
    _dose.minutes = minutes


def more_dose(ticks: int) -> str:
    """Compute more ticks of the dose; return the ticks so far, if it is complete, and the dose in N s, as JSON."""
    planned = _dose.planned
    assert planned is not None
    is_done = planned.advance(ticks)
    values = planned.newton_seconds(_dose.minutes if is_done else 0)
    return json.dumps({"ticks": planned.ticks, "is_done": is_done, "values": values})


def change(text: str, wish: str) -> str:
    """Return a program's text after a change in the designer, or the reason of a refusal, as JSON; comments stay.

    `wish` is JSON: `act`, a key of ACTS, and the arguments of that change.
    """
    wishes = json.loads(wish)
    try:
        document = tomlkit.parse(text)
        ACTS[wishes["act"]](document, wishes)
    except (TOMLKitError, ValueError, KeyError, IndexError) as error:
        return json.dumps({"text": text, "problem": str(error).strip("'\"")})
    return json.dumps({"text": tomlkit.dumps(document), "problem": ""})


def _phases(text: str) -> list[dict[str, Any]]:
    """Return technique and feet of every phase that can be read, for the list beside the text."""
    try:
        document = tomlkit.parse(text).unwrap()
    except TOMLKitError:
        return []
    found = []
    for key in _PHASES:
        tables = document.get(key, [])
        for index, table in enumerate(tables if isinstance(tables, list) else []):
            if isinstance(table, dict):
                found.append({"key": key, "index": index, "fields": table})
    return found


def _list_of(document: Any, key: str) -> AoT:
    if key not in document:
        document.append(key, tomlkit.aot())
    tables = document[key]
    if not isinstance(tables, AoT):
        raise ValueError(f"{key} is not a list of tables")
    return tables


def _move(document: Any, wishes: dict[str, Any]) -> None:
    tables = _list_of(document, wishes["key"])
    bodies: MutableSequence[Any] = list(tables)
    bodies.insert(wishes["to"], bodies.pop(wishes["index"]))
    _replace(document, wishes["key"], bodies)


def _remove(document: Any, wishes: dict[str, Any]) -> None:
    bodies = list(_list_of(document, wishes["key"]))
    bodies.pop(wishes["index"])
    _replace(document, wishes["key"], bodies)


def _replace(document: Any, key: str, bodies: MutableSequence[Any]) -> None:
    """Put the tables of a list in another order; each keeps its comments."""
    tables = document[key]
    while len(tables):
        del tables[0]
    for body in bodies:
        tables.append(body)


def _add(document: Any, wishes: dict[str, Any]) -> None:
    table = tomlkit.table()
    table.add("technique", wishes["technique"])
    table.add(tomlkit.nl())
    _list_of(document, "phase").append(table)


def _set(document: Any, wishes: dict[str, Any]) -> None:
    """Set a field of a phase, or remove it with the value None."""
    table = _list_of(document, wishes["key"])[wishes["index"]]
    field, value = wishes["field"], wishes["value"]
    if value is None:
        table.remove(field)
    elif field in table or not len(table):
        table[field] = simplest(value)
    else:
        # tomlkit keeps the comment above the next phase at this table's end: a new field belongs before it.
        table.value._insert_after(list(table)[-1], field, tomlkit.item(simplest(value)))


def _draw(document: Any, wishes: dict[str, Any]) -> None:
    """Write a drawn stroke as a phase of its own."""
    waypoints = waypoints_of(wishes["side"], wishes["places"], wishes["forces"], wishes["speeds"])
    table: Table = tomlkit.table()
    table.add("technique", "path")
    table.add("feet", wishes.get("feet", "each"))
    table.add("repeats", wishes.get("repeats", 2))
    table.add("waypoints", _array(waypoints))
    table.add(tomlkit.nl())
    _list_of(document, "phase").append(table)


def _array(waypoints: list[Any]) -> Array:
    array = tomlkit.array()
    for waypoint in waypoints:
        line = tomlkit.inline_table()
        line.update({key: simplest(value) for key, value in waypoint.items()})
        array.append(line)
    array.multiline(True)
    return array


ACTS: dict[str, Callable[[Any, dict[str, Any]], None]] = {
    "move": _move,
    "remove": _remove,
    "add": _add,
    "set": _set,
    "draw": _draw,
}
