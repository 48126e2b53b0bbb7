"""Turn single values of a program file into program units, or report their errors."""

import difflib
import math
from collections.abc import Iterable, Mapping, Sequence

from host_tools.program.lines import Place
from host_tools.program.techniques import Number, Selection
from host_tools.program.violations import Findings, printable

_ROUNDING = 1e-6
_WORD_MAX_CHARACTERS = 40


def read_number(findings: Findings, place: Place, value: object, number: Number) -> int | None:
    """Return a number in program units; None if it is no number, out of range or too fine."""
    problem = _number_problem(value, number)
    if problem:
        findings.add(place, value, problem, number.allowed)
        return None
    assert isinstance(value, int | float)
    return round(value * number.per_unit)


def read_selection(findings: Findings, place: Place, value: object, selection: Selection) -> tuple[int, ...] | None:
    """Return a list of toes or gaps; None if the value is none."""
    if not isinstance(value, list):
        findings.add(place, value, "is not a list", selection.allowed)
        return None
    if not value:
        findings.add(place, value, "is empty", selection.allowed)
        return None
    for index, item in enumerate(value):
        if type(item) is not int or not 1 <= item <= selection.maximum:
            findings.add((*place, index), item, "is not on this foot", selection.allowed)
            return None
    if len(set(value)) < len(value):
        findings.add(place, value, "names one twice", selection.allowed)
        return None
    return tuple(value)


def read_choice(findings: Findings, place: Place, value: object, choices: Sequence[str]) -> str | None:
    """Return the value if it is one of `choices`, else None."""
    if isinstance(value, str) and value in choices:
        return value
    findings.add(place, value, f"is unknown{guess(value, choices)}", one_of(choices))
    return None


def read_text(findings: Findings, place: Place, value: object, maximum: int) -> str | None:
    """Return a text of at most `maximum` printable characters; None if the value is none."""
    allowed = f"a text of at most {maximum} printable characters"
    if not isinstance(value, str):
        findings.add(place, value, "is not a text", allowed)
    elif len(value) > maximum:
        findings.add(place, value, f"has {len(value)} characters", allowed)
    elif not value.isprintable():
        findings.add(place, printable(value), "has characters that cannot be shown", allowed)
    else:
        return value
    return None


def refuse_unknown_keys(findings: Findings, place: Place, table: Mapping[str, object], allowed: Sequence[str]) -> None:
    """Report every key of a table that is not allowed there."""
    for key, value in table.items():
        if key not in allowed:
            findings.add((*place, key), value, f"is not used here{guess(key, allowed)}", one_of(allowed))


def one_of(choices: Iterable[str]) -> str:
    """Return words separated by commas."""
    return ", ".join(choices)


def guess(word: object, choices: Sequence[str]) -> str:
    """Return the most similar choice as a question in brackets, or an empty text."""
    if not isinstance(word, str) or len(word) > _WORD_MAX_CHARACTERS:
        return ""
    close = difflib.get_close_matches(word, choices, 1)
    return f" (did you mean {close[0]}?)" if close else ""


def _number_problem(value: object, number: Number) -> str:
    """Return the error of a number, or an empty text; true and false are not numbers."""
    if type(value) is not int and type(value) is not float:
        return "is not a number"
    if type(value) is float and not math.isfinite(value):
        return "is not a finite number"
    if type(value) is float and number.per_unit == 1:
        return "is not a whole number"
    if value * number.per_unit < number.minimum - _ROUNDING:
        return "is too small"
    if value * number.per_unit > number.maximum + _ROUNDING:
        return "is too large"
    if abs(value * number.per_unit - round(value * number.per_unit)) > _ROUNDING:
        return f"is too fine (nearest: {number.text(round(value * number.per_unit))})"
    return ""
