"""How soon a massage begins, and how much of a session is massage."""

from collections.abc import Iterator

from host_tools.program.load import SHIPPED
from instep.axes import TICKS_PER_S
from instep.levels import HEAT_NAMES
from instep.session import states
from sim.factory import prepare
from sim.options import AMBIENT_MAX_C, AMBIENT_MIN_C, SimOptions
from sim.people import FOLDER
from sim.simulation import Simulation
from tests.bench.figure import Figure

_ROOMS_C = (AMBIENT_MIN_C, 15.0, 20.0, 25.0, 30.0, AMBIENT_MAX_C)
_FIRST_STROKE_MAX_S = 30
_MINUTES = 10
_STROKES_MIN_MINUTES = 9.5
_TICKS_PER_MINUTE = 60 * TICKS_PER_S
_PRESS_TICKS = 5
# No session takes as long.
_HANG_TICKS = 40 * _TICKS_PER_MINUTE


def measure() -> Iterator[Figure]:
    """Yield the time to the first stroke for each heat level, over all rooms, and the minutes of strokes."""
    for heat in HEAT_NAMES:
        times_s = {room_c: _first_stroke_s(heat, room_c) for room_c in _ROOMS_C}
        worst_s = max(times_s.values())
        yield Figure(
            f"last answer → first stroke, heat {heat}, rooms of {AMBIENT_MIN_C:g} to {AMBIENT_MAX_C:g} °C",
            f"{min(times_s.values()):.1f} to {worst_s:.1f} s",
            f"≤ {_FIRST_STROKE_MAX_S} s",
            holds=worst_s <= _FIRST_STROKE_MAX_S,
        )
    for heat in (HEAT_NAMES[0], HEAT_NAMES[-1]):
        minutes = _minutes_of_strokes(heat, AMBIENT_MIN_C)
        yield Figure(
            f"strokes of a {_MINUTES}-minute session, heat {heat}, room of {AMBIENT_MIN_C:g} °C",
            f"{minutes:.2f} min",
            f"≥ {_STROKES_MIN_MINUTES} min",
            holds=minutes >= _STROKES_MIN_MINUTES,
        )


def _first_stroke_s(heat: str, room_c: float) -> float:
    """Return the seconds from the last answer to the first stroke, START pressed at once on the lotion screen."""
    simulation = _session(heat, room_c)
    _until(simulation, states.SELFTEST)
    answered_at = simulation.ticks
    _until_first_stroke(simulation)
    return (simulation.ticks - answered_at) / TICKS_PER_S


def _minutes_of_strokes(heat: str, room_c: float) -> float:
    """Return the minutes from the first stroke to the end of the closing strokes."""
    simulation = _session(heat, room_c)
    _until_first_stroke(simulation)
    first = simulation.ticks
    _until(simulation, states.RETRACT)
    return (simulation.ticks - first) / _TICKS_PER_MINUTE


def _session(heat: str, room_c: float) -> Simulation:
    options = SimOptions(
        SHIPPED / "quick.toml", FOLDER / "average.toml", minutes=_MINUTES, heat=heat, ambient_c=room_c
    )
    return prepare(options, ticks_per_sample=None)


def _until_first_stroke(simulation: Simulation) -> None:
    _until(simulation, states.WARM)
    simulation.press("start")
    simulation.advance(_PRESS_TICKS)
    simulation.release("start")
    while not simulation.app.scheduler.has_begun():
        _tick(simulation)


def _until(simulation: Simulation, state: int) -> None:
    while simulation.app.session.state != state:
        _tick(simulation)


def _tick(simulation: Simulation) -> None:
    simulation.advance(1)
    if simulation.is_over or simulation.ticks > _HANG_TICKS:
        raise AssertionError(f"the session ended in state {states.NAMES[simulation.app.session.state]}")
