"""`instep calibrate heat`: judge the thermistors by the room's temperature and by a foot."""

import click

from host_tools.board.load import load_board
from host_tools.calibrate.heat import (
    NAMES,
    ROOM_MAX_C,
    ROOM_MIN_C,
    Sample,
    Thermistor,
    judge_at_rest,
    judge_foot,
    mean_c,
)
from host_tools.commands.bench_person import ask, require_device
from host_tools.commands.board_target import board_option, stop_at_problems
from host_tools.commands.options import port_option
from host_tools.errors import InstepError
from host_tools.link.client import Client
from host_tools.own_command import as_typed
from instep.axes import FOOT_NAMES

_SAMPLES = 5
_SAMPLE_S = 1.0
_FOOT_S = 40
_COUNT_S = 10
_CODES = ("element_code", "skin_code")
_CORRECT = "Correct this, then run the command again."


@click.command()
@board_option
@click.option(
    "--room",
    type=click.FloatRange(ROOM_MIN_C, ROOM_MAX_C),
    required=True,
    metavar="CELSIUS",
    help="What a thermometer beside the machine shows.",
)
@port_option
@click.pass_context
def heat(ctx: click.Context, board: str, room: float, port: str) -> None:
    """Judge the four thermistors by a room thermometer, and their plugs by a foot in one well.

    Nothing moves or heats, and no file is written. Let the machine stand unused for an hour before. Which heater warms
    which well, and how much, the guard checks in every session. Exit codes: 0 all is well, 1 a thermistor is wrong.
    """
    machine = load_board(board).wiring.machine
    with Client(port) as client:
        click.echo("Both wells have to be empty, and as warm as the room: unused for an hour.")
        ask("Both wells are empty")
        _require_idle(client)
        shown = _read(client)
        stop_at_problems(ctx, judge_at_rest(shown, room, machine), _CORRECT)
        verdicts: list[Thermistor] = []
        for foot in range(len(FOOT_NAMES)):
            before, shown = shown, _warm(client, foot)
            verdicts += judge_foot(foot, before, shown)
        stop_at_problems(ctx, verdicts, _CORRECT)
    click.echo(as_typed("All thermistors are right. `instep doctor` shows them at any time."))


def _require_idle(client: Client) -> None:
    """Raise InstepError unless the wells are empty and their converter answers."""
    now = client.status()
    require_device(now, "heat_adc", "The heat sensors' converter")
    taken = [foot for foot, values in zip(FOOT_NAMES, now.feet, strict=True) if values["is_in"]]
    if taken:
        raise InstepError(f"The {taken[0]} well's switch says that a foot is in.", "Take it out, or check the switch.")


def _warm(client: Client, foot: int) -> list[Sample]:
    """Let a foot warm one well; return what the thermistors show then."""
    ask(f"Put a bare, warm foot into the {FOOT_NAMES[foot]} well, flat on the pad")
    for left_s in range(_FOOT_S, 0, -_COUNT_S):
        click.echo(f"  Keep it there: {left_s} s.")
        client.clock.sleep(_COUNT_S)
    shown = _read(client)
    ask("Take it out")
    return shown


def _read(client: Client) -> list[Sample]:
    """Return what the thermistors show, once a second, and print the means."""
    samples = []
    for _ in range(_SAMPLES):
        # The codes: telemetry's temperatures have the digital thermometers in them.
        samples.append(tuple(values[name] for values in client.status().feet for name in _CODES))
        client.clock.sleep(_SAMPLE_S)
    click.echo("  " + ", ".join(f"{name} {mean_c(samples, index):.1f} °C" for index, name in enumerate(NAMES)))
    return samples
