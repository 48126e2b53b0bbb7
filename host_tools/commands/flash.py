"""`instep flash`: put the firmware on a board."""

import time
from pathlib import Path
from types import TracebackType

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn

from host_tools.board.load import shipped
from host_tools.commands.options import port_option
from host_tools.flash import micropython
from host_tools.flash.firmware_bundle import read_bundle
from host_tools.flash.flash import Flasher, Outcome
from host_tools.flash.image import Image, build_image
from host_tools.ports import PortGoneError, find_port
from host_tools.shell_names import names_or_files

_KIB = 1024


class _Bar:
    """A spinner with the current action, and a bar during the transfer."""

    def __init__(self) -> None:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("", total=None)

    def __enter__(self) -> "_Bar":
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def say(self, text: str) -> None:
        """Show the current step."""
        self._progress.update(self._task, description=text)

    def sent(self, done_bytes: int, all_bytes: int) -> None:
        """Show how many bytes have arrived."""
        self._progress.update(self._task, completed=done_bytes, total=all_bytes)


@click.command()
@click.option(
    "--board",
    default="pico",
    show_default=True,
    shell_complete=names_or_files(shipped),
    help="A folder of boards/, or a board file of your own.",
)
@port_option
@click.option("--force", is_flag=True, help="Interrupt a running session; its outputs are made safe first.")
@click.option(
    "--patience", default=1, type=click.IntRange(1, 1000), help="Multiply all time limits (for an emulated board)."
)
@click.option(
    "--bundle",
    type=click.Path(path_type=Path),
    metavar="FILE.zip",
    help="Put the firmware of a release's bundle there, instead of this installation's.",
)
@click.option("--over-frozen", is_flag=True, help="Send the modules too if the board's MicroPython has frozen ones.")
def flash(board: str, port: str, force: bool, patience: int, bundle: Path | None, over_frozen: bool) -> None:
    """Put the firmware on a board; the board returns to its old firmware if the new one fails."""
    started_s = time.monotonic()
    with _Bar() as bar:
        bar.say("compiling" if bundle is None else "checking the bundle")
        image, chip = build_image(board) if bundle is None else read_bundle(bundle).image(board)
        found = _find(port, chip)
        outcome = Flasher(found, image, chip, bar, patience, goes_over_frozen=over_frozen).flash(force)
    click.echo(summary_of(found, image, outcome, time.monotonic() - started_s))


def _find(port: str, chip: str) -> str:
    try:
        return find_port(port)
    except PortGoneError as error:
        raise micropython.missing(chip, error) from None


def summary_of(port: str, image: Image, outcome: Outcome, took_s: float) -> str:
    """Return a one-line summary of the result: which firmware runs, and what was sent."""
    where = f"{port} runs {_firmware_of(image, outcome)}"
    if outcome.plan is None:
        return f"{where}: nothing had changed, no file was sent ({took_s:.1f} s)."
    # Beside frozen firmware a file outside the slots is the exception.
    whole = image.data_only().files | outcome.plan.roots if outcome.frozen else image.files | image.roots
    files = len(whole)
    sent = f"{len(outcome.plan.incoming)} of {files} files sent ({outcome.plan.sent_bytes / _KIB:.1f} KiB)"
    return f"{where}: {sent}, all verified ({took_s:.1f} s)."


def _firmware_of(image: Image, outcome: Outcome) -> str:
    """Return which firmware runs, as the end of "… runs"."""
    frozen = outcome.frozen
    if frozen is None:
        return f"the firmware of slot {outcome.slot}"
    build = "the same as here" if frozen.source_digest == image.source_digest else "another build than here"
    return (
        f"the firmware frozen into its MicroPython (version {frozen.version}, {build})"
        f" with board file and programs of slot {outcome.slot}"
    )
