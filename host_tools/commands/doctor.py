"""`instep doctor`: run the machine's self-test and judge its readings, with advice."""

import click
from rich.table import Table

from host_tools.commands.options import port_option
from host_tools.console import wide_console
from host_tools.link.client import Client
from host_tools.link.diagnose import BAD, GOOD, NOTE, OPEN, Verdict, judge_readings, judge_version, run_selftest
from host_tools.link.errors import RefusedError
from host_tools.link.telemetry import Telemetry
from host_tools.own_command import as_typed
from host_tools.words import HOW_TO_REPORT, asks_for_report

_STYLES = {GOOD: "green", BAD: "bold red", OPEN: "yellow", NOTE: ""}
EXIT_BAD = 1

# Wide enough to print every sentence on one line.
_COLUMNS = 160

_CODES = ("skin_code", "element_code")
# A board that has just started has sampled its temperatures within 0.4 s.
_SAMPLED_S = 1.0
_POLL_S = 0.1


@click.command()
@port_option
@click.pass_context
def doctor(ctx: click.Context, port: str) -> None:
    """Run the machine's self-test and judge its readings.

    Nothing moves; the safety relay clicks once. Homing is tested by the next session. Exit codes: 0 all is well,
    1 something needs attention.
    """
    with Client(port) as client:
        verdicts = [judge_version(client), *judge_readings(_first_readings(client))]
        try:
            verdicts = run_selftest(client) + verdicts
        except RefusedError as error:
            verdicts.insert(0, Verdict("self-test", OPEN, error.message, error.advice))
    wide_console(_COLUMNS).print(_table(verdicts))
    bad = [verdict for verdict in verdicts if verdict.verdict in (BAD, OPEN)]
    if asks_for_report(verdict.advice for verdict in verdicts):
        click.echo(as_typed(HOW_TO_REPORT))
    click.echo("All is well." if not bad else f"{len(bad)} of {len(verdicts)} need attention.")
    ctx.exit(EXIT_BAD if bad else 0)


def _first_readings(client: Client) -> Telemetry:
    """Return the machine's readings, once each temperature has been sampled: code 0 is none yet, or a broken wire."""
    now = client.status()
    until_s = client.clock.now_s() + _SAMPLED_S
    while client.clock.now_s() < until_s and not all(values[code] for values in now.feet for code in _CODES):
        client.clock.sleep(_POLL_S)
        now = client.status()
    return now


def _table(verdicts: list[Verdict]) -> Table:
    table = Table("what", "verdict", "found", "what to do", box=None, header_style="dim")
    for verdict in verdicts:
        style = _STYLES[verdict.verdict]
        judged = f"[{style}]{verdict.verdict}[/]" if style else ""
        table.add_row(verdict.what, judged, verdict.found, as_typed(verdict.advice))
    return table
