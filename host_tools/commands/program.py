"""`instep program`: check, build and show stroke programs."""

from pathlib import Path

import click

from host_tools.console import wide_console
from host_tools.errors import InstepError
from host_tools.program.display import picture_of, proof_of
from host_tools.program.load import find, is_compiled, load_program, read_compiled, read_file, shipped
from host_tools.result_file import write_result
from host_tools.shell_names import names_or_files

_PROGRAMS = names_or_files(shipped)


@click.group()
def program() -> None:
    """Check, build and show stroke programs.

    FILE is a program file (.toml) or the name of a shipped program, such as classic.
    """


@program.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, shell_complete=_PROGRAMS)
def check(files: tuple[str, ...]) -> None:
    """Check each program: print its proved limits, or every mistake in it."""
    console = wide_console()
    failures: list[InstepError] = []
    for file in files:
        try:
            console.print(proof_of(load_program(file)))
        except InstepError as error:
            failures.append(error)
    if failures:
        advice = dict.fromkeys(failure.advice for failure in failures)
        raise InstepError("\n".join(failure.message for failure in failures), "\n".join(advice))


@program.command()
@click.argument("file", shell_complete=_PROGRAMS)
@click.option("-o", "--output", "output", metavar="OUT.bin", required=True, help="File to write.")
def build(file: str, output: str) -> None:
    """Compile a program to the form that the machine plays."""
    loaded = load_program(file)
    write_result(Path(output), loaded.data, loaded.path)
    click.echo(f"{output}: {loaded.program.name}, {len(loaded.data)} bytes.")


@program.command()
@click.argument("file", metavar="FILE|OUT.bin", shell_complete=_PROGRAMS)
def show(file: str) -> None:
    """Show a program's timeline and limits; print a compiled program as its program file."""
    path = find(file)
    data = read_file(path)
    if is_compiled(data):
        click.echo(read_compiled(data, str(path)), nl=False)
    else:
        wide_console().print(picture_of(load_program(file)))
