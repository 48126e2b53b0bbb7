"""Read the figures of a machine from its folder in `boards/`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from host_tools.data_folders import BOARDS

REFERENCE = "reference"
TABLES = ("roller", "servo", "heater", "supply")


def machines() -> tuple[str, ...]:
    """Return the names of the machines whose tables are complete."""
    return tuple(
        sorted(
            folder.name for folder in BOARDS.iterdir() if all((folder / f"{name}.toml").is_file() for name in TABLES)
        )
    )


def table_path(machine: str, name: str) -> Path:
    """Return the path of the table `name` (one of TABLES) of a machine."""
    return BOARDS / machine / f"{name}.toml"


@cache
def table(machine: str, name: str) -> dict[str, Any]:
    """Return a table of a machine, which callers share and must not change."""
    return tomllib.loads(table_path(machine, name).read_text(encoding="utf-8"))
