"""Options of commands that measure a machine and write its board file."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import click

from host_tools.board.edit import refuse_inline
from host_tools.board.load import find
from host_tools.board.load import shipped as shipped_boards
from host_tools.errors import InstepError
from host_tools.own_command import as_typed
from host_tools.result_file import write_result
from host_tools.shell_names import names_or_files
from host_tools.source_file import decode_source, read_source

EXIT_PROBLEM = 1


class Verdict(Protocol):
    """What was found at one part; `problem` is empty if it is sound."""

    @property
    def name(self) -> str:
        """The part's name."""

    @property
    def problem(self) -> str:
        """What is wrong."""

    @property
    def advice(self) -> str:
        """What to do about it."""


board_option = click.option(
    "--board",
    default="pico",
    show_default=True,
    metavar="NAME|FILE",
    shell_complete=names_or_files(shipped_boards),
    help="Board file in use.",
)


def board_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --board and --output to a command."""
    output = click.option(
        "--output",
        "-o",
        type=click.Path(path_type=Path),
        metavar="FILE.toml",
        help="Write to this file [default: FILE].",
    )
    return board_option(output(command))


def target_of(board: str, output: Path | None, *tables: str) -> Path:
    """Return the file to write; raise InstepError if it comes with Instep, or a table to be changed has no lines."""
    if output is None and board in shipped_boards():
        raise InstepError(
            f"{board} is the board file that comes with Instep, which is not changed.",
            f"Give a file for your machine: --output my-{board}.toml, and later --board my-{board}.toml",
        )
    source = find(board)
    refuse_inline(_text(source), str(source), tables)
    return output or source


def stop_at_problems(
    context: click.Context,
    verdicts: Sequence[Verdict],
    what_now: str = "Nothing was written. Correct this, then run the command again.",
) -> None:
    """Exit with EXIT_PROBLEM, all problems and `what_now`, before anything is written; return if there is none."""
    problems = [found for found in verdicts if found.problem]
    if not problems:
        return
    for found in problems:
        click.echo(as_typed(f"{found.name}: {found.problem}. {found.advice}"), err=True)
    click.echo(what_now, err=True)
    context.exit(EXIT_PROBLEM)


def rewrite(board: str, target: Path, change: Callable[[str, str], str]) -> None:
    """Write a board file, changed, to a target; `change` takes its text and the target's name.

    Raise InstepError, and write nothing, if the file cannot be read or its new text breaks a rule.
    """
    source = find(board)
    write_result(target, change(_text(source), str(target)).encode())


def _text(source: Path) -> str:
    return decode_source(read_source(source, "board", ""), source)
