"""The pressure dose of a recorded session: force times time per area on each spot of a foot, N·s/cm²."""

import numpy as np

from host_tools import foot_outline
from host_tools.foot_outline import Floats
from host_tools.massage import dose, foot_shape
from host_tools.trace.recording import Recording
from instep.axes import HOME, SOLE_STROKE, TICKS_PER_S, TOE_GRIP, TOE_REACH, TOE_SELECT, TOP_STROKE, toe_station
from instep.stroke.foot_scaling import STATION_PERMILLE
from instep.units import MILLI, MN_PER_N, PERMILLE, UM_PER_MM
from sim.report.reading import AWAY_UM, axis_column, length_mm

_FINGER_CONTACT_MM = 12.0
_SOFT_EDGE = 0.012  # of the foot's length: a finger presses less at a toe's rim
_ROLLER_STROKES = (TOP_STROKE, SOLE_STROKE)


def roller_dose(recording: Recording, foot: int, stroke_axis: int) -> Floats:
    """Return the dose of the top or the sole roller on the grid of `foot_shape`, N·s/cm²."""
    length_um = length_mm(recording, foot) * UM_PER_MM
    roller = foot * len(_ROLLER_STROKES) + _ROLLER_STROKES.index(stroke_axis)
    place_u = axis_column(recording.measured, foot, stroke_axis) / length_um
    push_n_s = recording.force_mn[:, roller] / MN_PER_N * _sample_s(recording)
    return dose.roller_dose(place_u, push_n_s, length_mm(recording, foot))


def toe_dose(recording: Recording, foot: int) -> Floats:
    """Return the dose of the toe grip on the grid of `foot_shape`, N·s/cm²."""
    rows, columns = foot_shape.grid()
    total = np.zeros((len(rows), len(columns)))
    reach_um = axis_column(recording.measured, foot, TOE_REACH)
    # At home the finger is past the toes: what the open grip measures there presses on nothing.
    is_reaching = reach_um < HOME[TOE_REACH] - AWAY_UM
    for number in range(1, foot_outline.TOES + 1):
        station = toe_station(number)
        grip_n = axis_column(recording.measured, foot, TOE_GRIP) / MN_PER_N
        here = is_reaching & (np.rint(axis_column(recording.measured, foot, TOE_SELECT) / MILLI) == station)
        toe_um = length_mm(recording, foot) * UM_PER_MM * STATION_PERMILLE[station] / PERMILLE
        part = np.clip(reach_um / toe_um, 0.0, 1.0)
        base_u, tip_u = foot_outline.toe_point(number, 0.0)[0], foot_outline.toe_point(number, 1.0)[0]
        on_toe = np.clip(-foot_shape.toe_distance(number) / _SOFT_EDGE, 0.0, 1.0)
        push_n_s = np.where(here, grip_n, 0.0) * _sample_s(recording)
        total += dose.spread(
            base_u + (tip_u - base_u) * part, push_n_s, on_toe, _FINGER_CONTACT_MM, length_mm(recording, foot)
        )
    return total


def _sample_s(recording: Recording) -> float:
    return recording.ticks_per_sample / TICKS_PER_S
