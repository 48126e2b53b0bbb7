"""`instep jog`: move one axis of the machine by hand, when it is built or repaired."""

import click

from host_tools.commands.options import port_option
from host_tools.console import is_terminal
from host_tools.errors import InstepError
from host_tools.link.client import Client
from host_tools.link.hold import Held, TerminalKeys
from host_tools.link.mover import AGAIN_S, AXES, Mover
from host_tools.link.telemetry import Telemetry
from instep.axes import AXES_PER_FOOT, NAMES, SOLE_STROKE, UNITS
from instep.guard.limits import JOG_HIGH, JOG_LOW
from instep.session.jog import JOG_TESTING
from instep.units import CENTI, DECI, MILLI, MN_PER_N, PERMILLE, UM_PER_MM

# The units of the axes as a person reads them, and how many of the axis's own make one of them.
_UNITS = {
    "mn": ("N", MN_PER_N),
    "um": ("mm", UM_PER_MM),
    "deci_deg": ("degrees", DECI),
    "milli_station": ("stations", MILLI),
}
_OF_SUPPLY = ("% of the supply", PERMILLE // CENTI)
_STATIONS = "(0 is toe 1, 1 the gap behind it, 8 toe 5)"
_SECONDS_MAX = 10.0


def unit_of(axis: int) -> tuple[str, int]:
    """Return the unit of an axis's value, and how many of the axis's own units make one.

    A roller is jogged with a share of the supply voltage, not to a position.
    """
    kind = axis % AXES_PER_FOOT
    return _OF_SUPPLY if kind <= SOLE_STROKE else _UNITS[UNITS[kind]]


def _range(axis: int) -> str:
    kind = axis % AXES_PER_FOOT
    unit, per_unit = unit_of(axis)
    return f"{JOG_LOW[kind] / per_unit:g} to {JOG_HIGH[kind] / per_unit:g} {unit}"


def _ranges() -> str:
    """Return a line for every axis with its range, for the help."""
    lines = [f"{name}: {_range(kind)}" for kind, name in enumerate(NAMES)]
    return "\n".join(f"{line} {_STATIONS}" if line.endswith("stations") else line for line in lines)


_HELP = f"""Move one axis slowly while the space bar is held down.

AXIS is left.NAME or right.NAME. Take your feet out first. The self-test runs; then the axis moves to VALUE, at no
more than a quarter of its normal speed. All outputs are off again 200 ms after the key is released.

Without a terminal use --for SECONDS. NAME and VALUE:

\b
{_ranges()}
"""


@click.command(help=_HELP, context_settings={"ignore_unknown_options": True})
@click.argument("axis", type=click.Choice(AXES), metavar="AXIS")
@click.argument("value", type=float)
@click.option(
    "--for",
    "for_s",
    type=click.FloatRange(0.0, _SECONDS_MAX, min_open=True),
    metavar="SECONDS",
    help="Move for this time instead of while the space bar is held.",
)
@port_option
@click.pass_context
def jog(ctx: click.Context, axis: str, value: float, for_s: float | None, port: str) -> None:
    """Move one axis while it is requested."""
    index = AXES.index(axis)
    kind = index % AXES_PER_FOOT
    unit, per_unit = unit_of(index)
    if not JOG_LOW[kind] <= value * per_unit <= JOG_HIGH[kind]:
        raise InstepError(f"{axis} cannot be jogged to {value:g} {unit}.", f"Allowed are {_range(index)}.")
    if for_s is None and not is_terminal():
        raise InstepError("There is no terminal whose space bar could be held.", "Give a time: --for SECONDS")
    with Client(port) as client:
        mover = Mover(client, index, round(value * per_unit))
        if for_s is not None:
            observed = _describe(mover.move_for(for_s)[-1], index, value)
        else:
            click.echo(f"Hold the space bar to move {axis}; any other key ends the command.")
            observed = _move_while_held(mover, client, index, value)
    click.echo(f"Off. {observed}")


def _move_while_held(mover: Mover, client: Client, axis: int, value: float) -> str:
    """Move while the space bar is held, until another key is pressed; return the last reading."""
    observed = ""
    with TerminalKeys() as keys:
        held = Held(keys, client.clock.now_s)
        was_held = False
        while not held.is_over:
            is_held = held.look()
            if is_held:
                observed = _describe(mover.step(), axis, value)
                click.echo(f"\r{observed:<60}", nl=False)
            elif was_held:
                client.stop()
            was_held = is_held
            client.clock.sleep(AGAIN_S)
    click.echo()
    return observed


def _describe(now: Telemetry, axis: int, value: float) -> str:
    """Return what a person wants to read of an axis."""
    if now["jog_state"] == JOG_TESTING:
        return "testing"
    side, _, part = NAMES[axis % AXES_PER_FOOT].partition("_")
    foot = now.feet[axis // AXES_PER_FOOT]
    unit, per_unit = unit_of(axis)
    if part == "stroke":
        millimetres = foot[f"{side}_um"] / UM_PER_MM
        share = f"{foot[f'{side}_permille'] / per_unit:g} {unit}"
        return f"{side} roller at {millimetres:.1f} mm, {share}, {foot[f'{side}_ma']} mA"
    if part == "press":
        return f"{side} force {foot[f'{side}_mn'] / MN_PER_N:.1f} N"
    return f"asked for {value:g} {unit}"
