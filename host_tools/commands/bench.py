"""`instep bench`: measure every figure that has a target."""

import importlib

import click

from host_tools.data_folders import IS_CHECKOUT
from host_tools.errors import InstepError

_KINDS = ("size", "speed", "campaign", "session", "search", "flashing", "page", "board")
# What comes out the same on every computer.
_WRITTEN = ("size", "session", "search")


@click.command
@click.argument("kinds", nargs=-1, type=click.Choice(_KINDS))
@click.option(
    "--write", "is_written", is_flag=True, help="Put the tables into docs/figures.md too: size, session, search."
)
def bench(kinds: tuple[str, ...], is_written: bool) -> int:
    """Measure speed, memory and delays, and print each figure beside its target.

    Without an argument everything is measured, which takes minutes. Figures of the emulated board are left out, with a
    message, if there is no MicroPython image for it. Exit code: 1 if a target is missed.
    """
    if not IS_CHECKOUT:
        raise InstepError(
            "The measurements use the tests' machines, which only a checkout has, and this Instep is installed.",
            "Clone the repository, then run there: make bench",
        )
    unwritten = [kind for kind in kinds or _KINDS if kind not in _WRITTEN]
    if is_written and unwritten:
        raise InstepError(
            f"docs/figures.md has no table of {', '.join(unwritten)}: these figures depend on the computer.",
            f"Write those of {', '.join(_WRITTEN)}.",
        )
    command = importlib.import_module("tests.bench.command")
    return 1 if command.run(kinds or _KINDS, is_written) else 0
