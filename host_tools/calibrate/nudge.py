"""Move one roller a little while both wells are empty, and observe every encoder."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from host_tools.errors import InstepError
from host_tools.link.client import Client
from host_tools.link.telemetry import Telemetry
from instep.axes import AXES_PER_FOOT, ROLLERS, ROLLERS_PER_FOOT, TICKS_PER_S
from instep.guard import faults, selftest
from instep.session.jog import JOG_OFF, JOGGING
from instep.units import UM_PER_MM

# A request is valid for 200 ms on the board (JOG_REFRESH_TICKS): two in a row may be lost.
_AGAIN_S = 0.06
# The self-test takes less than half a second.
_READY_S = 3.0
# Long enough for two readings.
_READ_S = 0.1
# A gear runs down to a stop within 0.3 s.
_COAST_S = 0.5
# The first part of a movement, in which the motor still gains speed.
_STARTING = 0.4

Places = tuple[int, ...]


@dataclass(frozen=True)
class Moved:
    """A roller's movement: speed (mm/s) and greatest current (mA) of the driven roller.

    `travel_um`: how far each encoder went, () if they were not looked at.
    """

    travel_um: Places
    speed_mm_s: float
    current_ma: int
    supply_mv: int
    fault: int


class StoppedError(InstepError):
    """A person has stopped the movement."""


def nudge(client: Client, roller: int, duty_permille: int, seconds: float, is_stopped: Callable[[], bool]) -> Moved:
    """Move a roller with a share of the supply; the board lets it coast 200 ms after the last request.

    `is_stopped` is asked before every request. Raise InstepError if the machine refuses or its self-test fails.
    """
    seen = _jog(client, roller, duty_permille, seconds, is_stopped)
    return Moved((), *_speed_and_current(seen, roller), seen[-1]["supply_mv"], seen[-1]["fault"])


def look(client: Client, roller: int, duty_permille: int, seconds: float, is_stopped: Callable[[], bool]) -> Moved:
    """Move a roller as `nudge`, and read all encoders before and after it."""
    before = _places(client, is_stopped)
    moved = nudge(client, roller, duty_permille, seconds, is_stopped)
    if moved.fault:
        return moved
    after = _places(client, is_stopped)
    return replace(moved, travel_um=tuple(end - start for start, end in zip(before, after, strict=True)))


def _places(client: Client, is_stopped: Callable[[], bool]) -> Places:
    """Return the places of all rollers: a board reads the encoder of the roller that it jogs, here without power."""
    return tuple(_place(_jog(client, roller, 0, _READ_S, is_stopped)[-1], roller) for roller in range(ROLLERS))


def _jog(
    client: Client, roller: int, duty_permille: int, seconds: float, is_stopped: Callable[[], bool]
) -> list[Telemetry]:
    """Jog a roller for a time that begins when the self-test has passed; return its telemetry, at least one."""
    clock = client.clock
    axis = roller // ROLLERS_PER_FOOT * AXES_PER_FOOT + roller % ROLLERS_PER_FOOT
    seen: list[Telemetry] = []
    late_s = until_s = clock.now_s() + _READY_S
    while clock.now_s() < until_s:
        if is_stopped():
            client.stop()
            raise StoppedError("Stopped by a key. Nothing was written.")
        client.jog(axis, duty_permille)
        now = client.status()
        if now["jog_state"] == JOGGING or now["fault"]:
            until_s = until_s if seen else clock.now_s() + seconds
            seen.append(now)
        if now["fault"]:
            return seen
        if now["jog_state"] == JOG_OFF or (not seen and clock.now_s() > late_s - _AGAIN_S):
            raise _not_moved(now)
        clock.sleep(_AGAIN_S)
    client.stop()
    clock.sleep(_COAST_S)
    return seen


def _not_moved(now: Telemetry) -> InstepError:
    if now["selftest"] == selftest.FAILED:
        fault = now["selftest_fault"]
        return InstepError(f"Nothing was moved: {faults.sentence(fault)}", faults.advice(fault))
    return InstepError("Nothing was moved: requests reach the board too seldom.", "Use a cable instead of a network.")


def _speed_and_current(seen: list[Telemetry], roller: int) -> tuple[float, int]:
    """Return the speed of a roller once it has started (mm/s), and its greatest current (mA)."""
    foot, side = divmod(roller, ROLLERS_PER_FOOT)
    current_ma = max(now.feet[foot][("top_ma", "sole_ma")[side]] for now in seen)
    steady = seen[int(len(seen) * _STARTING) :]
    ticks = steady[-1]["ticks"] - steady[0]["ticks"]
    way_um = _place(steady[-1], roller) - _place(steady[0], roller)
    return (way_um / UM_PER_MM / (ticks / TICKS_PER_S) if ticks else 0.0), current_ma


def _place(now: Telemetry, roller: int) -> int:
    foot, side = divmod(roller, ROLLERS_PER_FOOT)
    return now.feet[foot][("top_um", "sole_um")[side]]
