"""The options of a search."""

from dataclasses import dataclass
from pathlib import Path

from sim.options import PARTS_DEFAULT, SEED_DEFAULT

SESSIONS_USUAL = 200
# The first point, its rival and one batch.
SESSIONS_MIN = 14
SESSIONS_MAX = 10_000


@dataclass(frozen=True)
class SearchOptions:
    """One search.

    wish: the file of a wish; like: a program whose dose is wished; one of them is None. output: the program file to
    write. person: path of a person. sessions: how many are simulated at most. scheduler: address of a Dask scheduler,
    None = processes of this machine. workers: how many processes, None = one per core.
    """

    wish: Path | None
    like: Path | None
    output: Path
    person: Path
    seed: int = SEED_DEFAULT
    parts: str = PARTS_DEFAULT
    sessions: int = SESSIONS_USUAL
    scheduler: str | None = None
    workers: int | None = None
