"""Complete names and files in a shell, for the options of all commands."""

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

_FILES = "file"
Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def names_or_files(names: Callable[[], Iterable[str]]) -> Complete:
    """Return the function by which a shell completes a name, or the path of a file."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return [*fitting(names(), incomplete), CompletionItem(incomplete, type=_FILES)]

    return complete


def fitting(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Return the names that begin so, as a shell completes them."""
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]
