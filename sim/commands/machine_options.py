"""The options that choose the simulated machine and person, shared by the commands that simulate."""

from collections.abc import Callable
from typing import Any

import click

from host_tools.data_folders import PEOPLE
from sim.commands.parameters import ShippedOrFile
from sim.grades import GRADES
from sim.options import PARTS_DEFAULT, PERSON_DEFAULT, SEED_DEFAULT, SEED_MAX

person_option = click.option(
    "--person",
    type=ShippedOrFile(PEOPLE, "person"),
    default=PERSON_DEFAULT,
    metavar="NAME|FILE.toml",
    show_default=True,
    help="Person whose feet are massaged.",
)

parts_option = click.option(
    "--parts",
    type=click.Choice(GRADES),
    default=PARTS_DEFAULT,
    show_default=True,
    help="How far the parts are from their nominal figures; the seed draws them.",
)


def seed_option(meaning: str) -> Callable[[Any], Any]:
    """Return the option --seed; `meaning` is its help."""
    return click.option(
        "--seed", type=click.IntRange(0, SEED_MAX), default=SEED_DEFAULT, metavar="N", show_default=True, help=meaning
    )
