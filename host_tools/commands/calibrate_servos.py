"""`instep calibrate servos`: show every servo, and find the true clock of the chip that makes their pulses."""

from datetime import date
from pathlib import Path

import click

from host_tools.board.edit import with_figures
from host_tools.board.load import load_board
from host_tools.calibrate.servos import NOTHING, OTHER, RIGHT, SHOWN, WRONG_WAY, Servo, clock_khz, judge_servo
from host_tools.commands.board_target import board_options, rewrite, stop_at_problems, target_of
from host_tools.commands.options import port_option
from host_tools.errors import InstepError
from host_tools.link.client import Client
from host_tools.link.hold import any_key
from host_tools.link.mover import AXES, Mover
from host_tools.own_command import as_typed
from instep.axes import AXES_PER_FOOT, HOLD_ARCH, HOME

_SHOW_S = 2.0
_MEASURE_S = 10.0
_READINGS = 3
_ANSWERS = {"y": RIGHT, "w": WRONG_WAY, "o": OTHER, "n": NOTHING}
_AGAIN = "r"
_QUESTION = "  Did it, and it alone? (y)es, the (w)rong way, an(o)ther one, (n)othing moved, or (r)epeat"
_SERVO_AXES = tuple(name for index, name in enumerate(AXES) if index % AXES_PER_FOOT in SHOWN)
_CLOCK = ("servos", "clock_khz")


@click.command()
@board_options
@click.option("--axis", "names", multiple=True, type=click.Choice(_SERVO_AXES), help="Only this one; repeatable.")
@port_option
@click.pass_context
def servos(ctx: click.Context, board: str, output: Path | None, names: tuple[str, ...], port: str) -> None:
    """Show every servo at home and away from it, then correct the clock of their chip in the board file.

    Each servo goes home, a little way, and home again, where its horn is put on. Say what you see. For the clock
    measure the frequency at a servo's signal lead with a multimeter. Any key stops a movement; without requests the
    board stops it after 200 ms. Exit codes: 0 all is well; 1 a servo or the clock is wrong, 3 the guard has stopped
    the machine: then nothing is written.
    """
    target = target_of(board, output, _CLOCK[0])
    used_khz = load_board(board).wiring.table(_CLOCK[0])[_CLOCK[1]]
    click.echo("Take your feet out, and keep your hands off the machine. Any key stops a movement.")
    with Client(port) as client:
        verdicts = [_show(client, name) for name in names or _SERVO_AXES]
        stop_at_problems(ctx, verdicts)
        measured_hz = _measure(client)
    if not measured_hz:
        click.echo("All servos are right. The clock was not measured, and nothing was written.")
        return
    _write(board, target, measured_hz, used_khz)


def ask() -> str | None:
    """Return what the person saw, None to see it again."""
    key = click.prompt(_QUESTION, type=click.Choice([*_ANSWERS, _AGAIN]), show_choices=False)
    return _ANSWERS.get(key)


def ask_hz() -> float:
    """Return a frequency that the person has read, 0 without a meter."""
    return click.prompt("  What did the meter show, in Hz? 0 without a meter", type=click.FloatRange(0.0, 1_000.0))


def _show(client: Client, name: str) -> Servo:
    """Move one servo as often as the person wants, then judge it."""
    axis = AXES.index(name)
    value, does = SHOWN[axis % AXES_PER_FOOT]
    while True:
        click.echo(f"{name.replace('.', ' ').replace('_', ' ')}: goes home, then {does}, and home again.")
        home = HOME[axis % AXES_PER_FOOT]
        for place in (home, value, home):
            _move(client, axis, place, _SHOW_S)
        saw = ask()
        if saw is not None:
            return judge_servo(name, saw)


def _measure(client: Client) -> list[float]:
    """Return the frequency of the pulses as a person reads it several times; empty without a meter."""
    click.echo(f"left hold arch: stands still for {_MEASURE_S:g} s. Measure the frequency at its signal lead.")
    found = []
    for _ in range(_READINGS):
        _move(client, HOLD_ARCH, HOME[HOLD_ARCH], _MEASURE_S)
        hz = ask_hz()
        if not hz:
            return []
        found.append(hz)
    return found


def _move(client: Client, axis: int, value: int, seconds: float) -> None:
    with any_key() as is_stopped:
        Mover(client, axis, value).move_for(seconds, is_stopped)


def _write(board: str, target: Path, measured_hz: list[float], used_khz: int) -> None:
    try:
        found = clock_khz(measured_hz, used_khz)
    except ValueError as error:
        raise InstepError(f"Nothing was written: {error}.", "Measure again; a sound chip shows 46 to 54 Hz.") from None
    spread = f"{max(measured_hz) - min(measured_hz):.2f} Hz in {_READINGS} readings"
    figures = {_CLOCK: (found, spread)}
    rewrite(board, target, lambda text, file: with_figures(text, file, figures, date.today()))
    click.echo(f"{target}: clock {found} kHz, spread {spread}.")
    click.echo(as_typed(f"Flash it with `instep flash --board {target}`."))
