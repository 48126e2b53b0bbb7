"""The summary of a session: the object of `--json`."""

import time
from typing import Any

from instep.axes import FEET, TICKS_PER_S
from instep.guard.faults import NO_ROLLER
from instep.hal.board import ROLLER_NAMES
from instep.levels import FEET_MASKS, FEET_NAMES, HEAT_NAMES
from instep.session import states
from sim.plant.machine import PEAK_FORCE_N, PEAK_SKIN_C, PEAK_TRACK_N
from sim.reasons import reason_of
from sim.simulation import Simulation


class Stopwatch:
    """Measure the wall time of a simulation."""

    def __init__(self) -> None:
        self._start = time.perf_counter()

    def seconds(self) -> float:
        """Return the seconds since the stopwatch was made."""
        return time.perf_counter() - self._start


def summarise(simulation: Simulation, wall_s: float) -> dict[str, Any]:
    """Return the summary as `--json` writes it."""
    app = simulation.app
    session = app.session
    options = simulation.options
    duration_s = simulation.ticks / TICKS_PER_S
    program = session.selection.library.chosen()
    return {
        "program": program.name,
        "program_asked_for": simulation.asked_for,
        "program_crc32": f"{program.crc32:08x}",
        "seed": options.seed,
        "parts": options.parts,
        "person": simulation.figures.person.name,
        "result": simulation.result,
        "reason": reason_of(app),
        "duration_s": duration_s,
        "ticks": simulation.ticks,
        "setpoint_crc32": f"{simulation.recorder.setpoint_crc32:08x}",
        "fit_mm": fit_mm(simulation),
        "techniques": [run.as_json() for run in simulation.recorder.techniques],
        "max_force_n": round(float(simulation.plant.state[PEAK_FORCE_N]), 3),
        "max_track_n": round(float(simulation.plant.state[PEAK_TRACK_N]), 3),
        "max_skin_c": round(float(simulation.plant.state[PEAK_SKIN_C]), 3),
        "faults": [event.text for event in simulation.recorder.events if event.kind == "fault"],
        "fault_roller": _fault_roller(simulation),
        "minutes": session.selection.choices.minutes,
        "intensity": session.selection.choices.intensity,
        "pace": session.selection.choices.pace,
        "feet": FEET_NAMES[session.selection.choices.feet],
        "heat": HEAT_NAMES[session.selection.choices.heat],
        "ambient_c": options.ambient_c,
        "gentle": session.selection.choices.is_gentle,
        "wall_s": round(wall_s, 3),
        "real_time_ratio": round(duration_s / wall_s, 1) if wall_s else None,
    }


def _fault_roller(simulation: Simulation) -> str | None:
    """Return the name of the roller that the latched fault is about, None if it is about none."""
    roller = simulation.app.guard.fault_roller
    return None if roller == NO_ROLLER else ROLLER_NAMES[roller]


def fit_mm(simulation: Simulation) -> dict[str, float | None]:
    """Return the measured foot lengths by foot, None for a foot that was not measured."""
    session = simulation.app.session
    was_fitted = any(
        event.kind == "state" and event.text == states.NAMES[states.WARM] for event in simulation.recorder.events
    )
    mask = FEET_MASKS[session.selection.choices.feet]
    lengths = [
        session.status.fitting.fit.length_um[foot] / 1000 if was_fitted and mask >> foot & 1 else None
        for foot in range(FEET)
    ]
    return {"left": lengths[0], "right": lengths[1]}
