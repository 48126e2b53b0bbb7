"""`instep faults`: list the simulator's faults with budget, reaction and an example."""

import sys

import click
from rich.console import Console
from rich.table import Table

from instep.units import MS_PER_S
from sim.faults import FAULTS, Fault

# Wide enough for one line per row if the output is not a terminal.
_FILE_COLUMNS = 200


@click.command
def faults() -> None:
    """List the simulator's faults, each with an example for `instep sim --fault`.

    After @ stands the time; then, as far as they apply, left or right, top or sole, for=TIME, severity=0..1, value=X.
    """
    table = Table(box=None, header_style="dim")
    table.add_column("fault, and an example", no_wrap=True)
    for header in ("what", "within", "then", "severity 0 .. 1, or value"):
        table.add_column(header)
    for fault in FAULTS.values():
        reaction = fault.reaction.replace("_", " ")
        names = f"{fault.name}\n[dim]  {fault.example}[/dim]"
        table.add_row(names, fault.danger, _budget(fault), reaction, _degree(fault))
    width = None if sys.stdout.isatty() else _FILE_COLUMNS
    Console(highlight=False, width=width).print(table)


def _degree(fault: Fault) -> str:
    """Return what can be given: what severity 0 and 1 mean, or the value with its range and default."""
    figure = fault.value
    if figure is None:
        return fault.severity
    return f"{figure.what}: {figure.low:g} .. {figure.high:g} [{figure.default:g}]"


def _budget(fault: Fault) -> str:
    """Return the budget for noticing the fault as text."""
    if fault.budget_ms is None:
        return "–"
    return f"{fault.budget_ms} ms" if fault.budget_ms < MS_PER_S else f"{fault.budget_ms // MS_PER_S} s"
