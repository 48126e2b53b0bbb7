"""A board file while it is checked: the numbers that could be read, and what is wrong so far."""

from dataclasses import dataclass

from host_tools.board.chips import HEADER, Chip
from host_tools.board.schema import Values
from host_tools.program.violations import Findings


@dataclass(frozen=True)
class Draft:
    """What is known of a board; a value that is missing or wrong is None and breaks no further rule."""

    findings: Findings
    values: Values
    chip: Chip | None

    def get(self, table: str, key: str) -> int | None:
        """Return a number, or None when it is missing or wrong."""
        return self.values.get((table, key))

    def table(self, table: str) -> dict[str, int]:
        """Return the numbers of a table that could be read."""
        return {key: value for (name, key), value in self.values.items() if name == table}

    def add(self, table: str, key: str, problem: str, allowed: str, remedy: str) -> None:
        """Note that a value breaks a rule."""
        value = self.get(table, key)
        shown = value if value is None else shown_number(table, value)
        self.findings.add((table, key), shown, problem, allowed, remedy)

    def free_pins(self) -> str:
        """Return the header's GPIO that nothing uses, as a person lists them."""
        used = self.table("pins").values()
        free = [f"GP{gpio}" for gpio in HEADER if gpio not in used]
        return ", ".join(free) or "none, so swap two wires"


class Address(int):
    """An I²C address, which people read in hexadecimal."""

    def __str__(self) -> str:
        return f"0x{int(self):02X}"


def shown_number(table: str, value: int) -> int:
    """Return a number that prints as people read it in that table."""
    return Address(value) if table == "addresses" else value
