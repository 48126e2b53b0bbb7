"""A force sensor against its closed form: lag, gain, offset, drift, freezing."""

import numpy as np
import pytest

from sim.plant.foot import sensed_mn
from sim.plant.force_sensor import (
    DRIFT_N_S,
    GAIN,
    IS_FROZEN,
    LAG,
    NOISE_N,
    OFFSET_N,
    STATES,
    ideal_row,
    read_force,
)
from sim.plant.noise import seeded
from sim.plant.parts import left_after_tick

TICK_S = 0.01
QUIET = ideal_row(0, 0.0)


def _read(row, true_n, ticks=1, state=None, last_mn=0):
    state = np.zeros(STATES) if state is None else state
    noise = seeded(1, 1)
    for _ in range(ticks):
        last_mn = read_force(state, row, true_n, last_mn, noise, 0, TICK_S)
    return last_mn


def test_an_ideal_sensor_gives_the_noise_of_before_to_the_bit():
    one, other, state = seeded(7, 1), seeded(7, 1), np.zeros(STATES)
    for tick in range(1_000):
        true_n = 0.031 * tick
        assert read_force(state, ideal_row(0, 0.06), true_n, 0, one, 0, TICK_S) == sensed_mn(true_n, 0.06, other, 0)


@pytest.mark.parametrize(
    ("gain", "offset_n", "said_mn"), [(1.0, 0.0, 25_000), (0.5, 0.0, 12_500), (0.95, -0.4, 23_350)]
)
def test_gain_and_offset_are_those_of_a_straight_line(gain, offset_n, said_mn):
    row = QUIET.copy()
    row[GAIN], row[OFFSET_N] = gain, offset_n
    assert _read(row, 25.0) == said_mn


@pytest.mark.parametrize("lag_s", [0.002, 0.012, 0.1])
def test_a_step_is_followed_with_the_lag_s_time_constant(lag_s):
    row = QUIET.copy()
    row[LAG] = left_after_tick(lag_s)
    for ticks in (1, 3, 20):
        assert _read(row, 10.0, ticks) == pytest.approx(10_000 * (1 - np.exp(-ticks * TICK_S / lag_s)), abs=1)


def test_a_drift_adds_up_with_time():
    row = QUIET.copy()
    row[DRIFT_N_S] = -0.05
    assert _read(row, 10.0, 600) == pytest.approx(10_000 - 50 * 6, abs=1)


def test_a_frozen_sensor_gives_its_last_number_without_noise():
    row = QUIET.copy()
    row[IS_FROZEN], row[NOISE_N] = 1.0, 0.06
    assert {_read(row, force_n, 5, last_mn=4_321) for force_n in (0.0, 10.0, 50.0)} == {4_321}


def test_noise_has_its_standard_deviation():
    row, state, noise = ideal_row(0, 0.08), np.zeros(STATES), seeded(3, 1)
    readings = [read_force(state, row, 10.0, 0, noise, 0, TICK_S) for _ in range(20_000)]
    assert np.std(readings) == pytest.approx(80, rel=0.03)
    assert np.mean(readings) == pytest.approx(10_000, abs=3)
