"""How fast a 15-minute session simulates, with physics and trace on, one core."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from host_tools.trace import write_trace
from instep.axes import TICKS_PER_S
from sim.columns import recording_of
from sim.factory import prepare
from sim.recorder import SAMPLE_TICKS
from sim.summary import summarise
from tests.bench.figure import Figure

_RUNS = 5
_TARGET_RATIO = 100
_GOAL_RATIO = 300


def _session(ticks_per_sample: int | None, trace: Path | None) -> tuple[float, float]:
    """Return simulated seconds and wall seconds of one classic session, the trace written."""
    start = time.perf_counter()
    simulation = prepare(ticks_per_sample=ticks_per_sample)
    simulation.run_out()
    if trace is not None:
        summary = summarise(simulation, time.perf_counter() - start)
        write_trace(recording_of(simulation, summary), trace)
    return simulation.ticks / TICKS_PER_S, time.perf_counter() - start


def _ratios(run: Callable[[], tuple[float, float]]) -> list[float]:
    run()  # compiles the physics and warms the caches
    return [simulated_s / wall_s for simulated_s, wall_s in (run() for _ in range(_RUNS))]


def measure() -> Iterator[Figure]:
    """Yield the median of some runs of each case, times real time."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "session.mcap"
        cases: list[tuple[str, Callable[[], tuple[float, float]]]] = [
            ("physics and 20 Hz trace", lambda: _session(SAMPLE_TICKS, trace)),
            ("physics and a trace of every tick", lambda: _session(1, trace)),
            ("physics alone", lambda: _session(None, None)),
        ]
        for name, run in cases:
            ratios = _ratios(run)
            median = statistics.median(ratios)
            yield Figure(
                f"15 min session, {name}",
                f"{median:.0f} × real time ({min(ratios):.0f} to {max(ratios):.0f})",
                f"≥ {_TARGET_RATIO} ×, goal {_GOAL_RATIO} ×",
                holds=median >= _TARGET_RATIO,
            )
