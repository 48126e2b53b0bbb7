"""`instep doctor`: run the machine's self-test and judge its readings, with advice."""

import click
from rich.table import Table

from host_tools.commands.options import port_option
from host_tools.console import wide_console
from host_tools.link.client import Client
from host_tools.link.diagnose import BAD, GOOD, NOTE, OPEN, Verdict, judge_readings, judge_version, run_selftest
from host_tools.link.errors import RefusedError
from host_tools.own_command import as_typed

_STYLES = {GOOD: "green", BAD: "bold red", OPEN: "yellow", NOTE: ""}
EXIT_BAD = 1

# Wide enough to print every sentence on one line.
_COLUMNS = 160


@click.command()
@port_option
@click.pass_context
def doctor(ctx: click.Context, port: str) -> None:
    """Run the machine's self-test and judge its readings.

    Nothing moves; the safety relay clicks once. Homing is tested by the next session. Exit codes: 0 all is well,
    1 something needs attention.
    """
    with Client(port) as client:
        verdicts = [judge_version(client), *judge_readings(client.status())]
        try:
            verdicts = run_selftest(client) + verdicts
        except RefusedError as error:
            verdicts.insert(0, Verdict("self-test", OPEN, error.message, error.advice))
    wide_console(_COLUMNS).print(_table(verdicts))
    bad = [verdict for verdict in verdicts if verdict.verdict in (BAD, OPEN)]
    click.echo("All is well." if not bad else f"{len(bad)} of {len(verdicts)} need attention.")
    ctx.exit(EXIT_BAD if bad else 0)


def _table(verdicts: list[Verdict]) -> Table:
    table = Table("what", "verdict", "found", "what to do", box=None, header_style="dim")
    for verdict in verdicts:
        style = _STYLES[verdict.verdict]
        judged = f"[{style}]{verdict.verdict}[/]" if style else ""
        table.add_row(verdict.what, judged, verdict.found, as_typed(verdict.advice))
    return table
