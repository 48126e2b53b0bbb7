"""The figures of a foot: touched, firm, even."""

import numpy as np
import pytest

from host_tools.massage.figures import FootFigures, figures_of, is_touched
from instep.axes import (
    HOLD_ARCH,
    HOLD_HEEL,
    HOME,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOP_STROKE,
    gap_station,
)

LENGTH_MM = 260.0
ROW_S = 0.05
HALF = 600


def at_home(rows: int) -> np.ndarray:
    return np.tile(np.array(HOME, dtype=np.int32), (rows, 1))


def forces(top: list[int] | int, sole: list[int] | int, rows: int) -> np.ndarray:
    return np.column_stack([np.broadcast_to(top, rows), np.broadcast_to(sole, rows)]).astype(np.int32)


@pytest.mark.parametrize(
    ("axes", "force_mn", "expected"),
    [
        ({}, (0, 0), False),
        ({}, (0, 99), False),
        ({}, (500, 0), True),
        ({}, (0, 500), True),
        ({HOLD_ARCH: 10_000}, (0, 0), True),
        ({HOLD_HEEL: 10_000}, (0, 0), True),
        ({TOE_GRIP: 3_500}, (0, 0), True),
        ({TOE_SELECT: gap_station(1) * 1000, TOE_REACH: 20_000}, (0, 0), True),
        ({TOE_SELECT: gap_station(4) * 1000, TOE_REACH: 30_000}, (0, 0), False),
    ],
)
def test_a_foot_is_touched_by_rollers_holds_grip_and_the_finger_between_its_toes(axes, force_mn, expected):
    row = at_home(1)
    for axis, value in axes.items():
        row[0, axis] = value
    assert bool(is_touched(row, forces(force_mn[0], force_mn[1], 1), LENGTH_MM)[0]) is expected


def test_the_time_of_firm_strokes_counts_more_than_10_n_and_only_in_the_massage():
    axes = at_home(4 * HALF)
    force = forces([10_000] * HALF + [10_001] * 3 * HALF, 0, 4 * HALF)
    is_massage = np.arange(4 * HALF) < 3 * HALF
    figures = figures_of(axes, force, is_massage, LENGTH_MM, ROW_S)
    assert figures.firm_minutes == pytest.approx(2 * HALF * ROW_S / 60)
    assert figures.touched == 1.0


def test_a_roller_that_goes_evenly_is_even_and_one_that_rests_at_the_tips_is_not():
    rows = 4 * HALF
    axes = at_home(rows)
    axes[:, SOLE_STROKE] = np.linspace(0.2, 0.8, rows) * LENGTH_MM * 1000
    axes[:, TOP_STROKE] = np.concatenate([np.zeros(rows // 2), np.linspace(0, 0.8, rows // 2)]) * LENGTH_MM * 1000
    figures = figures_of(axes, forces(9_000, 9_000, rows), np.ones(rows, bool), LENGTH_MM, ROW_S)
    assert figures.sole_evenness is not None and figures.sole_evenness < 2.5
    assert figures.top_evenness is not None and figures.top_evenness > 20


def test_a_foot_that_no_roller_pressed_has_no_evenness():
    figures = figures_of(at_home(10), forces(0, 0, 10), np.ones(10, bool), LENGTH_MM, ROW_S)
    assert figures == FootFigures(0.0, 0.0, None, None)
    assert figures.texts() == ("0%", "0.0 min", "-", "-")
