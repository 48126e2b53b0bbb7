"""The options of a campaign."""

from dataclasses import dataclass
from pathlib import Path

from sim.options import PARTS_DEFAULT

PEOPLE_QUICK = ("average", "small", "large")
SEEDS_QUICK = 1
SEEDS_USUAL = 5
SEEDS_MAX = 10_000
PRESSES_QUICK = 100
PRESSES_USUAL = 5_000
PRESSES_MAX = 1_000_000


@dataclass(frozen=True)
class CampaignOptions:
    """One campaign.

    people, faults: names, in any order. seeds: 1..SEEDS_MAX, how many runs of each kind.
    scheduler: address of a Dask scheduler, None = processes of this machine.
    workers: how many processes, None = one per core. out: the folder of the results.
    parts: one of `sim.grades.GRADES`. presses: how many sessions of random presses.
    takes_turns: each fault comes to one person in each phase, not to all.
    program: the stroke program of all runs, None = those in which each phase comes soon.
    """

    people: tuple[str, ...]
    faults: tuple[str, ...]
    seeds: int
    out: Path
    parts: str = PARTS_DEFAULT
    presses: int = 0
    takes_turns: bool = False
    program: Path | None = None
    scheduler: str | None = None
    workers: int | None = None
    resume: bool = False
