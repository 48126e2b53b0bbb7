"""`instep calibrate`: measure a new machine; here the directions and plugs of its rollers."""

from collections.abc import Callable, Set
from datetime import date
from pathlib import Path

import click

from host_tools.board.edit import BRIDGES, ENCODERS, with_reversed
from host_tools.board.load import load_board
from host_tools.calibrate import rollers as judge
from host_tools.calibrate.nudge import Moved, look, nudge
from host_tools.commands.board_target import board_options, rewrite, stop_at_problems, target_of
from host_tools.commands.calibrate_force import force
from host_tools.commands.calibrate_heat import heat
from host_tools.commands.calibrate_servos import servos
from host_tools.commands.options import port_option
from host_tools.errors import InstepError
from host_tools.link.client import Client
from host_tools.link.hold import any_key
from host_tools.link.mover import GuardStopError
from host_tools.machine.calibration import calibration_of
from host_tools.machine.roller import rated_mv
from host_tools.machine.tables import table
from host_tools.own_command import as_typed
from instep.guard import faults
from instep.hal.board import ROLLER_NAMES

_REPEATS = 3
_ANSWERS = {"a": judge.AWAY, "t": judge.TOWARD, "o": judge.OTHER, "n": judge.NOTHING}
_AGAIN = "r"
_QUESTION = (
    "  What did it do at last: (a)way from the toe tips, (t)oward them, an(o)ther roller, (n)othing, or (r)epeat?"
)


@click.group()
def calibrate() -> None:
    """Measure a newly built machine, step by step, with both wells empty."""


calibrate.add_command(force)
calibrate.add_command(heat)
calibrate.add_command(servos)


@calibrate.command()
@board_options
@port_option
@click.pass_context
def rollers(ctx: click.Context, board: str, output: Path | None, port: str) -> None:
    """Find the directions and plugs of the four rollers, and correct `reversed` in the board file.

    Each roller moves by some millimetres, away from the toe tips, at most at a fifth of the supply. Say what you see.
    Any key stops a movement; the board stops it 200 ms after the last request in any case. Exit codes: 0 all is well,
    1 a plug or an encoder is wrong, 3 the guard has stopped the machine.
    """
    target = target_of(board, output, BRIDGES, ENCODERS)
    loaded = load_board(board)
    click.echo("Take your feet out, and keep your hands off the rollers. Any key stops a movement.")
    with Client(port) as client:
        verdicts = [_look(client, roller) for roller in range(len(ROLLER_NAMES))]
        stop_at_problems(ctx, verdicts)
        # A reversed motor would run into its end, and the guard would stop it: measured after its correction.
        sound = [found for found in verdicts if not (found.is_encoder_reversed or found.is_motor_reversed)]
        stop_at_problems(ctx, [_ratio(client, found, loaded.wiring.machine) for found in sound])
    _write(board, target, verdicts)


def _look(client: Client, roller: int) -> judge.Look:
    """Move one roller as often as the person wants, then judge it."""
    name = judge.in_words(roller)
    while True:
        click.echo(f"{name}: watch this roller. It moves now.")
        moved = _moved(look, client, roller, judge.LOOK_PERMILLE, judge.LOOK_S)
        is_back = judge.is_silent(moved)
        if is_back:
            click.echo("  No encoder counts. The roller may stand at its end: now the other way.")
            moved = judge.turned_round(_moved(look, client, roller, -judge.LOOK_PERMILLE, judge.LOOK_S))
        saw = ask()
        if saw is not None:
            verdict = judge.judge_look(roller, moved, judge.OPPOSITE.get(saw, saw) if is_back else saw)
            click.echo(f"  {name}: {verdict.problem or _directions(verdict)}")
            return verdict


def ask() -> str | None:
    """Return what the person saw, None to see it again."""
    key = click.prompt(_QUESTION, type=click.Choice([*_ANSWERS, _AGAIN]), show_choices=False)
    return _ANSWERS.get(key)


def _directions(look: judge.Look) -> str:
    parts = [("motor", look.is_motor_reversed), ("encoder", look.is_encoder_reversed)]
    return ", ".join(f"{part} {'reversed' if is_reversed else 'right'}" for part, is_reversed in parts)


def _ratio(client: Client, verdict: judge.Look, machine: str) -> judge.Look:
    """Measure an encoder's counts by the speed at two duties, there and back."""
    slow: list[Moved] = []
    quick: list[Moved] = []
    for _ in range(_REPEATS):
        for found, duty in ((slow, judge.SLOW_PERMILLE), (quick, judge.QUICK_PERMILLE)):
            found.append(_moved(nudge, client, verdict.roller, duty, judge.SPEED_S))
            _moved(nudge, client, verdict.roller, -duty, judge.SPEED_S)
    full_mm_s = judge.full_speed_mm_s(calibration_of(machine).full_speed_um_per_tick)
    ratio, spread = judge.ratio_of(slow, quick, full_mm_s, rated_mv(table(machine, "roller")))
    click.echo(f"{verdict.name}: {ratio:.2f} of the nominal counts, spread {spread:.2f} in {_REPEATS} movements")
    return judge.judge_ratio(verdict.roller, ratio)


def _moved(move: Callable[..., Moved], client: Client, roller: int, duty: int, seconds: float) -> Moved:
    """Move a roller; raise InstepError that names it if the guard stops the machine."""
    try:
        with any_key() as is_stopped:
            return move(client, roller, duty, seconds, is_stopped)
    except GuardStopError as stop:
        raise InstepError(
            f"{judge.in_words(roller)}: the guard has stopped the machine: {faults.sentence(stop.fault)}",
            f"{stop.advice} Then run the command again.",
            stop.exit_code,
        ) from None


def _write(board: str, target: Path, verdicts: list[judge.Look]) -> None:
    toggled: dict[str, Set[str]] = {
        BRIDGES: {ROLLER_NAMES[found.roller] for found in verdicts if found.is_motor_reversed},
        ENCODERS: {ROLLER_NAMES[found.roller] for found in verdicts if found.is_encoder_reversed},
    }
    rewrite(board, target, lambda text, file: with_reversed(text, file, toggled, date.today()))
    is_changed = any(toggled.values())
    click.echo(f"{target}: {'corrected' if is_changed else 'nothing to correct'}.")
    if is_changed:
        click.echo(as_typed(f"Flash it with `instep flash --board {target}`, then run this command again."))
