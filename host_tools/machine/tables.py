"""The figures of a machine as its files have them: one folder of `boards/` per machine."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

BOARDS = Path(__file__).resolve().parents[2] / "boards"
REFERENCE = "reference"
TABLES = ("roller", "servo", "heater", "supply")


def machines() -> tuple[str, ...]:
    """Return the names of the machines whose figures are all there."""
    return tuple(
        sorted(
            folder.name for folder in BOARDS.iterdir() if all((folder / f"{name}.toml").is_file() for name in TABLES)
        )
    )


def table_path(machine: str, name: str) -> Path:
    """Return where the table `name` (one of TABLES) of a machine stands."""
    return BOARDS / machine / f"{name}.toml"


@cache
def table(machine: str, name: str) -> dict[str, Any]:
    """Return a table of a machine; its callers share it and must not change it."""
    return tomllib.loads(table_path(machine, name).read_text(encoding="utf-8"))
