"""`instep campaign`: the options of a fault campaign; `sim.campaign.command` runs it."""

from pathlib import Path
from typing import Any

import click

from host_tools.data_folders import PEOPLE, PROGRAMS
from host_tools.program.load import is_shipped
from sim.campaign.options import (
    PEOPLE_QUICK,
    PRESSES_MAX,
    PRESSES_QUICK,
    PRESSES_USUAL,
    SEEDS_MAX,
    SEEDS_QUICK,
    SEEDS_USUAL,
    CampaignOptions,
)
from sim.commands.machine_options import parts_option
from sim.commands.parameters import Names, ShippedOrFile
from sim.commands.worker_options import check_worker_options, worker_options
from sim.faults.catalogue import FAULTS, JUDGED

_PEOPLE = tuple(sorted(path.stem for path in PEOPLE.glob("*.toml")))
_OUT = Path("build") / "campaign"


@click.command
@click.option(
    "--quick", is_flag=True, help=f"One seed and {len(PEOPLE_QUICK)} people in turns: minutes instead of an hour."
)
@click.option(
    "--seeds",
    type=click.IntRange(1, SEEDS_MAX),
    metavar="N",
    help=f"Runs of each kind, each with a seed of its own [default: {SEEDS_USUAL}; quick: {SEEDS_QUICK}].",
)
@click.option(
    "--people",
    type=Names(_PEOPLE, "person"),
    metavar="NAME,…",
    help=f"People [default: all; quick: {', '.join(PEOPLE_QUICK)}].",
)
@parts_option
@click.option(
    "--faults",
    type=Names(tuple(FAULTS), "fault"),
    metavar="NAME,…",
    help="Faults [default: all that the guard judges].",
)
@click.option(
    "--presses",
    type=click.IntRange(0, PRESSES_MAX),
    metavar="N",
    help="Sessions in which a person presses anything at any time "
    f"[default: {PRESSES_USUAL}; quick: {PRESSES_QUICK}; with --faults: 0].",
)
@click.option(
    "--program",
    type=ShippedOrFile(PROGRAMS, "program"),
    metavar="PROGRAM",
    help="A shipped program or a .toml file for all runs, in the phases that it has [default: a short one per phase].",
)
@worker_options
@click.option("--resume", is_flag=True, help="Continue the interrupted campaign of the same folder.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=_OUT,
    metavar="DIR",
    show_default=True,
    help="Folder for campaign.parquet and campaign.html.",
)
@click.pass_context
def campaign(
    ctx: click.Context,
    /,
    quick: bool,
    seeds: int | None,
    people: tuple[str, ...] | None,
    faults: tuple[str, ...] | None,
    presses: int | None,
    **rest: Any,
) -> None:
    """Inject every fault in every phase of a session, and simulate runs without a fault.

    Exit codes: 0 every budget is kept; 1 a fault was missed, late or answered by a wrong reaction, or the machine
    tripped without a fault.
    """
    own = rest["program"] if rest["program"] and not is_shipped(rest["program"]) else None
    check_worker_options(rest["scheduler"], rest["workers"], own, "program")
    options = CampaignOptions(
        people=people or (PEOPLE_QUICK if quick else _PEOPLE),
        faults=faults or JUDGED,
        seeds=seeds or (SEEDS_QUICK if quick else SEEDS_USUAL),
        takes_turns=quick,
        presses=_presses(quick, faults) if presses is None else presses,
        **rest,
    )

    from sim.campaign.command import run  # here, so that a bad option does not wait for the physics to load

    ctx.exit(run(options))


def _presses(quick: bool, faults: tuple[str, ...] | None) -> int:
    """Return the default number of sessions of random presses."""
    if faults is not None:
        return 0
    return PRESSES_QUICK if quick else PRESSES_USUAL
