"""Report the broken rules of a file that people write, all at once: file, line, field, value, allowed range."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from host_tools.errors import InstepError
from host_tools.program.lines import Place, nearest_line

_ADVICE = "Correct the lines above and check again; host_tools/program/README.md describes every field."
_VALUE_MAX_CHARACTERS = 40
_INTEGER_MAX_BITS = 64


@dataclass(frozen=True)
class Violation:
    """One broken rule; `value` is as in the file, empty if the field is missing; `remedy` is what to do."""

    file: str
    line: int
    field: str
    value: str
    problem: str
    allowed: str
    remedy: str = ""

    def __str__(self) -> str:
        said = f"{self.field} = {self.value}" if self.value else self.field
        what = f"{self.file}:{self.line}: {said}: {self.problem}; allowed: {self.allowed}"
        return f"{what}. {self.remedy}." if self.remedy else what


class RefusedFileError(InstepError):
    """A file that breaks rules; `violations` are in the order of its lines."""

    def __init__(self, violations: Sequence[Violation], advice: str) -> None:
        self.violations = sorted(violations, key=lambda violation: violation.line)
        super().__init__("\n".join(str(violation) for violation in self.violations), advice)


class ProgramFileError(RefusedFileError):
    """A program file that breaks rules."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations, _ADVICE)


def field_text(place: Place) -> str:
    """Return a place as text: `phase 2, waypoint 3, top_n`."""
    parts: list[str] = []
    for part in place:
        if isinstance(part, int):
            parts[-1] = f"{parts[-1].removesuffix('s')} {part + 1}"
        else:
            parts.append(printable(part))
    return ", ".join(parts) or "the file"


@dataclass
class Findings:
    """The violations of one file; `lines` has the line of each field, `name_of` returns a field's name."""

    file: str
    lines: dict[Place, int]
    name_of: Callable[[Place], str] = field_text
    violations: list[Violation] = field(default_factory=list)

    def add(self, place: Place, value: object, problem: str, allowed: str, remedy: str = "") -> None:
        """Add a violation by the value at `place`, with the allowed range and what to do."""
        text = "" if value is None else value_text(value)
        line = nearest_line(self.lines, place)
        self.violations.append(Violation(self.file, line, self.name_of(place), text, problem, allowed, remedy))


def value_text(value: object) -> str:
    """Return a value as in the file, cut to a readable length."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value.bit_length() > _INTEGER_MAX_BITS:
        return f"a whole number of {value.bit_length()} bits"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        items = value[:_VALUE_MAX_CHARACTERS]
        return _cut(f"[{', '.join('a list' if isinstance(item, list) else value_text(item) for item in items)}]")
    return _cut(f'"{printable(value)}"' if isinstance(value, str) else str(value))


def printable(text: str) -> str:
    """Return `visible` text, cut to a readable length."""
    return _cut(visible(text))


def visible(text: str) -> str:
    """Return a text whose control characters are escaped, so that no terminal acts on them."""
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)


def _cut(text: str) -> str:
    return text if len(text) <= _VALUE_MAX_CHARACTERS else text[: _VALUE_MAX_CHARACTERS - 1] + "…"
