"""Define options that several commands share."""

from pathlib import Path
from typing import Any

import click

from host_tools.ports import AUTO
from host_tools.result_file import ResultFileError, require_writable_kind

port_option = click.option(
    "--port",
    default=AUTO,
    envvar="INSTEP_PORT",
    show_default=True,
    show_envvar=True,
    help="/dev/ttyACM0, COM3, socket://host:port, rfc2217://…",
)


class TraceFile(click.ParamType[Path]):
    """A new trace of a machine: an MCAP file in a folder that exists."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path; refuse what cannot be written before a session starts."""
        path = Path(value)
        if path.suffix.lower() == ".csv":
            self.fail(f"{value!r}: a machine's trace is an MCAP file; end its name in .mcap.", param, ctx)
        try:
            require_writable_kind(path)
        except ResultFileError as error:
            self.fail(f"{error.message} {error.advice}", param, ctx)
        return path


trace_option = click.option(
    "--trace",
    "trace_to",
    type=TraceFile(),
    metavar="FILE.mcap",
    help="Record what the machine reports, for `instep compare`, Foxglove and Lichtblick.",
)
