"""`instep jog`: move one axis of the machine by hand, to bring it up."""

import time

import click

from host_tools.commands.options import port_option
from host_tools.commands.sim import is_terminal
from host_tools.errors import InstepError
from host_tools.link.client import Client
from host_tools.link.diagnose import BAD, judge_selftest
from host_tools.link.hold import Held, TerminalKeys
from host_tools.link.telemetry import Telemetry
from instep.axes import AXES_PER_FOOT, FOOT_NAMES, NAMES, SOLE_STROKE, UNITS
from instep.guard import faults, selftest
from instep.guard.limits import JOG_HIGH, JOG_LOW
from instep.session.jog import JOG_OFF, JOG_TESTING, JOGGING

AXES = tuple(f"{foot}.{name}" for foot in FOOT_NAMES for name in NAMES)
_PERMILLE = "permille"
_SECONDS_MAX = 10.0
# A request lasts 200 ms on the board: two may be lost.
_AGAIN_S = 0.06
# The self-test takes less than half a second.
_READY_S = 3.0
EXIT_FAULT = 3


def unit_of(axis: int) -> str:
    """Return what an axis's value counts: rollers are jogged with a share of the supply, without a setpoint."""
    kind = axis % AXES_PER_FOOT
    return _PERMILLE if kind <= SOLE_STROKE else UNITS[kind]


def _ranges() -> str:
    """Return a line per axis with its range, for the help."""
    lines = [f"{name}: {JOG_LOW[kind]} to {JOG_HIGH[kind]} {unit_of(kind)}" for kind, name in enumerate(NAMES)]
    return "\n".join(lines)


_HELP = f"""Move one axis slowly while the space bar is held down.

AXIS is left.NAME or right.NAME. The self-test runs first; then VALUE is gone to, no faster than a quarter of the
axis's own speed, and everything is off again 200 ms after the key is let go. Take your feet out before.

Without a terminal it runs for --for SECONDS. NAME and VALUE:

\b
{_ranges()}
"""


@click.command(help=_HELP, context_settings={"ignore_unknown_options": True})
@click.argument("axis", type=click.Choice(AXES), metavar="AXIS")
@click.argument("value", type=int)
@click.option(
    "--for",
    "for_s",
    type=click.FloatRange(0.0, _SECONDS_MAX, min_open=True),
    metavar="SECONDS",
    help="Move for so long instead of as long as the space bar is held.",
)
@port_option
@click.pass_context
def jog(ctx: click.Context, axis: str, value: int, for_s: float | None, port: str) -> None:
    """Move one axis."""
    index = AXES.index(axis)
    kind = index % AXES_PER_FOOT
    if not JOG_LOW[kind] <= value <= JOG_HIGH[kind]:
        raise InstepError(
            f"{axis} is not jogged to {value} {unit_of(index)}.",
            f"Allowed are {JOG_LOW[kind]} to {JOG_HIGH[kind]} {unit_of(index)}.",
        )
    if for_s is None and not is_terminal():
        raise InstepError("There is no terminal whose space bar could be held.", "Say for how long: --for SECONDS")
    with Client(port) as client:
        mover = Mover(client, index, value)
        if for_s is not None:
            mover.move_for(for_s)
        else:
            click.echo(f"Hold the space bar to move {axis}; any other key ends.")
            mover.move_while_held()
    click.echo(f"Off. {mover.told}")


class Mover:
    """Ask for an axis again and again; `told` is what was last seen of it."""

    def __init__(self, client: Client, axis: int, value: int) -> None:
        self._client = client
        self._axis = axis
        self._value = value
        self._foot, kind = divmod(axis, AXES_PER_FOOT)
        self._name = NAMES[kind]
        self.told = ""

    def move_for(self, seconds: float) -> None:
        """Move for a time that begins when the self-test has passed."""
        late_s = time.monotonic() + _READY_S
        while not self._step():
            if time.monotonic() > late_s:
                raise InstepError(
                    "Nothing was moved: requests reach the board too seldom for an axis to be held.",
                    "Use a cable instead of a network, and close what else uses this computer.",
                )
            time.sleep(_AGAIN_S)
        until_s = time.monotonic() + seconds
        while time.monotonic() < until_s:
            self._step()
            time.sleep(_AGAIN_S)
        self._client.stop()

    def move_while_held(self) -> None:
        """Move while the space bar is down, until another key comes."""
        with TerminalKeys() as keys:
            held = Held(keys)
            was_held = False
            while not held.is_over:
                is_held = held.look()
                if is_held:
                    self._step()
                    click.echo(f"\r{self.told:<60}", nl=False)
                elif was_held:
                    self._client.stop()
                was_held = is_held
                time.sleep(_AGAIN_S)
        click.echo()

    def _step(self) -> bool:
        """Ask once more; return whether the axis may move by now; raise InstepError when the machine has stopped."""
        before = self._client.status()
        if before["jog_state"] == JOG_OFF and before["selftest"] == selftest.FAILED and self.told:
            raise _failed(before["selftest_fault"])
        self._client.jog(self._axis, self._value)
        now = self._client.status()
        self.told = self._tell(now)
        return now["jog_state"] == JOGGING

    def _tell(self, now: Telemetry) -> str:
        if now["jog_state"] == JOG_TESTING:
            return "testing"
        foot = now.feet[self._foot]
        side = "top" if self._name.startswith("top") else "sole"
        if self._name.endswith("_stroke"):
            millimetres = foot[f"{side}_um"] / 1000
            return f"{side} roller at {millimetres:.1f} mm, {foot[f'{side}_permille']} ‰, {foot[f'{side}_ma']} mA"
        if self._name.endswith("_press"):
            return f"{side} force {foot[f'{side}_mn'] / 1000:.1f} N"
        return f"asked for {self._value} {unit_of(self._axis)}"


def _failed(fault: int) -> InstepError:
    bad = [verdict for verdict in judge_selftest(selftest.FAILED, fault) if verdict.verdict == BAD]
    found = bad[0].found if bad else faults.sentence(fault)
    advice = bad[0].advice if bad else faults.advice(fault)
    return InstepError(f"Nothing was moved, because the self-test failed: {found}", advice, EXIT_FAULT)
