"""`instep monitor`: watch the machine live in the terminal."""

from pathlib import Path

import click

from host_tools.commands.machine import MachineSource
from host_tools.commands.options import port_option, trace_option
from host_tools.console import is_terminal
from host_tools.errors import InstepError
from host_tools.link.client import Client
from host_tools.link.recorded import recorded
from host_tools.view.app import run_live

_REAL_TIME = 1.0


@click.command()
@trace_option
@port_option
def monitor(trace_to: Path | None, port: str) -> None:
    """Watch the machine live, and press those of its buttons that may be pressed from here.

    Answer the questions before a massage, the lotion, and a fault at the machine. A pause that starts here can be
    ended here; one that starts at the machine is ended there. Leaving this view does not stop the machine.
    """
    if not is_terminal():
        raise InstepError(
            "There is no terminal to show the machine in.", "`instep logs` and `instep doctor` need none."
        )
    with Client(port) as client, recorded(client, trace_to, click.echo):
        watch(client)


def watch(client: Client, ends_with_session: bool = False) -> tuple[str, str] | None:
    """Show a machine until its session ends or the person leaves; return the result and how it ended, None if left."""
    source = MachineSource(client, ends_with_session)
    run_live(source, _REAL_TIME, is_real=True)
    return source.ending if source.is_over else None
