"""Hold a board file while it is checked: the numbers read so far, and their errors."""

from dataclasses import dataclass

from host_tools.board.chips import HEADER, Chip
from host_tools.board.schema import Values
from host_tools.program.violations import Findings


@dataclass(frozen=True)
class Draft:
    """The numbers of a board; a missing or wrong value is None and breaks no further rule."""

    findings: Findings
    values: Values
    chip: Chip | None

    def get(self, table: str, key: str) -> int | None:
        """Return a number; None if it is missing or wrong."""
        return self.values.get((table, key))

    def table(self, table: str) -> dict[str, int]:
        """Return the readable numbers of a table."""
        return {key: value for (name, key), value in self.values.items() if name == table}

    def add(self, table: str, key: str, problem: str, allowed: str, remedy: str) -> None:
        """Add a violation of a rule by a value."""
        value = self.get(table, key)
        shown = value if value is None else shown_number(table, value)
        self.findings.add((table, key), shown, problem, allowed, remedy)

    def free_pins(self) -> str:
        """Return the unused GPIO of the header as text."""
        used = self.table("pins").values()
        free = [f"GP{gpio}" for gpio in HEADER if gpio not in used]
        return ", ".join(free) or "none, so swap two wires"


class Address(int):
    """An I²C address, shown in hexadecimal."""

    def __str__(self) -> str:
        return f"0x{int(self):02X}"


def shown_number(table: str, value: int) -> int:
    """Return a number that prints in the usual notation of its table."""
    return Address(value) if table == "addresses" else value
