"""Turn a recorder's samples into the columns of a Recording."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from host_tools.trace.recording import Recording
from instep.axes import AXES, AXES_PER_FOOT, FEET, SERVOS_PER_FOOT, SOLE_STROKE, TOE_SELECT, TOP_PRESS
from instep.levels import HEAT_CENTI_C
from instep.session import states
from instep.stroke.program import TECHNIQUES
from instep.units import CENTI, MICRO, MILLI
from sim.plant import heat
from sim.plant.machine import Snapshots
from sim.simulation import Simulation
from sim.summary import fit_mm


def recording_of(simulation: Simulation, summary: dict[str, Any], told: NDArray[np.void] | None = None) -> Recording:
    """Return the recording of a simulated session; `told`: its telemetry in each sample."""
    recorder = simulation.recorder
    setpoints, rows = recorder.columns()
    plant = simulation.plant.unpack_snapshots(rows)
    labels = np.array(recorder.sample_states, dtype=np.int8).reshape(-1, 1 + FEET)
    lengths = fit_mm(simulation)
    said_c = heat.celsius_of(plant.said_codes, simulation.figures.heater).astype(np.float32)
    return Recording(
        tick=np.array(recorder.sample_ticks, dtype=np.int32),
        setpoint=setpoints,
        measured=_measured(plant),
        force_mn=_whole(plant.contact_n * MILLI),
        track_mn=_whole(plant.track_n * MILLI),
        said_mn=plant.said_mn,
        current_ma=_whole(np.abs(plant.current_a) * MILLI),
        skin_c=plant.skin_c.astype(np.float32),
        element_c=plant.element_c.astype(np.float32),
        foot_c=plant.foot_c.astype(np.float32),
        said_skin_c=said_c[:, heat.SKIN_NTC :: heat.NTCS],
        said_element_c=said_c[:, heat.ELEMENT_NTC :: heat.NTCS],
        duty_permille=plant.duty,
        heat_permille=plant.heat,
        state=labels[:, 0],
        technique=labels[:, 1:],
        state_names=states.NAMES,
        technique_names=TECHNIQUES,
        length_mm=(lengths["left"], lengths["right"]),
        target_c=HEAT_CENTI_C[simulation.app.session.selection.choices.heat] / CENTI,
        ticks_per_sample=recorder.ticks_per_sample or 1,
        events=tuple(recorder.events),
        summary=summary,
        told=told,
    )


def _measured(plant: Snapshots) -> NDArray[np.int32]:
    """Return the true position or force of every axis, in the axes' units."""
    measured = np.empty((len(plant.contact_n), AXES), dtype=np.int32)
    for foot in range(FEET):
        base = foot * AXES_PER_FOOT
        rollers = slice(2 * foot, 2 * foot + 2)
        measured[:, base : base + SOLE_STROKE + 1] = _whole(plant.roller_m[:, rollers] * MICRO)
        measured[:, base + TOP_PRESS : base + TOE_SELECT] = _whole(plant.contact_n[:, rollers] * MILLI)
        first = foot * SERVOS_PER_FOOT + TOE_SELECT - TOP_PRESS
        last = (foot + 1) * SERVOS_PER_FOOT
        measured[:, base + TOE_SELECT : base + AXES_PER_FOOT] = _whole(plant.servo_value[:, first:last])
    return measured


def _whole(values: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.rint(values).astype(np.int32)
