"""`instep jog`: move one axis of the machine by hand, when it is built or repaired."""

from collections.abc import Callable

import click

from host_tools.commands.options import port_option
from host_tools.console import is_terminal
from host_tools.errors import InstepError
from host_tools.link.client import Client
from host_tools.link.diagnose import BAD, judge_selftest
from host_tools.link.errors import RefusedError
from host_tools.link.hold import Held, TerminalKeys
from host_tools.link.telemetry import Telemetry
from instep.axes import AXES_PER_FOOT, FOOT_NAMES, NAMES, SOLE_STROKE, UNITS
from instep.guard import faults, selftest
from instep.guard.limits import JOG_HIGH, JOG_LOW
from instep.link import protocol
from instep.session.jog import JOG_OFF, JOG_TESTING, JOGGING

AXES = tuple(f"{foot}.{name}" for foot in FOOT_NAMES for name in NAMES)
# The units of the axes as a person reads them.
_UNITS = {"mn": "mN", "um": "µm", "deci_deg": "tenths of a degree", "milli_station": "thousandths of a station"}
_PERMILLE = "permille of the supply"
_SECONDS_MAX = 10.0
# A request is valid for 200 ms on the board (JOG_REFRESH_TICKS): two in a row may be lost.
_AGAIN_S = 0.06
# The self-test takes less than half a second.
_READY_S = 3.0
EXIT_FAULT = 3


def unit_of(axis: int) -> str:
    """Return the unit of an axis's value: a roller is jogged with a share of the supply voltage, not to a position."""
    kind = axis % AXES_PER_FOOT
    return _PERMILLE if kind <= SOLE_STROKE else _UNITS[UNITS[kind]]


def _ranges() -> str:
    """Return a line for every axis with its range, for the help."""
    lines = [f"{name}: {JOG_LOW[kind]} to {JOG_HIGH[kind]} {unit_of(kind)}" for kind, name in enumerate(NAMES)]
    return "\n".join(lines)


_HELP = f"""Move one axis slowly while the space bar is held down.

AXIS is left.NAME or right.NAME. Take your feet out first. The self-test runs; then the axis moves to VALUE, at no
more than a quarter of its normal speed. All outputs are off again 200 ms after the key is released.

Without a terminal use --for SECONDS. NAME and VALUE:

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
    help="Move for this time instead of while the space bar is held.",
)
@port_option
@click.pass_context
def jog(ctx: click.Context, axis: str, value: int, for_s: float | None, port: str) -> None:
    """Move one axis while it is requested."""
    index = AXES.index(axis)
    kind = index % AXES_PER_FOOT
    if not JOG_LOW[kind] <= value <= JOG_HIGH[kind]:
        raise InstepError(
            f"{axis} cannot be jogged to {value} {unit_of(index)}.",
            f"Allowed are {JOG_LOW[kind]} to {JOG_HIGH[kind]} {unit_of(index)}.",
        )
    if for_s is None and not is_terminal():
        raise InstepError("There is no terminal whose space bar could be held.", "Give a time: --for SECONDS")
    with Client(port) as client:
        mover = Mover(client, index, value)
        if for_s is not None:
            mover.move_for(for_s)
        else:
            click.echo(f"Hold the space bar to move {axis}; any other key ends the command.")
            mover.move_while_held()
    click.echo(f"Off. {mover.observed}")


class Mover:
    """Request the movement of an axis repeatedly; `observed` describes its last reading."""

    def __init__(self, client: Client, axis: int, value: int) -> None:
        self._client = client
        self._clock = client.clock
        self._axis = axis
        self._value = value
        self._foot, kind = divmod(axis, AXES_PER_FOOT)
        self._name = NAMES[kind]
        self.observed = ""

    def move_for(self, seconds: float, is_stopped: Callable[[], bool] = lambda: False) -> None:
        """Move for a time that starts when the self-test has passed; raise InstepError if `is_stopped` says so."""
        late_s = self._clock.now_s() + _READY_S
        while not self._step():
            self._end_if(is_stopped)
            if self._clock.now_s() > late_s:
                raise InstepError(
                    "Nothing was moved: requests reach the board too seldom to keep an axis moving.",
                    "Use a cable instead of a network, and close what else uses this computer.",
                )
            self._clock.sleep(_AGAIN_S)
        until_s = self._clock.now_s() + seconds
        while self._clock.now_s() < until_s:
            self._end_if(is_stopped)
            self._step()
            self._clock.sleep(_AGAIN_S)
        self._client.stop()

    def _end_if(self, is_stopped: Callable[[], bool]) -> None:
        if is_stopped():
            self._client.stop()
            raise InstepError("Stopped by a key.", "")

    def move_while_held(self) -> None:
        """Move while the space bar is held, until another key is pressed."""
        with TerminalKeys() as keys:
            held = Held(keys, self._clock.now_s)
            was_held = False
            while not held.is_over:
                is_held = held.look()
                if is_held:
                    self._step()
                    click.echo(f"\r{self.observed:<60}", nl=False)
                elif was_held:
                    self._client.stop()
                was_held = is_held
                self._clock.sleep(_AGAIN_S)
        click.echo()

    def _step(self) -> bool:
        """Send one request; return True once the axis is jogged; raise InstepError if the self-test has failed."""
        before = self._client.status()
        if before["jog_state"] == JOG_OFF and before["selftest"] == selftest.FAILED and self.observed:
            raise _failed(before["selftest_fault"])
        self._request()
        now = self._client.status()
        self.observed = self._describe(now)
        return now["jog_state"] == JOGGING

    def _request(self) -> None:
        """Request the movement; raise InstepError with the fault's own words if the machine has stopped since."""
        try:
            self._client.jog(self._axis, self._value)
        except RefusedError as error:
            if error.answer != protocol.ANSWER_FAULT or not self.observed:
                raise
            fault = self._client.status()["fault"]
            raise InstepError(
                f"The machine has stopped: {faults.sentence(fault)}", faults.advice(fault), EXIT_FAULT
            ) from None

    def _describe(self, now: Telemetry) -> str:
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
