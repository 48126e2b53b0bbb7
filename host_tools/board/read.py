"""Turn the text of a board file into numbers, or report missing, unknown and wrongly typed fields."""

import re
from collections.abc import Mapping

from host_tools.board.chips import LED_GPIO, ON_HEADER
from host_tools.board.draft import shown_number
from host_tools.board.findings import BoardFileError, field_name
from host_tools.board.pin_rules import LIGHT
from host_tools.board.schema import ADDED_TABLES, FORMAT, HEAD, NUMBERS, REVERSED, REVERSED_TABLES, Range, Values
from host_tools.machine.tables import machines
from host_tools.program.lines import lines_of
from host_tools.program.values import guess, one_of
from host_tools.program.violations import Findings, Violation
from host_tools.source_file import NotTomlError, parse_toml
from instep.hal.board import CHIPS, NAME_BYTES, ROLLER_NAMES

_NAME = re.compile(rf"[a-z0-9-]{{1,{NAME_BYTES}}}")
_NAME_ALLOWED = f"1 to {NAME_BYTES} of a-z, 0-9 and -"
_TITLE_MAX_CHARACTERS = 40
_TITLE = re.compile(rf"[^\x00-\x1f\x7f-\x9f]{{1,{_TITLE_MAX_CHARACTERS}}}")
_TITLE_ALLOWED = f"a text of 1 to {_TITLE_MAX_CHARACTERS} printable characters"
_CORRECT = "Correct it"

# The order in which board files are written.
TABLES = tuple(NUMBERS)


def parse(text: str, file: str) -> tuple[Findings, dict[str, object]]:
    """Return the document of a text and an empty list of findings; raise BoardFileError if the text is no TOML."""
    try:
        document = parse_toml(text)
    except NotTomlError as error:
        found = [Violation(file, it.line, "the file", "", it.problem, it.allowed, _CORRECT) for it in error.problems]
        raise BoardFileError(found) from None
    return Findings(file, lines_of(text), field_name), document


def read_head(findings: Findings, document: Mapping[str, object]) -> dict[str, str]:
    """Return name, title, chip and machine as far as they are valid; report every unknown table."""
    _refuse_unknown(findings, (), document, (*HEAD, *TABLES))
    number = document.get("format")
    if type(number) is not int or number != FORMAT:
        problem = "is missing" if number is None else "is a format that this Instep does not read"
        findings.add(("format",), number, problem, str(FORMAT), f"Write format = {FORMAT}")
    head = {
        "name": _text(findings, document, "name", _NAME, _NAME_ALLOWED),
        "title": _text(findings, document, "title", _TITLE, _TITLE_ALLOWED),
        "chip": _choice(findings, document, "chip", CHIPS),
        "machine": _choice(findings, document, "machine", machines()),
    }
    return {key: value for key, value in head.items() if value is not None}


def read_numbers(findings: Findings, document: Mapping[str, object]) -> Values:
    """Return every number in its range, by table and key."""
    values: Values = {}
    for name, keys in NUMBERS.items():
        table = document.get(name)
        extra = (REVERSED,) if name in REVERSED_TABLES else ()
        if not isinstance(table, dict):
            problem = "is missing" if table is None else "is not a table"
            remedy = ADDED_TABLES.get(name, f"Add [{name}]")
            findings.add((name,), table, problem, f"a table with {one_of((*keys, *extra))}", remedy)
            continue
        _refuse_unknown(findings, (name,), table, (*keys, *extra))
        for key, allowed in keys.items():
            number = _number(findings, name, key, table.get(key), allowed)
            if number is not None:
                values[name, key] = number
    return values


def read_senses(findings: Findings, document: Mapping[str, object]) -> dict[str, int]:
    """Return a bit per roller with reversed wiring, for motors and for encoders."""
    return {
        "motors_reversed": _reversed(findings, document, "bridges"),
        "encoders_reversed": _reversed(findings, document, "encoders"),
    }


def _reversed(findings: Findings, document: Mapping[str, object], name: str) -> int:
    table = document.get(name)
    if not isinstance(table, dict):
        return 0
    value, place = table.get(REVERSED), (name, REVERSED)
    allowed = f"a list of {one_of(ROLLER_NAMES)}, each at most once"
    remedy = "Name the rollers that turn the wrong way, or write []"
    if not isinstance(value, list):
        problem = "is missing" if value is None else "is not a list"
        findings.add(place, value, problem, allowed, remedy)
        return 0
    mask = 0
    for roller in value:
        if not isinstance(roller, str) or roller not in ROLLER_NAMES:
            findings.add(place, roller, f"names no roller{guess(roller, ROLLER_NAMES)}", allowed, remedy)
        elif mask & 1 << ROLLER_NAMES.index(roller):
            findings.add(place, roller, "is named twice", allowed, remedy)
        else:
            mask |= 1 << ROLLER_NAMES.index(roller)
    return mask


def _number(findings: Findings, name: str, key: str, value: object, allowed: Range) -> int | None:
    minimum, maximum = allowed
    if type(value) is int and minimum <= value <= maximum:
        return value
    said = _said(name, key, allowed)
    if value is None:
        findings.add((name, key), None, "is missing", said, f"Add {key} to [{name}]")
    elif type(value) is not int:
        findings.add((name, key), value, "is not a whole number", said, "Write a whole number, without quotes")
    else:
        problem = "is too small" if value < minimum else "is too large"
        findings.add((name, key), shown_number(name, value), problem, said, _CORRECT)
    return None


def _said(name: str, key: str, allowed: Range) -> str:
    """Return a range as text."""
    if name == "pins":
        return f"{ON_HEADER}, or {LED_GPIO}" if key == LIGHT else ON_HEADER
    return " to ".join(str(shown_number(name, end)) for end in allowed)


def _text(
    findings: Findings, document: Mapping[str, object], key: str, pattern: re.Pattern[str], allowed: str
) -> str | None:
    value = document.get(key)
    if isinstance(value, str) and pattern.fullmatch(value):
        return value
    problem = "is missing" if value is None else "cannot be used"
    findings.add((key,), value, problem, allowed, f"Give the board a {key}")
    return None


def _choice(findings: Findings, document: Mapping[str, object], key: str, choices: tuple[str, ...]) -> str | None:
    value = document.get(key)
    if isinstance(value, str) and value in choices:
        return value
    problem = "is missing" if value is None else f"is unknown{guess(value, choices)}"
    findings.add((key,), value, problem, one_of(choices), "Name one of them")
    return None


def _refuse_unknown(
    findings: Findings, place: tuple[str, ...], table: Mapping[str, object], allowed: tuple[str, ...]
) -> None:
    for key, value in table.items():
        if key not in allowed:
            problem = f"is not used here{guess(key, allowed)}"
            findings.add((*place, key), value, problem, one_of(allowed), "Remove it or correct its name")
