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


class _ResultFile(click.ParamType[Path]):
    """A file to write, in a folder that exists; refused before a session starts if it cannot be written."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path."""
        path = Path(value)
        problem = self.problem(path.suffix.lower())
        if problem:
            self.fail(f"{value!r}: {problem}", param, ctx)
        try:
            require_writable_kind(path)
        except ResultFileError as error:
            self.fail(f"{error.message} {error.advice}", param, ctx)
        return path

    def problem(self, suffix: str) -> str:
        """Return what is wrong with the name's ending, "" if nothing is."""
        raise NotImplementedError


class TraceFile(_ResultFile):
    """A new trace of a machine: an MCAP file."""

    def problem(self, suffix: str) -> str:
        """Refuse the name of a CSV file."""
        return "a machine's trace is an MCAP file; end its name in .mcap." if suffix == ".csv" else ""


class NewHtml(_ResultFile):
    """A new HTML file."""

    def problem(self, suffix: str) -> str:
        """Refuse other names than those of HTML files."""
        return "" if suffix == ".html" else "the page is an HTML file; end its name in .html."


trace_option = click.option(
    "--trace",
    "trace_to",
    type=TraceFile(),
    metavar="FILE.mcap",
    help="Record what the machine reports, for `instep compare`, Foxglove and Lichtblick.",
)
