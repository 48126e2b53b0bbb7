"""The dose of a roller: nothing of a push is lost, and it lies where the roller was."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host_tools.massage import foot_shape
from host_tools.massage.dose import cell_cm2, evenness, roller_dose, spread

PLACES = st.floats(0.0, 1.0)
PUSHES = st.floats(0.01, 100.0)


@settings(max_examples=40)
@given(st.lists(st.tuples(PLACES, PUSHES), min_size=1, max_size=20), st.floats(203.0, 323.0))
def test_no_newton_second_is_lost_on_a_foot_of_any_length(pushes, length_mm):
    places, forces = (np.array(column) for column in zip(*pushes, strict=True))
    dose = roller_dose(places, forces, length_mm)
    assert dose.sum() * cell_cm2(length_mm) == pytest.approx(forces.sum(), rel=1e-9)
    assert (dose >= 0).all() and not dose[~foot_shape.inside().astype(bool)].any()


def test_the_dose_of_one_place_lies_within_the_roller_s_contact():
    u, _ = foot_shape.grid()
    dose = roller_dose(np.array([0.5]), np.array([1.0]), 260.0)
    touched = u[dose.any(axis=1)]
    assert abs(touched.mean() - 0.5) < 0.01
    assert np.ptp(touched) * 260.0 < 2 * 14.0 + 2 * foot_shape.CELL * 260.0


def test_a_place_beside_the_grid_counts_at_its_end():
    across = np.ones_like(foot_shape.inside(), dtype=np.float64)
    far = spread(np.array([9.0]), np.array([2.0]), across, 14.0, 260.0)
    assert far.sum() * cell_cm2(260.0) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("dose", "expected"), [([0.0, 0.0], None), ([0.0, 3.0], 1.0), ([1.0, 1.0, 4.0], 4.0), ([2.0, 4.0, 6.0], 1.5)]
)
def test_evenness_is_the_greatest_over_the_median_of_what_is_touched(dose, expected):
    assert evenness(np.array(dose)) == expected


def test_a_cell_is_an_area():
    assert cell_cm2(260.0) == pytest.approx(cell_cm2(130.0) * 4)
