"""The options of commands that simulate on many processes or a cluster."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

WORKERS_MAX = 1024

F = TypeVar("F", bound=Callable[..., Any])


def worker_options(command: F) -> F:
    """Give a command --scheduler and --workers."""
    scheduler = click.option("--scheduler", metavar="ADDRESS", help="Run on the Dask cluster with this scheduler.")
    workers = click.option(
        "--workers", type=click.IntRange(1, WORKERS_MAX), metavar="N", help="Processes [default: one per core]."
    )
    return scheduler(workers(command))


def check_worker_options(scheduler: str | None, workers: int | None, own_file: Path | None, noun: str) -> None:
    """Refuse both options at once, and a file of this computer on a cluster; `noun` is its kind."""
    if scheduler is not None and workers is not None:
        raise click.UsageError("--workers is for this machine, --scheduler for a cluster: give one of them.")
    if scheduler is not None and own_file is not None:
        raise click.UsageError(
            f"{own_file} is a file of this computer, and the cluster of --scheduler has no copy of it: name a "
            f"shipped {noun}, or leave out --scheduler."
        )
