"""Read the report of a board about itself."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FrozenFirmware:
    """The firmware frozen into a board's MicroPython: its version, and the SHA-256 of its sources."""

    version: str
    source_digest: str


@dataclass(frozen=True)
class BoardReport:
    """The answer of `firmware/maintenance/inspect.py`; `slots` and `roots` are empty if `is_same`.

    reason: the traceback of the last failed trial, if any. frozen: the firmware in MicroPython's own image, if any.
    """

    pointer: str
    is_same: bool
    python: str
    version: tuple[int, ...]
    machine: str
    mpy: int
    block_bytes: int
    free_bytes: int
    slots: dict[str, str]
    roots: dict[str, str]
    reason: str
    frozen: FrozenFirmware | None = None

    @classmethod
    def of(cls, line: dict[str, Any]) -> "BoardReport":
        """Return the report in a line of JSON; raise KeyError for a line that is none."""
        return cls(
            pointer=line["pointer"],
            is_same=line["is_same"],
            python=line["python"],
            version=tuple(line["version"]),
            machine=line["machine"],
            mpy=line["mpy"],
            block_bytes=line["block_bytes"],
            free_bytes=line["free_bytes"],
            slots=line.get("slots", {}),
            roots=line.get("roots", {}),
            reason=line["reason"],
            frozen=FrozenFirmware(*line["frozen"]) if line["frozen"] else None,
        )
