"""Define options that several commands share."""

import click

from host_tools.ports import AUTO

port_option = click.option(
    "--port",
    default=AUTO,
    envvar="INSTEP_PORT",
    show_default=True,
    show_envvar=True,
    help="/dev/ttyACM0, COM3, socket://host:port, rfc2217://…",
)
