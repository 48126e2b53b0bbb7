"""`instep calibrate force`: find zero and scale of the force sensors with two equal weights."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from host_tools.board.edit import with_figures
from host_tools.board.load import load_board
from host_tools.calibrate.force import WEIGHT_MAX_KG, WEIGHT_MIN_KG, Force, Load, judge_force
from host_tools.calibrate.rollers import in_words
from host_tools.commands.bench_person import ask, require_device
from host_tools.commands.board_target import board_options, rewrite, stop_at_problems, target_of
from host_tools.commands.options import port_option
from host_tools.link.client import Client
from host_tools.own_command import as_typed
from instep.axes import FOOT_NAMES
from instep.hal.board import ROLLER_NAMES
from instep.units import MN_PER_N

_REPEATS = 3
_REPEAT_S = 1.0
_SAMPLE_S = 0.05
_SIDES = ("top_mn", "sole_mn")
_ZERO, _SCALE = "force_zero", "force_mn_per_1024"


@click.command()
@board_options
@click.option(
    "--weight",
    type=click.FloatRange(WEIGHT_MIN_KG, WEIGHT_MAX_KG),
    default=1.0,
    show_default=True,
    metavar="KG",
    help="What each of the two weights weighs: put one on a scale.",
)
@click.option(
    "--roller", "names", multiple=True, type=click.Choice(ROLLER_NAMES), help="Only this roller; repeatable."
)
@port_option
@click.pass_context
def force(
    ctx: click.Context, board: str, output: Path | None, weight: float, names: tuple[str, ...], port: str
) -> None:
    """Find zero and scale of the force sensors with two equal weights, and write them into the board file.

    Nothing moves. Hang the weights on a roller so that they pull as a foot pushes, through the middle of the roller;
    full bottles of one litre will do. BOARD has to be the file with which the board was flashed. Exit codes: 0 all is
    well, 1 a sensor is wrong: then nothing is written.
    """
    target = target_of(board, output, _ZERO, _SCALE)
    wiring = load_board(board).wiring
    zeros, scales = wiring.table(_ZERO), wiring.table(_SCALE)
    verdicts = []
    with Client(port) as client:
        click.echo("Take your feet out, and switch nothing else on.")
        ask("Every roller free, nothing hangs on any")
        empty = _read(client)
        for name in names or ROLLER_NAMES:
            roller = ROLLER_NAMES.index(name)
            loads = [empty, *_loads(client, roller, weight)]
            verdicts.append(judge_force(roller, loads, weight, zeros[name], scales[name]))
            click.echo(f"  {_found(verdicts[-1])}")
    stop_at_problems(ctx, verdicts)
    _write(board, target, verdicts)


def _loads(client: Client, roller: int, weight_kg: float) -> Iterator[Load]:
    """Yield the readings with one weight and with two."""
    name = in_words(roller)
    for count in ("one weight", "both weights"):
        ask(f"{name}: hang {count} of {weight_kg:g} kg on it, and let it come to rest")
        yield _read(client)


def _read(client: Client) -> Load:
    """Return what all force sensors show, several times for a second."""
    return Load(tuple(_mean(client) for _ in range(_REPEATS)))


def _mean(client: Client) -> tuple[float, ...]:
    clock = client.clock
    until_s = clock.now_s() + _REPEAT_S
    seen: list[tuple[int, ...]] = []
    while clock.now_s() < until_s:
        # A latched fault is no obstacle: nothing moves, and a zero far off is a fault itself.
        now = client.status()
        require_device(now, "force_adc", "The force sensors' converter")
        seen.append(tuple(now.feet[foot][side] for foot in range(len(FOOT_NAMES)) for side in _SIDES))
        clock.sleep(_SAMPLE_S)
    return tuple(sum(column) / len(seen) / MN_PER_N for column in zip(*seen, strict=True))


def _found(verdict: Force) -> str:
    if verdict.problem:
        return f"{verdict.name}: {verdict.problem}"
    figures = f"zero {verdict.zero}, {verdict.mn_per_1024} mN per 1024 codes"
    return f"{verdict.name}: {figures}, spread {verdict.spread_n:.2f} N in {_REPEATS} readings"


def _write(board: str, target: Path, verdicts: Sequence[Force]) -> None:
    figures = {}
    for found in verdicts:
        name = ROLLER_NAMES[found.roller]
        figures[_ZERO, name] = (found.zero, f"{found.spread_n:.2f} N")
        figures[_SCALE, name] = (found.mn_per_1024, f"{found.spread_n:.2f} N")
    rewrite(board, target, lambda text, file: with_figures(text, file, figures, date.today()))
    click.echo(f"{target}: written.")
    after = "then `instep doctor` shows each sensor at rest."
    click.echo(as_typed(f"Flash it with `instep flash --board {target}`; {after}"))
