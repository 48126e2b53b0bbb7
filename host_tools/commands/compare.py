"""`instep compare`: lay two recorded sessions over each other and name the first wide difference."""

from pathlib import Path

import click
from rich.table import Table

from host_tools.commands.options import NewHtml
from host_tools.compare.align import Pair, aligned
from host_tools.compare.differences import Finding, compare, first_of
from host_tools.compare.words import facts_rows, finding_row, first_words
from host_tools.console import wide_console
from host_tools.result_file import write_result
from host_tools.trace.read import read_trace
from host_tools.words import clock

EXIT_APART = 1

# Wide enough to print every row on one line.
_COLUMNS = 140


@click.command(name="compare")
@click.argument("a", type=click.Path(path_type=Path), metavar="A.mcap")
@click.argument("b", type=click.Path(path_type=Path), metavar="B.mcap")
@click.option("--report", "report_to", type=NewHtml(), metavar="FILE.html", help="Write a page of pictures.")
@click.pass_context
def compare_traces(ctx: click.Context, a: Path, b: Path, report_to: Path | None) -> None:
    """Lay two sessions over each other and name the first wide difference.

    A and B are traces of `instep sim`, `run` or `monitor`, made with --trace FILE.mcap. Both are put on the time of
    the massage. Exit codes: 0 alike, 1 different, or a file is no trace.
    """
    pair = aligned(read_trace(a), read_trace(b))
    findings = compare(pair)
    _tell(pair, findings)
    if report_to is not None:
        from host_tools.compare.page import page  # here: the pictures take a while to load

        write_result(report_to, page(pair, findings).encode())
        click.echo(f"report: {report_to}")
    ctx.exit(EXIT_APART if first_of(findings) is not None else 0)


def _tell(pair: Pair, findings: list[Finding]) -> None:
    """Print the facts and the quantities that differ, then the first wide difference."""
    console = wide_console(_COLUMNS)
    unequal = [row for row in facts_rows(pair) if row[3]]
    if unequal:
        table = Table("", "A", "B", box=None, header_style="dim")
        for name, of_a, of_b, _ in unequal:
            table.add_row(name, of_a, of_b)
        console.print(table)
    apart = [finding for finding in findings if finding.spans]
    if apart:
        table = Table("apart", "wide is more than", "first", "largest", "of the time", box=None, header_style="dim")
        for finding in sorted(apart, key=lambda finding: finding.first_s):
            table.add_row(*finding_row(pair, finding))
        console.print(table)
    first = first_of(findings)
    compared = clock(pair.end_s - pair.start_s)
    if first is None:
        console.print(f"Alike: no wide difference in {len(findings)} quantities over {compared}.", soft_wrap=True)
    else:
        console.print(f"First wide difference, {first_words(pair, first)}", soft_wrap=True, style="bold")
