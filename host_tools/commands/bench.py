"""`instep bench`: every figure that has a target, measured here and now."""

import importlib

import click

_KINDS = ("size", "speed", "campaign", "flashing", "board")


@click.command
@click.argument("kinds", nargs=-1, type=click.Choice(_KINDS))
def bench(kinds: tuple[str, ...]) -> int:
    """Measure how fast, small and prompt it all is, each figure beside its target.

    Without KINDS everything is measured, which takes some minutes. What needs an emulated board is left out, saying
    so, where there is no MicroPython image for it. Exit code: 1 when a target is missed.
    """
    # What is measured is what the tests run on; only a checkout has them, and only then are they loaded.
    command = importlib.import_module("tests.bench.command")
    return 1 if command.run(kinds or _KINDS) else 0
