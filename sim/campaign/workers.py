"""Run the tasks of a campaign: in this process, in many, or on a Dask cluster.

Each `run_*` takes tasks and yields their results, in any order. When the caller stops (Ctrl-C), no further
task begins, and no process is left behind.
"""

import os
import signal
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from time import monotonic, sleep
from typing import Any

from host_tools.errors import InstepError

Work = Callable[[Any], Any]

# Tasks per worker that are under way or about to be: enough to keep it busy, few enough to stop soon.
_AHEAD = 2
_CONNECT = "10s"
# A cluster may be without workers for so long: they start after the scheduler, and are restarted.
WORKERLESS_S = 30.0
_LOOK_S = 0.05
_COUNT_S = 1.0


def run_here(work: Work, tasks: Sequence[Any]) -> Generator[Any]:
    """Run one task after the other in this process."""
    yield from map(work, tasks)


def run_in_processes(work: Work, tasks: Sequence[Any], workers: int) -> Generator[Any]:
    """Run the tasks in `workers` processes of this computer."""
    waiting = iter(tasks)
    # A fresh process each: a fork would inherit threads and half-held locks.
    context = get_context("spawn")
    # A pipe without data: when this end closes, on purpose or because this process dies, the workers exit.
    lifeline, hold = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker, initargs=(lifeline,))
    try:
        pending = {pool.submit(work, task) for task in islice(waiting, _AHEAD * workers)}
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            pending |= {pool.submit(work, task) for task in islice(waiting, len(done))}
            for future in done:
                yield future.result()
    except BrokenProcessPool:
        raise InstepError("A worker process was killed.", "Go on with --resume, with fewer --workers.") from None
    finally:
        hold.close()
        pool.shutdown(wait=True, cancel_futures=True)
        lifeline.close()


def run_on_cluster(work: Work, tasks: Sequence[Any], address: str) -> Generator[Any]:
    """Run the tasks on the Dask cluster whose scheduler listens at `address`."""
    # Imported here: only a cluster needs it, and it takes a second to load.
    from distributed import Client, KilledWorker, as_completed

    begin = "Start one with `dask scheduler` and `dask worker {}`, or leave out --scheduler."

    try:
        client = Client(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InstepError(
            f"No Dask scheduler answers at {address}: {error}",
            begin.format(address),
        ) from None
    with client:
        futures = client.map(work, tasks, pure=False)
        try:
            for future in _done_while_there_are_workers(client, as_completed(futures, loop=client.loop)):
                yield future.result()
        except KilledWorker:
            raise InstepError("The workers of the cluster were killed.", "Go on with --resume.") from None
        except (OSError, CancelledError):
            advice = "Start scheduler and workers again, then go on with --resume."
            raise InstepError(f"The scheduler at {address} is gone.", advice) from None
        finally:
            with suppress(OSError, CancelledError):
                client.cancel(futures)


def _done_while_there_are_workers(client: Any, completed: Any) -> Generator[Any]:
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
                f"Start some with `dask worker {address}`, then go on with --resume.",
            )


def _begin_worker(lifeline: Connection) -> None:
    """Ignore Ctrl-C, which the parent handles, and exit when the parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with, args=(lifeline,), daemon=True).start()


def _leave_with(lifeline: Connection) -> None:
    with suppress(EOFError):
        lifeline.recv_bytes()
    os._exit(1)
