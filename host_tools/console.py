"""Print tables on the terminal."""

import sys

from rich.console import Console


def wide_console(min_columns: int = 100) -> Console:
    """Return a console of at least `min_columns` if the output is no terminal, so that tables are not folded."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, min_columns)
    return console


def is_terminal() -> bool:
    """Return True if standard input and output are a terminal: the live view needs keys and a screen."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
