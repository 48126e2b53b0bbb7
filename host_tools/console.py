"""The terminal that the commands print their tables on."""

from rich.console import Console


def wide_console(min_columns: int = 100) -> Console:
    """Return a console that does not fold tables when nobody looks."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, min_columns)
    return console
