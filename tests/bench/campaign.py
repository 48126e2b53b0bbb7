"""How a campaign scales with cores, and how soon STOP and emergency stop have everything off in it."""

import os
import time
from collections.abc import Iterator
from functools import partial

from sim.campaign.command import run_batch
from sim.campaign.plan import Case, by_beginning, plan_of
from sim.campaign.store import Row
from sim.campaign.table import Table, table_of
from sim.code_digest import code_digest
from sim.workers import workers_for
from tests.bench.figure import Figure

_FAULTS = ("emergency_stop", "stop_button")
_PEOPLE = ("average", "small", "large")
_STOP_MAX_MS = 10
_EFFICIENCY_MIN = 0.9


def _timed(batches: list[list[Case]], workers: int) -> tuple[list[Row], float]:
    """Return the rows of all batches, and the seconds from the first row to the last: starting is not scaling."""
    work = partial(run_batch, code_digest())
    with workers_for(None, workers, len(batches), "try again") as run:
        results = run(work, batches)
        rows = list(next(results))
        start = time.perf_counter()
        for fresh in results:
            rows += fresh
        return rows, time.perf_counter() - start


def measure() -> Iterator[Figure]:
    """Run the same cases on one process and on one for each core; yield scaling, equality and the time to stop."""
    cases = plan_of(_FAULTS, _PEOPLE, 1)
    batches = by_beginning(cases)
    workers = os.cpu_count() or 1
    _timed(batches[:2], 1)  # compiles the physics
    alone, alone_s = _timed(batches, 1)
    together, together_s = _timed(batches, workers)
    efficiency = alone_s / together_s / workers
    yield Figure(
        f"campaign of {len(cases)} runs on {workers} cores",
        f"{efficiency:.0%} of {workers} times one core ({alone_s:.0f} s, {together_s:.0f} s)",
        f"≥ {_EFFICIENCY_MIN:.0%}",
        holds=efficiency >= _EFFICIENCY_MIN,
    )
    tables: list[Table] = [table_of(rows) for rows in (alone, together)]
    is_same = tables[0] == tables[1]
    yield Figure(
        "its table on one process and on several", "the same" if is_same else "another", "the same", holds=is_same
    )
    for row in tables[0].faults:
        worst_ms = row.whole.worst_ms
        holds = worst_ms is not None and worst_ms <= _STOP_MAX_MS and row.whole.is_good
        name = row.fault.replace("_", " ")
        yield Figure(
            f"{name} → motors and heaters off, simulated", f"≤ {worst_ms} ms", f"≤ {_STOP_MAX_MS} ms", holds=holds
        )
