"""A progress bar for many simulations: how many are done, and how much time is left."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def counted(console: Console, name: str, total: int, done: int = 0) -> Iterator[Callable[..., None]]:
    """Show a progress bar if the console is a terminal; yield the function that adds finished runs to it.

    Its second argument, if any, is the text behind the bar from then on.
    """
    columns = (
        TextColumn(name),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=total, completed=done)

        def advance(runs: int, text: str | None = None) -> None:
            progress.update(task, advance=runs, description=text)

        yield advance
