"""The servos' current: idle, turning, holding, and never more than at stall."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.plant.servo_current import CONSTANTS, IDLE_A, RUNNING_A, STALL_A, servo_current_a

ROW = np.zeros(CONSTANTS)
ROW[IDLE_A], ROW[RUNNING_A], ROW[STALL_A] = 0.01, 0.2, 1.0
STALL_N = 40.0


@pytest.mark.parametrize(
    ("speed", "held_n", "expected_a"),
    [
        (0.0, 0.0, 0.01),
        (1.0, 0.0, 0.21),
        (0.5, 0.0, 0.11),
        (0.0, STALL_N, 1.0),
        (0.0, STALL_N / 2, 0.505),
        (3.0, 0.0, 0.21),
        (1.0, 3 * STALL_N, 1.0),
    ],
)
def test_the_current_is_the_sum_of_rest_speed_and_force(speed, held_n, expected_a):
    assert servo_current_a(ROW, speed, held_n, STALL_N) == pytest.approx(expected_a)


@given(st.floats(0, 5), st.floats(0, 200))
def test_a_servo_draws_between_rest_and_stall(speed, held_n):
    assert ROW[IDLE_A] <= servo_current_a(ROW, speed, held_n, STALL_N) <= ROW[STALL_A]
