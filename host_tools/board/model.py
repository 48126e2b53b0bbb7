"""Define a checked board, with the names of `instep/hal/board.py`."""

from collections.abc import Mapping
from dataclasses import dataclass

from host_tools.board.schema import Values


@dataclass(frozen=True)
class Wiring:
    """A checked board; `values` has the electronics by table and key, `machine` names the mechanics."""

    name: str
    title: str
    chip: str
    machine: str
    values: Values
    senses: Mapping[str, int]

    def table(self, name: str) -> dict[str, int]:
        """Return the numbers of one table."""
        return {key: value for (table, key), value in self.values.items() if table == name}

    @property
    def pins(self) -> dict[str, int]:
        """Return the GPIO of each signal."""
        return self.table("pins")
