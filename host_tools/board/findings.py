"""What is wrong with a board file: said with file, line, field, value, allowed range and what to do, all in one go."""

from dataclasses import dataclass, field

from host_tools.errors import InstepError
from host_tools.program.lines import Place, nearest_line
from host_tools.program.violations import Violation, printable, value_text

_ADVICE = "Nothing was used of it. Correct the lines above and check again; boards/README.md describes every field."


@dataclass(frozen=True)
class BoardViolation(Violation):
    """One broken rule; `field` is `table.key`, `remedy` what to do."""

    remedy: str

    def __str__(self) -> str:
        return f"{super().__str__()}. {self.remedy}."


class BoardFileError(InstepError):
    """A board file that breaks rules."""

    def __init__(self, violations: list[BoardViolation]) -> None:
        self.violations = sorted(violations, key=lambda violation: violation.line)
        super().__init__("\n".join(str(violation) for violation in self.violations), _ADVICE)


@dataclass
class Findings:
    """The violations of one file; `lines` says where its fields stand."""

    file: str
    lines: dict[Place, int]
    violations: list[BoardViolation] = field(default_factory=list)

    def add(self, place: Place, value: object, problem: str, allowed: str, remedy: str) -> None:
        """Note that the value at `place` breaks a rule, what would be allowed, and what to do."""
        text = "" if value is None else value_text(value)
        name = ".".join(printable(str(part)) for part in place) or "the file"
        line = nearest_line(self.lines, place)
        self.violations.append(BoardViolation(self.file, line, name, text, problem, allowed, remedy))
