"""The matrix exponential against closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.plant.linear import exponential

ENTRIES = st.floats(-20.0, 20.0)


@given(st.lists(ENTRIES, min_size=1, max_size=4))
def test_a_diagonal_matrix_has_the_exponentials_of_its_entries(entries):
    expected = np.diag(np.exp(entries))
    assert exponential(np.diag(entries)) == pytest.approx(expected, rel=1e-10, abs=1e-300)


@given(st.floats(-30.0, 30.0))
def test_a_rotation_turns_by_its_angle(angle):
    turned = exponential(np.array([[0.0, -angle], [angle, 0.0]]))
    expected = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    assert turned == pytest.approx(np.array(expected), abs=1e-10)


def test_a_nilpotent_matrix_is_a_finite_series():
    matrix = np.array([[0.0, 2.0, 3.0], [0.0, 0.0, 4.0], [0.0, 0.0, 0.0]])
    assert exponential(matrix) == pytest.approx(np.eye(3) + matrix + matrix @ matrix / 2)


@given(st.lists(ENTRIES, min_size=4, max_size=4))
def test_two_half_steps_are_one_step(entries):
    matrix = np.array(entries).reshape(2, 2)
    half = exponential(matrix / 2)
    assert half @ half == pytest.approx(exponential(matrix), rel=1e-8, abs=1e-12 * float(np.abs(half).max() ** 2))
