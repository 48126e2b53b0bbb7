"""Print how fast a 15-minute session simulates with physics and trace on; `make bench` runs it."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from instep.axes import TICKS_PER_S
from sim.columns import recording_of
from sim.prepare import prepare
from sim.recorder import SAMPLE_TICKS
from sim.summary import summarise
from sim.trace import write_trace

RUNS = 5
MINUTES = 15
TARGET_RATIO = 100
GOAL_RATIO = 300


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
    return [simulated_s / wall_s for simulated_s, wall_s in (run() for _ in range(RUNS))]


def main() -> None:
    """Run each case RUNS times after a warm-up and print minimum, median and maximum, times real time."""
    table = Table(
        "case", "min", "median", "max", title=f"{MINUTES} minutes of classic, one core, times real time", box=None
    )
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "session.mcap"
        cases: list[tuple[str, Callable[[], tuple[float, float]]]] = [
            ("physics alone", lambda: _session(None, None)),
            ("physics and 20 Hz trace", lambda: _session(SAMPLE_TICKS, trace)),
            ("physics and a trace of every tick", lambda: _session(1, trace)),
        ]
        for name, run in cases:
            ratios = _ratios(run)
            table.add_row(name, *(f"{ratio:.0f}" for ratio in (min(ratios), statistics.median(ratios), max(ratios))))
    console = Console()
    console.print(table)
    console.print(f"Target {TARGET_RATIO}, goal {GOAL_RATIO}.", style="dim")


if __name__ == "__main__":
    main()
