"""`instep sim`: the options of a simulated session; `sim.command` runs it."""

import math
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from host_tools.console import is_terminal
from host_tools.data_folders import PROGRAMS
from instep.levels import (
    FEET_NAMES,
    HEAT_NAMES,
    INTENSITY_DEFAULT,
    INTENSITY_MAX,
    INTENSITY_MIN,
    INTENSITY_NEW,
    MINUTES,
    PACE_DEFAULT,
    PACE_MAX,
    PACE_MIN,
)
from sim.commands.machine_options import parts_option, person_option, seed_option
from sim.commands.parameters import Ambient, Answers, FaultText, NewFile, ShippedOrFile, Speed
from sim.commands.scenario import take_scenario
from sim.options import (
    AMBIENT_DEFAULT_C,
    AMBIENT_MAX_C,
    AMBIENT_MIN_C,
    ANSWERS,
    FEET_DEFAULT,
)
from sim.run_options import LIVE_SPEED, STDOUT, RunOptions

PORT_MAX = 65_535
REAL_TIME = 1.0

_YES = ", ".join(key for key, answer in ANSWERS.items() if answer)
_NO = ", ".join(key for key, answer in ANSWERS.items() if not answer)


@click.command
@click.option(
    "--scenario",
    type=click.Path(path_type=Path),
    callback=take_scenario,
    is_eager=True,
    expose_value=False,
    metavar="FILE.toml",
    help="Take options, PROGRAM and faults from a file; the command line overrides them.",
)
@click.argument("program", type=ShippedOrFile(PROGRAMS, "program"), default="classic")
@person_option
@click.option("--minutes", type=click.Choice(MINUTES), help="Length of the session [default: the program's].")
@click.option(
    "--intensity",
    type=click.IntRange(INTENSITY_MIN, INTENSITY_MAX),
    default=INTENSITY_DEFAULT,
    help=f"Pressure level [default: {INTENSITY_DEFAULT}; {INTENSITY_NEW}, a new machine's, if you press the buttons].",
)
@click.option(
    "--pace",
    type=click.IntRange(PACE_MIN, PACE_MAX),
    default=PACE_DEFAULT,
    show_default=True,
    help="Speed level of the strokes.",
)
@click.option(
    "--feet", type=click.Choice(FEET_NAMES), default=FEET_DEFAULT, show_default=True, help="Feet to massage."
)
@click.option("--heat", type=click.Choice(HEAT_NAMES), help="Warmth of the wells [default: the program's].")
@click.option(
    "--ambient",
    "ambient_c",
    type=Ambient(AMBIENT_MIN_C, AMBIENT_MAX_C),
    default=AMBIENT_DEFAULT_C,
    metavar="C",
    show_default=True,
    help="The room's temperature, 10 to 35 °C.",
)
@seed_option("Seed of all noise: the same seed gives the same run.")
@parts_option
@click.option(
    "--answers",
    type=Answers(),
    default=ANSWERS,
    metavar="KEY=yes|no,…",
    help=f"Let a simulated person answer and press START. Default yes: {_YES}; no: {_NO}.",
)
@click.option("--auto", is_flag=True, help="Let a simulated person answer in the live view, as it does without one.")
@click.option(
    "--fault",
    "faults",
    type=FaultText(),
    multiple=True,
    metavar="NAME@ONSET[,…]",
    help="Inject a fault, such as skin_sensor_open@120s,left; may be repeated. `instep faults` lists them.",
)
@click.option(
    "--speed",
    type=Speed(),
    metavar="N|max",
    help="Times real time [default: 1 if you press the buttons or with --serve, 30 with --auto, else max].",
)
@click.option(
    "--serve",
    "serve_at",
    type=click.IntRange(0, PORT_MAX),
    metavar="PORT",
    help="Serve the machine's link at socket://127.0.0.1:PORT, for `instep monitor`, `run` and others.",
)
@click.option("--headless", is_flag=True, help="No live view: progress on standard error, then the summary.")
@click.option(
    "--json", "json_to", type=NewFile(stdout=True), metavar="FILE|-", help="Write the summary; - is standard output."
)
@click.option("--trace", "trace_to", type=NewFile(), metavar="FILE", help="Record the session: .csv, else MCAP.")
@click.option("--trace-every-tick", is_flag=True, help="Record at 100 Hz instead of 20 Hz.")
@click.option(
    "--report", "report_to", type=NewFile(endings=(".html",)), metavar="FILE.html", help="Write a page of pictures."
)
@click.pass_context
def sim(ctx: click.Context, /, speed: float | None, headless: bool, auto: bool, **chosen: Any) -> None:
    """Run a massage on the simulated machine.

    PROGRAM is the name of a shipped program or a .toml file [default: classic]. In a terminal you sit at the machine:
    its buttons, your feet, the emergency stop and a finger in the way are on keys. With --auto or --answers a
    simulated person does the pressing, as always without a terminal. Exit codes: 0 done or stopped, 1 bad arguments,
    2 refused, 3 fault.
    """
    _check_outputs(**chosen)
    headless = headless or chosen["json_to"] == STDOUT or chosen["serve_at"] is not None or not is_terminal()
    has_answers = ctx.get_parameter_source("answers") is not ParameterSource.DEFAULT
    is_yours = not (headless or auto or has_answers)
    if is_yours and ctx.get_parameter_source("intensity") is ParameterSource.DEFAULT:
        chosen["intensity"] = INTENSITY_NEW
    if speed is None:
        is_real_time = is_yours or chosen["serve_at"] is not None
        speed = REAL_TIME if is_real_time else math.inf if headless else LIVE_SPEED
    options = RunOptions(headless=headless, is_yours=is_yours, speed=None if speed == math.inf else speed, **chosen)

    from sim.command import run  # here, so that a bad option does not wait for the physics to load

    ctx.exit(run(options))


def _check_outputs(
    json_to: Path | str | None,
    trace_to: Path | None,
    trace_every_tick: bool,
    report_to: Path | None,
    serve_at: int | None,
    **_: Any,
) -> None:
    if trace_every_tick and trace_to is None:
        raise click.UsageError("--trace-every-tick needs --trace FILE.")
    outputs = [path for path in (json_to, trace_to, report_to) if path is not None]
    if serve_at is not None and (json_to, report_to) != (None, None):
        raise click.UsageError("--serve goes without --json and --report: it may run several sessions, or none.")
    if len(set(outputs)) < len(outputs):
        raise click.UsageError("--json, --trace and --report need a file each.")
