"""`instep board`: check, show and compile boards."""

from pathlib import Path

import click

from host_tools.board.drawing import draw
from host_tools.board.listing import terminal_view
from host_tools.board.load import load_board, shipped
from host_tools.board.power_rules import bridge_limit_ma
from host_tools.console import wide_console
from host_tools.errors import InstepError
from host_tools.result_file import write_result
from host_tools.shell_names import names_or_files
from instep.units import MA_PER_A

_WIDTH_MIN_COLUMNS = 130
_BOARDS = names_or_files(shipped)


@click.group()
def board() -> None:
    """Check, show and compile boards.

    FILE is a board file (.toml) or the name of a shipped board, such as pico.
    """


@board.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, shell_complete=_BOARDS)
def check(files: tuple[str, ...]) -> None:
    """Check each board's wiring, or print every mistake in it."""
    failures: list[InstepError] = []
    sentences: list[str] = []
    for file in files:
        try:
            wiring = load_board(file).wiring
        except InstepError as error:
            failures.append(error)
            continue
        bridges = wiring.table("bridges")
        limit_ma = bridge_limit_ma(bridges["reference_mv"], bridges["mirror_ua_per_a"], bridges["sense_ohm"])
        sentences.append(
            f"{file}: {wiring.title} ({wiring.chip}) is valid: {len(wiring.pins)} pins, "
            f"{len(wiring.table('addresses'))} chips on the bus, bridges end at {limit_ma / MA_PER_A:.1f} A."
        )
    if failures:
        advice = dict.fromkeys(failure.advice for failure in failures)
        raise InstepError("\n".join(failure.message for failure in failures), "\n".join(advice))
    click.echo("\n".join(sentences))


@board.command()
@click.argument("file", metavar="FILE", shell_complete=_BOARDS)
@click.option("--svg", metavar="OUT.svg", help="Draw the wiring to a file instead of listing it.")
def show(file: str, svg: str | None) -> None:
    """List or draw the destination of every wire."""
    loaded = load_board(file)
    if svg is None:
        wide_console(_WIDTH_MIN_COLUMNS).print(terminal_view(loaded.wiring))
        return
    write_result(Path(svg), draw(loaded.wiring).as_svg().encode(), loaded.path)
    click.echo(f"{svg}: the wiring of {loaded.wiring.title}.")


@board.command(name="compile")
@click.argument("file", metavar="FILE", shell_complete=_BOARDS)
@click.option("-o", "--output", "output", metavar="BOARD.bin", required=True, help="File to write.")
def compile_command(file: str, output: str) -> None:
    """Compile a board file for the firmware."""
    loaded = load_board(file)
    write_result(Path(output), loaded.data, loaded.path)
    click.echo(f"{output}: {loaded.wiring.name}, {len(loaded.data)} bytes.")
