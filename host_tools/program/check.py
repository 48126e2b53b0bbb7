"""Check a program file; return the program, or report every violation at once."""

import re
from collections.abc import Mapping

from host_tools.program.compile import program_bytes
from host_tools.program.lines import lines_of
from host_tools.program.machine_rules import check_on_machine
from host_tools.program.model import Program
from host_tools.program.phases import CLOSING, PHASE, read_phases
from host_tools.program.values import read_choice, read_text, refuse_unknown_keys
from host_tools.program.violations import Findings, ProgramFileError, Violation
from host_tools.source_file import NotTomlError, parse_toml
from instep.levels import HEAT_NAMES, HEAT_OFF, MINUTES, MINUTES_DEFAULT
from instep.stroke.program import MAX_BYTES
from instep.stroke.verify import MINUTES_ONCE

FORMAT = 1
TITLE_MAX_CHARACTERS = 40
ABOUT_MAX_CHARACTERS = 400

_KEYS = ("format", "name", "title", "about", "minutes", "heat", PHASE, CLOSING)
_NAME_PATTERN = re.compile(r"[a-z0-9-]{1,16}")
_NAME_ALLOWED = "1 to 16 of a-z, 0-9 and -"
_MINUTES_CHOICES = (MINUTES_ONCE, *MINUTES)
_MINUTES_ALLOWED = ", ".join(str(minutes) for minutes in _MINUTES_CHOICES) + f" ({MINUTES_ONCE}: given once)"


def check_text(text: str, file: str) -> Program:
    """Return the program that a text describes; raise ProgramFileError. `file` is the text's name."""
    document = _parse(text, file)
    findings = Findings(file, lines_of(text))
    program = _read_program(findings, document)
    if program:
        check_on_machine(findings, program)
    if findings.violations or program is None:
        raise ProgramFileError(findings.violations)
    return program


def is_name(text: str) -> bool:
    """Return True if a program may have this name."""
    return _NAME_PATTERN.fullmatch(text) is not None


def check_format(findings: Findings, value: object) -> None:
    """Report another format than FORMAT."""
    if type(value) is not int or value != FORMAT:
        problem = "is missing" if value is None else "is a format that this Instep does not read"
        findings.add(("format",), value, problem, str(FORMAT))


def read_minutes(findings: Findings, value: object) -> int | None:
    """Return the length of a session; None if the value is none."""
    if type(value) is int and value in _MINUTES_CHOICES:
        return value
    findings.add(("minutes",), value, "is not the length of a session", _MINUTES_ALLOWED)
    return None


def _parse(text: str, file: str) -> dict[str, object]:
    try:
        return parse_toml(text)
    except NotTomlError as error:
        found = [Violation(file, it.line, "the file", "", it.problem, it.allowed) for it in error.problems]
        raise ProgramFileError(found) from None


def _read_program(findings: Findings, document: Mapping[str, object]) -> Program | None:
    """Return the program; None if one of its values is wrong."""
    refuse_unknown_keys(findings, (), document, _KEYS)
    check_format(findings, document.get("format"))
    name = _read_name(findings, document.get("name"))
    title = read_text(findings, ("title",), document.get("title", name or ""), TITLE_MAX_CHARACTERS)
    about = read_text(findings, ("about",), document.get("about", ""), ABOUT_MAX_CHARACTERS)
    minutes = read_minutes(findings, document.get("minutes", MINUTES_DEFAULT))
    heat = read_choice(findings, ("heat",), document.get("heat", HEAT_NAMES[HEAT_OFF]), HEAT_NAMES)
    phases = read_phases(findings, document)
    if findings.violations or name is None or title is None or about is None or minutes is None or heat is None:
        return None
    size = program_bytes(phases)
    if size > MAX_BYTES:
        findings.add((), None, f"has {size} bytes when compiled", f"at most {MAX_BYTES} bytes")
        return None
    return Program(name, title, about, minutes, heat, tuple(phases))


def _read_name(findings: Findings, value: object) -> str | None:
    if isinstance(value, str) and is_name(value):
        return value
    findings.add(("name",), value, "is missing" if value is None else "is not a name", _NAME_ALLOWED)
    return None
