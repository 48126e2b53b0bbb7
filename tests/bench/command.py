"""Measure, and print each figure beside its target as soon as it is known."""

from collections.abc import Callable, Iterator, Sequence

from rich.console import Console
from rich.table import Table

from tests.bench import campaign, emulated, flashing, page, search, session, size, speed, written
from tests.bench.figure import Figure, LeftOutError

MEASURES: dict[str, Callable[[], Iterator[Figure]]] = {
    "size": size.measure,
    "speed": speed.measure,
    "campaign": campaign.measure,
    "session": session.measure,
    "search": search.measure,
    "flashing": flashing.measure,
    "page": page.measure,
    "board": emulated.measure,
}


def run(names: Sequence[str], is_written: bool = False) -> int:
    """Measure what `names` (keys of MEASURES) ask for; return how many figures miss their target.

    is_written: put the tables into docs/figures.md too.
    """
    console = Console(highlight=False)
    missed = 0
    for name in names:
        table = Table("what", "measured", "target", "rival, same run", "", title=name, title_justify="left", box=None)
        try:
            with console.status(f"measuring {name} …"):
                figures = []
                for figure in MEASURES[name]():
                    figures.append(figure)
                    table.add_row(figure.what, figure.measured, figure.target, figure.rival, _verdict(figure))
                    missed += figure.holds is False
            if is_written:
                written.write(name, figures)
        except LeftOutError as error:
            table.add_row("left out", str(error))
        console.print(table)
    return missed


def _verdict(figure: Figure) -> str:
    if figure.holds is None:
        return ""
    return "[green]holds[/green]" if figure.holds else "[red]missed[/red]"
