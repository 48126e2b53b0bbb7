"""The pressure dose: force times time per area on each spot of a foot, N·s/cm².

Along the foot the dose is where the roller was; across it a roller presses most on the midline and a little less at
the edges, which is a drawing assumption. Every newton-second of the recording lies somewhere on the picture.
"""

import numpy as np
from numpy.typing import NDArray

from host_tools import foot_outline
from host_tools.trace.recording import Recording
from instep.axes import SOLE_STROKE, TICKS_PER_S, TOE_GRIP, TOE_REACH, TOE_SELECT, TOP_STROKE, toe_station
from instep.stroke.foot_scaling import STATION_PERMILLE
from instep.units import MILLI, MM_PER_CM, MN_PER_N, PERMILLE, UM_PER_MM
from sim.report import foot_shape
from sim.report.reading import axis_column, length_mm

Floats = NDArray[np.float64]

_ROLLER_CONTACT_MM = 14.0  # along the foot: at least 6 cm² under a roller about 45 mm wide
_FINGER_CONTACT_MM = 12.0
_SOFT_EDGE = 0.012  # of the foot's length: a finger presses less at a toe's rim
_EDGE_SHARE = 0.45  # pressure at the foot's edge relative to the midline
_ROLLER_STROKES = (TOP_STROKE, SOLE_STROKE)


def roller_dose(recording: Recording, foot: int, stroke_axis: int) -> Floats:
    """Return the dose of the top or the sole roller on the grid of `foot_shape`, N·s/cm²."""
    length_um = length_mm(recording, foot) * UM_PER_MM
    roller = foot * len(_ROLLER_STROKES) + _ROLLER_STROKES.index(stroke_axis)
    place_u = axis_column(recording.measured, foot, stroke_axis) / length_um
    push_n_s = recording.force_mn[:, roller] / MN_PER_N * _sample_s(recording)
    across = foot_shape.inside() * _across()
    return _spread(place_u, push_n_s, across, _ROLLER_CONTACT_MM, length_mm(recording, foot))


def toe_dose(recording: Recording, foot: int) -> Floats:
    """Return the dose of the toe grip on the grid of `foot_shape`, N·s/cm²."""
    rows, columns = foot_shape.grid()
    total = np.zeros((len(rows), len(columns)))
    for number in range(1, foot_outline.TOES + 1):
        station = toe_station(number)
        grip_n = axis_column(recording.measured, foot, TOE_GRIP) / MN_PER_N
        here = np.rint(axis_column(recording.measured, foot, TOE_SELECT) / MILLI) == station
        toe_um = length_mm(recording, foot) * UM_PER_MM * STATION_PERMILLE[station] / PERMILLE
        part = np.clip(axis_column(recording.measured, foot, TOE_REACH) / toe_um, 0.0, 1.0)
        base_u, tip_u = foot_outline.toe_point(number, 0.0)[0], foot_outline.toe_point(number, 1.0)[0]
        on_toe = np.clip(-foot_shape.toe_distance(number) / _SOFT_EDGE, 0.0, 1.0)
        push_n_s = np.where(here, grip_n, 0.0) * _sample_s(recording)
        total += _spread(
            base_u + (tip_u - base_u) * part, push_n_s, on_toe, _FINGER_CONTACT_MM, length_mm(recording, foot)
        )
    return total


def cell_cm2(foot_length_mm: float) -> float:
    """Return the area of one grid cell on a foot of this length, cm²."""
    return (foot_shape.CELL * foot_length_mm / MM_PER_CM) ** 2


def _sample_s(recording: Recording) -> float:
    return recording.ticks_per_sample / TICKS_PER_S


def _across() -> Floats:
    """Return the weight of each cell in its row: 1 on the foot's midline, less toward the edges."""
    inside = foot_shape.inside()
    _, v = foot_shape.grid()
    width = np.maximum(inside.sum(axis=1, keepdims=True), 1)
    middle = (inside * v).sum(axis=1, keepdims=True) / width
    from_middle = np.clip(np.abs(v - middle) / (width * foot_shape.CELL / 2), 0.0, 1.0)
    weight: Floats = 1.0 - (1.0 - _EDGE_SHARE) * from_middle**2
    return weight


def _spread(place_u: Floats, push_n_s: Floats, across: Floats, contact_mm: float, foot_length_mm: float) -> Floats:
    """Lay each sample's push evenly on its contact patch, weighted by `across`; nothing is lost."""
    u, _ = foot_shape.grid()
    row = np.clip(np.rint((place_u - u[0]) / foot_shape.CELL), 0, len(u) - 1).astype(np.int64)
    by_row = np.bincount(row, weights=push_n_s, minlength=len(u))
    reach_u = contact_mm / 2 / foot_length_mm
    along = np.clip(1.0 - np.abs(u[:, None] - u[None, :]) / (2 * reach_u), 0.0, None)
    patch = across.sum(axis=1) @ along
    per_weight = along @ np.divide(by_row, patch, out=np.zeros_like(by_row), where=patch > 0)
    dose: Floats = per_weight[:, None] * across / cell_cm2(foot_length_mm)
    return dose
