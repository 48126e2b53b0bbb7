"""A finger in a roller's way against closed forms: bounce, rest under a steady pull, and hold by friction."""

import tomllib
from dataclasses import replace
from math import sqrt
from pathlib import Path

import pytest

from sim.plant.motor import (
    FAR_M,
    OBSTACLE_HIGH_M,
    OBSTACLE_LOW_M,
    OBSTACLE_N_M,
    POSITION_M,
    SPEED_M_S,
    TRACK_N,
    MotorParameters,
    obstacle_n,
    step,
)

FIGURES = tomllib.loads((Path(__file__).parents[3] / "boards" / "reference" / "roller.toml").read_text("utf-8"))
ROLLER = MotorParameters.from_toml(FIGURES, "sole")
SMOOTH = replace(ROLLER, gear_loss=0.0, sliding_n=0.0, breakaway_n=0.0, viscous_n_s_m=0.0)
STIFFNESSES_N_M = (3e3, 10e3, 30e3)


def _before_a_finger(parameters, n_m, sense=1.0, speed=0.1):
    state = parameters.at_rest(0.15)
    state[SPEED_M_S] = sense * speed
    state[OBSTACLE_HIGH_M if sense > 0 else OBSTACLE_LOW_M] = 0.15 + sense * 0.005
    state[OBSTACLE_N_M] = n_m
    return state


@pytest.mark.parametrize("is_driven", [False, True])
@pytest.mark.parametrize("sense", [1.0, -1.0])
@pytest.mark.parametrize("n_m", STIFFNESSES_N_M)
def test_a_roller_without_friction_gives_a_finger_all_its_momentum_and_gets_it_back(n_m, sense, is_driven):
    currentless = replace(SMOOTH, resistance_ohm=1e9)
    state, constants = _before_a_finger(currentless, n_m, sense), currentless.pack()
    peak_n = 0.0
    for _ in range(100):
        step(state, constants, 12.0, 0.0, is_driven, 0.0)
        peak_n = max(peak_n, state[TRACK_N])
    assert peak_n == pytest.approx(0.1 * sqrt(n_m * SMOOTH.mass_kg), rel=2e-3)
    assert state[SPEED_M_S] == pytest.approx(-sense * 0.1, rel=1e-3)
    assert state[TRACK_N] == 0.0


def test_the_inertia_of_the_rotor_alone_gives_a_finger_56_n():
    assert 0.1 * sqrt(10e3 * ROLLER.mass_kg) == pytest.approx(56, abs=1)


@pytest.mark.parametrize("n_m", STIFFNESSES_N_M)
def test_a_driven_roller_comes_to_rest_where_the_finger_pushes_as_hard_as_the_motor(n_m):
    parameters = replace(SMOOTH, viscous_n_s_m=200.0)
    state, constants = _before_a_finger(parameters, n_m), parameters.pack()
    for _ in range(3_000):
        step(state, constants, 12.0, 0.05, True, 0.0)
    stall_n = parameters.force_n_a * 12.0 * 0.05 / parameters.resistance_ohm
    assert state[TRACK_N] == pytest.approx(stall_n, rel=1e-3)
    assert state[POSITION_M] == pytest.approx(0.155 + stall_n / n_m, rel=1e-4)


@pytest.mark.parametrize(("share", "moves"), [(0.98, False), (1.02, True)])
def test_a_finger_pushes_a_roller_away_only_beyond_its_breakaway(share, moves):
    state, constants = ROLLER.at_rest(0.15), ROLLER.pack()
    state[OBSTACLE_N_M] = 10e3
    state[OBSTACLE_HIGH_M] = 0.15 - share * ROLLER.breakaway_n / 10e3
    for _ in range(10):
        step(state, constants, 12.0, 0.0, False, 0.0)
    assert bool(state[POSITION_M] < 0.15) is moves


def test_a_finger_touches_only_beyond_its_place():
    state = ROLLER.at_rest()
    state[OBSTACLE_N_M], state[OBSTACLE_LOW_M], state[OBSTACLE_HIGH_M] = 3e3, 0.1, 0.2
    assert [obstacle_n(state, place) for place in (0.099, 0.1, 0.15, 0.2, 0.202)] == pytest.approx([3, 0, 0, 0, -6])


def test_no_finger_is_as_far_away_as_can_be():
    state = ROLLER.at_rest(0.1)
    assert (state[OBSTACLE_LOW_M], state[OBSTACLE_HIGH_M], state[OBSTACLE_N_M]) == (-FAR_M, FAR_M, 0.0)
