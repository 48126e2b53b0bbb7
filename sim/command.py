"""Run `instep sim`: a live view or a progress bar, then summary, trace and report."""

import json
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from host_tools.own_command import as_typed
from host_tools.result_file import write_result
from host_tools.words import EXIT_CODES, roller_named, words_for
from instep.axes import TICKS_PER_S
from instep.session import states
from sim.columns import recording_of
from sim.factory import prepare, ticks_per_sample
from sim.plant.jit import wait_ahead
from sim.run_options import STDOUT, RunOptions
from sim.simulation import Simulation
from sim.summary import Stopwatch, summarise
from sim.told import ToldSampler

# Simulated time between two updates of the progress bar.
_SLICE_TICKS = 10 * TICKS_PER_S
# Screening, self-test and measuring add about this to the chosen minutes.
_BEFORE_S = 60


def run(options: RunOptions) -> int:
    """Simulate one session and return the exit code: 0 done or stopped, 2 refused, 3 fault."""
    sentence = wait_ahead()
    if sentence:
        Console(stderr=True).print(sentence, highlight=False)
    if options.serve_at is not None:
        return _serve(options, options.serve_at)
    simulation = prepare(options, ticks_per_sample(options), options.faults)
    told = _sampler(simulation, options)
    stopwatch = Stopwatch()
    if options.headless:
        _run_headless(simulation, options.speed)
    else:
        _run_live(simulation, options)
    summary = summarise(simulation, stopwatch.seconds())
    _write_json(options.json_to, summary)
    _write_pictures(simulation, summary, options, told)
    _tell(simulation, summary, options)
    return EXIT_CODES[simulation.result or "stopped"]


def _serve(options: RunOptions, port: int) -> int:
    """Serve the machine's link over TCP until the person presses Ctrl-C; then write its trace, if one is wanted."""
    from sim.serve import Server

    server = Server(options, port)
    told = _sampler(server.simulation, options)
    stopwatch = Stopwatch()
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"The simulated machine is at {server.url}. In another terminal:")
    console.print(f"  {as_typed(f'instep monitor --port {server.url}')}", style="bold")
    console.print("A simulated person sits at it and answers its questions. Ctrl-C switches it off.")
    try:
        server.run()
    except KeyboardInterrupt:
        console.print("Switched off.")
    finally:
        server.close()
    summary = summarise(server.simulation, stopwatch.seconds())
    _write_pictures(server.simulation, summary, options, told)
    _say_paths(console, options)
    return 0


def _run_live(simulation: Simulation, options: RunOptions) -> None:
    from host_tools.view.app import run_live  # here, so that a headless run does not wait for Textual to load
    from sim.hands import Hands
    from sim.view_source import SimulatedSource

    hands = None
    if options.is_yours:
        simulation.hand_over()
        hands = Hands(simulation)
    run_live(SimulatedSource(simulation), options.speed, hands=hands)


def _run_headless(simulation: Simulation, speed: float | None) -> None:
    """Simulate to the end; show a progress bar if standard error is a terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description:<10}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        total = simulation.app.session.selection.choices.minutes * 60 + _BEFORE_S
        task = progress.add_task("starting", total=total)
        pace = _Pace(speed)
        while not simulation.is_over:
            simulation.advance(pace.slice_ticks)
            pace.wait(simulation.ticks)
            name = states.NAMES[simulation.app.session.state]
            progress.update(task, completed=simulation.ticks // TICKS_PER_S, description=name)


class _Pace:
    """Hold a simulation to a speed, times real time; None = as fast as possible."""

    def __init__(self, speed: float | None) -> None:
        self._speed = speed
        self._start_s = time.monotonic()
        self.slice_ticks = _SLICE_TICKS if speed is None else max(1, round(speed * TICKS_PER_S / 20))

    def wait(self, ticks: int) -> None:
        """Wait until tick number `ticks` is due."""
        if self._speed is not None:
            due_s = self._start_s + ticks / TICKS_PER_S / self._speed
            time.sleep(max(0.0, due_s - time.monotonic()))


def _write_json(target: Path | str | None, summary: dict[str, Any]) -> None:
    if target is None:
        return
    if target == STDOUT:
        # Escapes: an encoding without a character must not end the output in the middle of the object.
        print(json.dumps(summary, indent=2))
    else:
        write_result(target, f"{json.dumps(summary, indent=2, ensure_ascii=False)}\n".encode())


def _sampler(simulation: Simulation, options: RunOptions) -> ToldSampler | None:
    """Sample the telemetry from now on if a trace is wanted."""
    if options.trace_to is None:
        return None
    sampler = ToldSampler(simulation)
    simulation.attach(sampler)
    return sampler


def _write_pictures(
    simulation: Simulation, summary: dict[str, Any], options: RunOptions, told: ToldSampler | None
) -> None:
    if options.trace_to is None and options.report_to is None:
        return
    recording = recording_of(simulation, summary, told.rows() if told is not None else None)
    if options.trace_to is not None:
        from host_tools.trace import write_trace

        write_trace(recording, options.trace_to)
    if options.report_to is not None:
        from sim.report import write_report

        write_report(recording, options.report_to)


def _tell(simulation: Simulation, summary: dict[str, Any], options: RunOptions) -> None:
    """Print the outcome in plain words; on standard error if standard output carries JSON."""
    words = words_for(summary["reason"], summary["result"])
    is_bad = summary["result"] in ("refused", "fault")
    console = Console(stderr=is_bad or options.json_to == STDOUT, highlight=False)
    sentences = (words.happened, roller_named(summary["fault_roller"]), words.advice)
    console.print(" ".join(filter(None, sentences)), style="bold" if not is_bad else "bold red")
    if summary["techniques"] and options.json_to != STDOUT:
        console.print(_table(summary))
        console.print(_figures(summary))
    _say_paths(console, options)


def _say_paths(console: Console, options: RunOptions) -> None:
    for noun, path in (("trace", options.trace_to), ("report", options.report_to)):
        if path is not None:
            console.print(f"{noun}: {path}", soft_wrap=True)


def _table(summary: dict[str, Any]) -> Table:
    table = Table("technique", "foot", "strokes", "from", "to", box=None, header_style="dim")
    for run_ in summary["techniques"]:
        times = (_clock(run_["start_s"]), _clock(run_["end_s"]))
        table.add_row(run_["technique"], run_["foot"], str(run_["strokes"]), *times)
    return table


def _figures(summary: dict[str, Any]) -> str:
    return (
        f"{_clock(summary['duration_s'])} simulated in {summary['wall_s']:.1f} s "
        f"({summary['real_time_ratio']:.0f} x real time). "
        f"Greatest force {summary['max_force_n']:.1f} N, warmest skin side {summary['max_skin_c']:.1f} °C. "
        f"Setpoints {summary['setpoint_crc32']}."
    )


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
