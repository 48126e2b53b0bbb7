"""`instep monitor`: the machine in the terminal, live."""

import click

from host_tools.commands.machine import MachineSource
from host_tools.commands.options import port_option
from host_tools.commands.sim import is_terminal
from host_tools.errors import InstepError
from host_tools.link.client import Client
from sim.live.app import run_live

_REAL_TIME = 1.0


@click.command()
@port_option
def monitor(port: str) -> None:
    """Watch the machine live, and operate what may be operated from afar.

    The questions before a massage, the lotion, and a fault are answered at the machine. A pause from here is ended
    from here, another at the machine. Leaving ends nothing there.
    """
    if not is_terminal():
        raise InstepError(
            "There is no terminal to show the machine in.", "`instep logs` and `instep doctor` need none."
        )
    with Client(port) as client:
        watch(client)


def watch(client: Client, ends_with_session: bool = False) -> tuple[str, str] | None:
    """Show a machine until the person leaves or its session ends; return then its result and reason, else None."""
    source = MachineSource(client, ends_with_session)
    run_live(source, _REAL_TIME, is_real=True)
    return source.ending if source.is_over else None
