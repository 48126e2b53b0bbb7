"""`instep bench`: measure every figure that has a target."""

import importlib

import click

from host_tools.data_folders import IS_CHECKOUT
from host_tools.errors import InstepError

_KINDS = ("size", "speed", "campaign", "session", "search", "flashing", "page", "board")


@click.command
@click.argument("kinds", nargs=-1, type=click.Choice(_KINDS))
def bench(kinds: tuple[str, ...]) -> int:
    """Measure speed, memory and delays, and print each figure beside its target.

    Without an argument everything is measured, which takes minutes. Figures of the emulated board are left out, with a
    message, if there is no MicroPython image for it. Exit code: 1 if a target is missed.
    """
    if not IS_CHECKOUT:
        raise InstepError(
            "The measurements use the tests' machines, which only a checkout has, and this Instep is installed.",
            "Clone the repository, then run there: make bench",
        )
    command = importlib.import_module("tests.bench.command")
    return 1 if command.run(kinds or _KINDS) else 0
