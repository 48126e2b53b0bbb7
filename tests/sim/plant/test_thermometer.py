"""The digital thermometer: sixteenths of a degree, a lag of closed form, loose contact, drift, a frozen value."""

import numpy as np
import pytest

from sim.plant import thermometer as t
from sim.plant.noise import seeded

TICK_S = 0.01
ROOM_C = 20.0


def read(row, pad_c, ticks=1, state=None, last=0):
    """Let ticks pass on a pad of one temperature; return the last value."""
    state = np.zeros(t.STATES) if state is None else state
    noise = seeded(1, 1)
    for _ in range(ticks):
        last = t.read_thermometer(state, row, pad_c, ROOM_C, last, noise, 0, TICK_S)
    return last


@pytest.fixture
def row():
    return np.zeros(t.CONSTANTS)


@pytest.mark.parametrize(
    ("pad_c", "expected"), [(37.0, 3_700), (37.03, 3_700), (37.04, 3_706), (0.0, 0), (-1.5, -150), (37.0625, 3_706)]
)
def test_a_value_is_the_nearest_sixteenth_of_a_degree(row, pad_c, expected):
    assert read(row, pad_c) == expected


def test_the_lag_is_exponential(row):
    row[t.LAG] = np.exp(-TICK_S / 2.0)
    state = np.array([20.0, 0.0])
    read(row, 40.0, 200, state)
    assert state[t.FELT_C] == pytest.approx(40.0 - 20.0 * np.exp(-1.0))


@pytest.mark.parametrize(("lost", "expected"), [(0.0, 4_000), (0.5, 3_000), (1.0, 2_000)])
def test_a_loose_chip_feels_a_part_of_the_rise_over_the_room(row, lost, expected):
    row[t.LOST_RISE] = lost
    assert read(row, 40.0) == expected


def test_offset_and_drift_add_up(row):
    row[t.OFFSET_K], row[t.DRIFT_K_S] = 0.5, 0.25
    assert read(row, 30.0, 400) == 3_000 + 50 + 100


def test_a_frozen_chip_repeats_its_last_value(row):
    row[t.IS_FROZEN] = 1.0
    assert read(row, 45.0, 10, last=3_150) == 3_150


def test_noise_has_its_standard_deviation(row):
    row[t.NOISE_K] = 0.2
    state, noise = np.zeros(t.STATES), seeded(1, 1)
    values = [t.read_thermometer(state, row, 30.0, ROOM_C, 0, noise, 0, TICK_S) for _ in range(2_000)]
    assert np.std(values) == pytest.approx(20.0, rel=0.1) and np.mean(values) == pytest.approx(3_000, abs=3)
