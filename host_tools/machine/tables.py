"""Read the figures of a machine from its folder in `boards/`; refuse figures that nothing could be computed with."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from host_tools.data_folders import BOARDS
from host_tools.program.lines import Place, lines_of
from host_tools.program.values import one_of, refuse_unknown_keys
from host_tools.program.violations import Findings, RefusedFileError
from host_tools.source_file import decode_source, parse_document, read_source

REFERENCE = "reference"
TABLES = ("roller", "servo", "heater", "supply")
_ADVICE = "Correct the lines above; the same file in boards/reference has every figure with its unit."


def machines() -> tuple[str, ...]:
    """Return the names of the machines whose tables are complete."""
    return tuple(
        sorted(
            folder.name for folder in BOARDS.iterdir() if all((folder / f"{name}.toml").is_file() for name in TABLES)
        )
    )


def table_path(machine: str, name: str) -> Path:
    """Return the path of the table `name` (one of TABLES) of a machine."""
    return BOARDS / machine / f"{name}.toml"


@cache
def table(machine: str, name: str) -> dict[str, Any]:
    """Return a table of a machine, which callers share and must not change; raise RefusedFileError.

    A machine has the figures of the reference: none is missing, unknown, of another kind, or of another sign.
    """
    path = table_path(machine, name)
    text = decode_source(read_source(path, "table", _ADVICE), path)
    found = parse_document(text, str(path), _ADVICE)
    if machine != REFERENCE:
        findings = Findings(str(path), lines_of(text))
        _compare(findings, (), found, table(REFERENCE, name))
        if findings.violations:
            raise RefusedFileError(findings.violations, _ADVICE)
    return found


def _compare(findings: Findings, place: Place, found: Mapping[str, Any], reference: Mapping[str, Any]) -> None:
    """Report each entry that is not of the reference's kind."""
    refuse_unknown_keys(findings, place, found, tuple(reference))
    for key, usual in reference.items():
        here = (*place, key)
        allowed = one_of(usual) if isinstance(usual, dict) else f"for example {usual}"
        if key not in found:
            findings.add(here, None, "is missing", allowed)
        elif isinstance(usual, dict) and isinstance(found[key], dict):
            _compare(findings, here, found[key], usual)
        elif problem := _problem(found[key], usual):
            findings.add(here, found[key], problem, allowed)


def _problem(value: object, usual: object) -> str:
    """Return what is wrong with an entry beside the reference's, or an empty text."""
    if not isinstance(usual, int | float):
        return "is not a table"
    if type(value) is not int and (type(usual) is int or type(value) is not float):
        return "is not a whole number" if type(usual) is int else "is not a number"
    if usual > 0 and not 0 < float(value) < float("inf"):
        return "is not above 0"
    return ""
