"""`instep search`: the options of a search; `sim.search.command` runs it."""

from pathlib import Path
from typing import Any

import click

from host_tools.data_folders import PEOPLE, PROGRAMS, WISHES
from sim.commands.machine_options import parts_option, person_option, seed_option
from sim.commands.parameters import NewFile, ShippedOrFile
from sim.commands.worker_options import check_worker_options, worker_options
from sim.search.options import SESSIONS_MAX, SESSIONS_MIN, SESSIONS_USUAL, SearchOptions


@click.command
@click.argument("wish", type=ShippedOrFile(WISHES, "wish"), required=False)
@click.option(
    "--like",
    type=ShippedOrFile(PROGRAMS, "program"),
    metavar="PROGRAM",
    help="Wish the dose that this program gives, instead of WISH.",
)
@click.option(
    "-o",
    "--output",
    type=NewFile(endings=(".toml",)),
    required=True,
    metavar="OUT.toml",
    help="Program file to write.",
)
@person_option
@seed_option("Seed of the search and of all noise: the same seed finds the same program.")
@parts_option
@click.option(
    "--sessions",
    type=click.IntRange(SESSIONS_MIN, SESSIONS_MAX),
    default=SESSIONS_USUAL,
    metavar="N",
    show_default=True,
    help="How many sessions are simulated at most.",
)
@worker_options
@click.pass_context
def search(ctx: click.Context, /, wish: Path | None, like: Path | None, **chosen: Any) -> None:
    """Find the stroke program whose pressure dose comes nearest to a wish, within bounds of comfort.

    WISH is the name of a shipped wish (arch, even) or a .toml file; docs/simulate-in-python.md describes it. Ctrl-C
    ends the search and keeps the best program so far. Needs the package cma.
    """
    if (wish is None) == (like is None):
        raise click.UsageError("Give a WISH or --like PROGRAM, one of them.")
    source, output = wish or like, chosen["output"]
    if source is not None and output.exists() and output.samefile(source):
        raise click.UsageError(f"{output} is the file that is read: give another file to write to.")
    person = chosen["person"]
    check_worker_options(chosen["scheduler"], chosen["workers"], None if person.parent == PEOPLE else person, "person")

    from sim.search.command import run  # here, so that a bad option does not wait for the physics to load

    ctx.exit(run(SearchOptions(wish=wish, like=like, **chosen)))
