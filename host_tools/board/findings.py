"""Report the broken rules of a board file, with each field's name and what to do."""

from collections.abc import Sequence

from host_tools.program.lines import Place
from host_tools.program.violations import RefusedFileError, Violation, printable

_ADVICE = "Nothing was used of it. Correct the lines above and check again; boards/README.md describes every field."


class BoardFileError(RefusedFileError):
    """A board file that breaks rules."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__(violations, _ADVICE)


def field_name(place: Place) -> str:
    """Return a place as `table.key`."""
    return ".".join(printable(str(part)) for part in place) or "the file"
