"""Move one roller a little while both wells are empty, and observe every encoder."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from host_tools.link.client import Client
from host_tools.link.mover import Mover
from host_tools.link.telemetry import Telemetry
from instep.axes import AXES_PER_FOOT, ROLLERS, ROLLERS_PER_FOOT, TICKS_PER_S
from instep.units import UM_PER_MM

# Long enough for two readings.
_READ_S = 0.1
# A gear runs down to a stop within 0.3 s.
COAST_S = 0.5
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


def nudge(client: Client, roller: int, duty_permille: int, seconds: float, is_stopped: Callable[[], bool]) -> Moved:
    """Move a roller with a share of the supply, and let it run down.

    `is_stopped` is asked before every request. Raise InstepError if the machine refuses or stops.
    """
    seen = _mover(client, roller, duty_permille).move_for(seconds, is_stopped)
    client.clock.sleep(COAST_S)
    return Moved((), *_speed_and_current(seen, roller), seen[-1]["supply_mv"])


def look(client: Client, roller: int, duty_permille: int, seconds: float, is_stopped: Callable[[], bool]) -> Moved:
    """Move a roller as `nudge`, and read all encoders before and after it."""
    before = _places(client, is_stopped)
    moved = nudge(client, roller, duty_permille, seconds, is_stopped)
    after = _places(client, is_stopped)
    return replace(moved, travel_um=tuple(end - start for start, end in zip(before, after, strict=True)))


def _places(client: Client, is_stopped: Callable[[], bool]) -> Places:
    """Return the places of all rollers: a board reads the encoder of the roller that it jogs, here without power."""
    return tuple(
        _place(_mover(client, roller, 0).move_for(_READ_S, is_stopped)[-1], roller) for roller in range(ROLLERS)
    )


def _mover(client: Client, roller: int, duty_permille: int) -> Mover:
    axis = roller // ROLLERS_PER_FOOT * AXES_PER_FOOT + roller % ROLLERS_PER_FOOT
    return Mover(client, axis, duty_permille)


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
