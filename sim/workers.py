"""Run tasks that simulate: in this process, in many, or on a Dask cluster.

A `Run` takes work and tasks, and yields the results in any order; it may be called again and again. When the caller
stops (Ctrl-C), no further task begins, and no process is left behind.
"""

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import monotonic, sleep
from typing import Any

from host_tools.errors import InstepError

Work = Callable[[Any], Any]
Run = Callable[[Work, Sequence[Any]], Generator[Any]]

# Tasks per worker that are under way or about to be: enough to keep it busy, few enough to stop soon.
_AHEAD = 2
_CONNECT = "10s"
# A cluster may be without workers for so long: they start after the scheduler, and are restarted.
WORKERLESS_S = 30.0
_LOOK_S = 0.05
_COUNT_S = 1.0


@contextmanager
def workers_for(scheduler: str | None, workers: int | None, tasks: int, go_on: str) -> Iterator[Run]:
    """Yield the function that runs up to `tasks` tasks at once.

    On the cluster of `scheduler`; without one in `workers` processes, None = one per core. `go_on` is the advice after
    a failure, as the end of a sentence.
    """
    processes = min(workers or os.cpu_count() or 1, tasks)
    if scheduler is not None:
        with on_cluster(scheduler, go_on) as run:
            yield run
    elif processes <= 1:
        yield run_here
    else:
        with in_processes(processes, go_on) as run:
            yield run


def run_here(work: Work, tasks: Sequence[Any]) -> Generator[Any]:
    """Run one task after the other in this process."""
    yield from map(work, tasks)


@contextmanager
def in_processes(workers: int, go_on: str) -> Iterator[Run]:
    """Yield the function that runs tasks in `workers` processes of this computer."""
    # A fresh process each: a fork would inherit threads and half-held locks.
    context = get_context("spawn")
    # A pipe without data: when this end closes, on purpose or because this process dies, the workers exit.
    lifeline, hold = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker, initargs=(lifeline,))

    def run(work: Work, tasks: Sequence[Any]) -> Generator[Any]:
        waiting = iter(tasks)
        try:
            pending = {pool.submit(work, task) for task in islice(waiting, _AHEAD * workers)}
            while pending:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                pending |= {pool.submit(work, task) for task in islice(waiting, len(done))}
                for future in done:
                    yield future.result()
        except BrokenProcessPool:
            raise InstepError("A worker process was killed.", f"Use fewer --workers: {go_on}.") from None

    try:
        yield run
    finally:
        hold.close()
        pool.shutdown(wait=True, cancel_futures=True)
        lifeline.close()


@contextmanager
def on_cluster(address: str, go_on: str) -> Iterator[Run]:
    """Yield the function that runs tasks on the Dask cluster whose scheduler listens at `address`."""
    # Imported here: only a cluster needs it, and it takes a second to load.
    from distributed import Client, KilledWorker, as_completed

    begin = f"Start one with `dask scheduler` and `dask worker {address}`, or leave out --scheduler."
    try:
        client = Client(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InstepError(f"No Dask scheduler answers at {address}: {error}", begin) from None

    def run(work: Work, tasks: Sequence[Any]) -> Generator[Any]:
        futures = client.map(work, tasks, pure=False)
        try:
            for future in _done_while_there_are_workers(client, as_completed(futures, loop=client.loop), go_on):
                yield future.result()
        except KilledWorker:
            raise InstepError("The workers of the cluster were killed.", f"Start them again, then {go_on}.") from None
        except (OSError, CancelledError):
            advice = f"Start scheduler and workers again, then {go_on}."
            raise InstepError(f"The scheduler at {address} is gone.", advice) from None
        finally:
            with suppress(OSError, CancelledError):
                client.cancel(futures)

    with client:
        yield run


def _done_while_there_are_workers(client: Any, completed: Any, go_on: str) -> Generator[Any]:
    """Yield futures when they are done; raise InstepError if the cluster stays without a worker."""
    seen = counted = monotonic()
    while not completed.is_empty():
        if completed.has_ready():
            yield next(completed)
            continue
        sleep(_LOOK_S)
        if monotonic() - counted < _COUNT_S:
            continue
        counted = monotonic()
        if client.nthreads():
            seen = counted
        elif counted - seen > WORKERLESS_S:
            address = client.scheduler.address
            raise InstepError(
                f"The cluster at {address} has had no worker for {WORKERLESS_S:g} s.",
                f"Start some with `dask worker {address}`, then {go_on}.",
            )


def _begin_worker(lifeline: Connection) -> None:
    """Ignore Ctrl-C, which the parent handles, and exit when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with, args=(lifeline,), daemon=True).start()


def _leave_with(lifeline: Connection) -> None:
    with suppress(EOFError):
        lifeline.recv_bytes()
    os._exit(1)
