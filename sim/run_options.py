"""The choices of `instep sim`: a session, its faults, and where its results go."""

from dataclasses import dataclass
from pathlib import Path

from sim.faults import Injection
from sim.options import SimOptions

# Initial speed of the live view, times real time.
LIVE_SPEED = 30.0

STDOUT = "-"


@dataclass(frozen=True)
class RunOptions(SimOptions):
    """Add to a session its faults, its speed and the files that it writes.

    faults: what to inject. speed: times real time, None = as fast as possible. headless: no live view.
    json_to: a path, or STDOUT; trace_to: CSV if it ends in .csv, else MCAP; None = not wanted.
    serve_at: TCP port of the machine's link, 0 = any free one; None = the person starts a session at the buttons.
    is_yours: no simulated person; you press the buttons at the terminal.
    """

    faults: tuple[Injection, ...] = ()
    speed: float | None = None
    headless: bool = True
    json_to: Path | str | None = None
    trace_to: Path | None = None
    trace_every_tick: bool = False
    report_to: Path | None = None
    serve_at: int | None = None
    is_yours: bool = False
