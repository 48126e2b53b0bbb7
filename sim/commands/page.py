"""`instep page`: the machine in the browser."""

import webbrowser

import click

from host_tools.data_folders import PAGE

FOLDER = PAGE

PORT_DEFAULT = 8321
PORT_MAX = 65_535


@click.command
@click.option(
    "--port",
    type=click.IntRange(0, PORT_MAX),
    default=PORT_DEFAULT,
    metavar="N",
    show_default=True,
    help="TCP port of the page on this computer; 0 takes a free one.",
)
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
def page(port: int, no_open: bool) -> None:
    """Open the machine in the browser: a simulated one, a real board, and the stroke designer.

    `make page` builds it first. It is served to this computer only; Ctrl-C ends it.
    """
    from sim.page.serve import PageServer

    try:
        with PageServer(FOLDER, port) as server:
            click.echo(f"The machine is at {server.url} - Ctrl-C ends it.")
            if not no_open:
                webbrowser.open(server.url)
            server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nClosed.")
