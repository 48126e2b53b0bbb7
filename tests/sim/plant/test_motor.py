"""The gearmotor against its sheet, closed-form solutions and the conservation of energy."""

import tomllib
from dataclasses import replace
from math import ceil, cos, exp, log, pi, sin, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.machine.roller import counts_per_turn, roller_fields
from instep.hal.calibration import FIELDS
from sim.plant.linear import exponential
from sim.plant.motor import (
    BUS_A,
    CURRENT_A,
    HIGH_STOP_M,
    LOW_STOP_M,
    POSITION_M,
    SPEED_M_S,
    SUBSTEPS,
    TICK_S,
    MotorParameters,
    encoder_counts,
    step,
)

ROLLER_TOML = Path(__file__).parents[3] / "boards" / "reference" / "roller.toml"
FIGURES = tomllib.loads(ROLLER_TOML.read_text(encoding="utf-8"))
SHEET = FIGURES["gearmotor"]
RADIUS_M = FIGURES["drum"]["diameter_m"] / 2
ROLLER = MotorParameters.from_toml(FIGURES, "sole")
BARE = replace(
    ROLLER,
    sliding_n=ROLLER.sliding_n - FIGURES["carriage"]["guide_friction_n"],
    breakaway_n=ROLLER.breakaway_n - FIGURES["carriage"]["guide_friction_n"],
    low_stop_m=-100.0,
    high_stop_m=100.0,
)
IDEAL = replace(BARE, gear_loss=0.0, viscous_n_s_m=8.0, sliding_n=0.0, breakaway_n=0.0)
FINE_S = 1e-5
USEFUL_N_A = ROLLER.force_n_a * (1 - ROLLER.gear_loss)


def held(parameters: MotorParameters) -> np.ndarray:
    """Return the state of a roller that cannot move either way."""
    state = parameters.at_rest(0.1)
    state[[LOW_STOP_M, HIGH_STOP_M]] = 0.1
    return state


def test_without_load_it_turns_and_draws_as_its_sheet_says() -> None:
    state, constants = BARE.at_rest(), BARE.pack()
    for _ in range(200):
        step(state, constants, 12.0, 1.0, True, 0.0)
    assert state[SPEED_M_S] == pytest.approx(SHEET["no_load_rpm"] / 60 * 2 * pi * RADIUS_M, rel=1e-6)
    assert state[CURRENT_A] == pytest.approx(SHEET["no_load_a"], rel=1e-6)


def test_a_held_roller_draws_the_stall_current() -> None:
    state, constants = held(BARE), BARE.pack()
    for _ in range(10):
        step(state, constants, 12.0, -1.0, True, 0.0)
    assert state[CURRENT_A] == pytest.approx(-SHEET["stall_a"])
    assert state[POSITION_M] == 0.1


def test_at_stall_the_gear_pulls_as_its_sheet_says() -> None:
    stall_n = USEFUL_N_A * SHEET["stall_a"] - BARE.breakaway_n
    assert stall_n * RADIUS_M == pytest.approx(SHEET["stall_torque_n_m"])


@pytest.mark.parametrize("sign", [-1, 1])
def test_it_breaks_away_at_the_start_voltage_and_not_below(sign: int) -> None:
    for share, moves in ((0.99, False), (1.01, True)):
        state, constants = BARE.at_rest(), BARE.pack()
        for _ in range(20):
            step(state, constants, SHEET["start_v"] * share, sign, True, 0.0)
        assert np.sign(state[POSITION_M]) == (sign if moves else 0)


def test_current_rises_in_a_held_roller_with_the_electrical_time_constant() -> None:
    state, constants = held(ROLLER), ROLLER.pack(FINE_S)
    rate = ROLLER.resistance_ohm / ROLLER.inductance_h
    for tick in range(1, 30):
        step(state, constants, 12.0, 0.5, True, 0.0)
        expected_a = 6.0 / ROLLER.resistance_ohm * (1 - exp(-tick * SUBSTEPS * FINE_S * rate))
        assert state[CURRENT_A] == pytest.approx(expected_a, rel=1e-9)


@pytest.mark.parametrize("step_s", [TICK_S / SUBSTEPS, 1e-4, FINE_S])
def test_without_friction_the_step_response_is_the_closed_form(step_s: float) -> None:
    state, constants = IDEAL.at_rest(), IDEAL.pack(step_s)
    state[SPEED_M_S] = 1e-15  # already sliding: breaking away would cost a step
    decay = (IDEAL.resistance_ohm / IDEAL.inductance_h + IDEAL.viscous_n_s_m / IDEAL.mass_kg) / 2
    product = IDEAL.resistance_ohm * IDEAL.viscous_n_s_m + IDEAL.force_n_a**2
    root = sqrt(decay**2 - product / (IDEAL.inductance_h * IDEAL.mass_kg))
    fast, slow = -decay - root, -decay + root
    final_m_s = 12.0 * IDEAL.force_n_a / product
    for tick in range(1, 40):
        step(state, constants, 12.0, 1.0, True, 0.0)
        time_s = tick * SUBSTEPS * step_s
        shape = (fast * exp(slow * time_s) - slow * exp(fast * time_s)) / (fast - slow)
        area = (fast / slow * (exp(slow * time_s) - 1) - slow / fast * (exp(fast * time_s) - 1)) / (fast - slow)
        assert state[SPEED_M_S] == pytest.approx(final_m_s * (1 - shape), rel=1e-9)
        assert state[POSITION_M] == pytest.approx(final_m_s * (time_s - area), rel=1e-9)


def test_a_coasting_roller_stops_where_friction_says() -> None:
    state, constants = BARE.at_rest(), BARE.pack()
    contact_n, state[SPEED_M_S] = 12.0, 0.1
    friction_n = BARE.sliding_n + BARE.rolling * contact_n
    ratio = BARE.viscous_n_s_m / friction_n
    stops_s = BARE.mass_kg / BARE.viscous_n_s_m * log(1 + ratio * 0.1)
    stops_m = BARE.mass_kg / BARE.viscous_n_s_m * (0.1 - log(1 + ratio * 0.1) / ratio)
    moving_ticks = 0
    for _ in range(100):
        moving_ticks += state[SPEED_M_S] != 0.0
        step(state, constants, 12.0, 0.0, False, contact_n)
    assert moving_ticks == ceil(stops_s / TICK_S)
    assert state[POSITION_M] == pytest.approx(stops_m, abs=1e-7)


def test_an_open_bridge_carries_no_current() -> None:
    state, constants = ROLLER.at_rest(), ROLLER.pack()
    for _ in range(20):
        step(state, constants, 12.0, 0.5, True, 0.0)
    assert state[CURRENT_A] > 0
    step(state, constants, 12.0, 0.5, False, 0.0)
    assert state[CURRENT_A] == 0.0
    assert state[BUS_A] == 0.0


def _stored_j(state: np.ndarray) -> float:
    return float(ROLLER.mass_kg * state[SPEED_M_S] ** 2 + ROLLER.inductance_h * state[CURRENT_A] ** 2) / 2


def test_energy_from_the_bus_is_all_found_again() -> None:
    state, constants = ROLLER.at_rest(0.1), ROLLER.pack(FINE_S)
    span_s = SUBSTEPS * FINE_S
    bus_j = copper_j = friction_j = 0.0
    for tick in range(8000):
        duty, contact_n = ((0.4, 5.0), (-0.3, 20.0), (0.0, 0.0), (0.6, 35.0))[tick // 1000 % 4]
        before = state.copy()
        step(state, constants, 12.0, duty, True, contact_n)
        current_a = (before[CURRENT_A] + state[CURRENT_A]) / 2
        speed = (before[SPEED_M_S] + state[SPEED_M_S]) / 2
        force_n = ROLLER.gear_loss * ROLLER.force_n_a * abs(current_a) + ROLLER.sliding_n + ROLLER.rolling * contact_n
        bus_j += 12.0 * state[BUS_A] * span_s
        copper_j += ROLLER.resistance_ohm * current_a**2 * span_s
        friction_j += (force_n * abs(speed) + ROLLER.viscous_n_s_m * speed**2) * span_s
    assert copper_j > 1.0 and friction_j > 1.0
    assert bus_j == pytest.approx(copper_j + friction_j + _stored_j(state), rel=1e-3)


def test_ten_steps_a_tick_are_as_good_as_a_thousand() -> None:
    coarse, fine = ROLLER.at_rest(0.1), ROLLER.at_rest(0.1)
    coarse_row, fine_row = ROLLER.pack(), ROLLER.pack(FINE_S)
    for tick in range(400):
        duty, is_driven = ((0.2, True), (-0.35, True), (0.0, True), (0.3, True), (0.0, False))[tick // 40 % 5]
        step(coarse, coarse_row, 12.0, duty, is_driven, 15.0)
        for _ in range(round(TICK_S / SUBSTEPS / FINE_S)):
            step(fine, fine_row, 12.0, duty, is_driven, 15.0)
        assert coarse[POSITION_M] == pytest.approx(fine[POSITION_M], abs=0.2e-3)
        assert coarse[SPEED_M_S] == pytest.approx(fine[SPEED_M_S], abs=2e-3)


@pytest.mark.parametrize("contact_n", [0.0, 10.0, 35.0])
def test_a_foot_costs_current_in_proportion_to_its_pressure(contact_n: float) -> None:
    state, constants = BARE.at_rest(), BARE.pack()
    for _ in range(200):
        step(state, constants, 12.0, 0.5, True, contact_n)
    friction_n = BARE.sliding_n + BARE.rolling * contact_n + BARE.viscous_n_s_m * state[SPEED_M_S]
    assert state[CURRENT_A] == pytest.approx(friction_n / USEFUL_N_A, rel=1e-6)


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_stop_holds_the_roller_and_lets_it_leave(sign: int) -> None:
    state, constants = ROLLER.at_rest(0.15), ROLLER.pack()
    for _ in range(300):
        step(state, constants, 12.0, sign, True, 0.0)
    assert state[POSITION_M] == (ROLLER.high_stop_m if sign > 0 else ROLLER.low_stop_m)
    assert state[SPEED_M_S] == 0.0
    assert state[CURRENT_A] == pytest.approx(sign * 7.0)
    for _ in range(20):
        step(state, constants, 12.0, -sign, True, 0.0)
    assert ROLLER.low_stop_m < state[POSITION_M] < ROLLER.high_stop_m


def test_the_stops_leave_the_whole_travel_of_each_side_free() -> None:
    for side, travel_m in (("top", 0.260), ("sole", 0.340)):
        parameters = MotorParameters.from_toml(FIGURES, side)
        assert parameters.low_stop_m < 0
        assert parameters.high_stop_m > travel_m
        assert parameters.high_stop_m - travel_m == pytest.approx(roller_fields(FIGURES)["stop_clearance_um"] * 1e-6)


def test_a_turn_of_the_drum_gives_the_sheet_s_edges() -> None:
    turn_m = 2 * pi * RADIUS_M
    assert counts_per_turn(FIGURES) == pytest.approx(16 * 43.8 * 4)
    assert encoder_counts(turn_m, ROLLER.pack()) == 2803
    assert encoder_counts(0.0, ROLLER.pack()) == 0
    assert encoder_counts(-1e-6, ROLLER.pack()) == -1


def test_calibration_follows_from_the_figures() -> None:
    ranges = {name: (minimum, greatest) for name, minimum, greatest in FIELDS}
    fields = roller_fields(FIGURES)
    for name, value in fields.items():
        minimum, greatest = ranges[name]
        assert minimum <= value <= greatest
    assert fields == {
        "um_per_1024_counts": round(1024 * 20_000 * pi / 2803.2),
        "full_speed_um_per_tick": round(12 / ROLLER.force_n_a * 10_000),
        "motor_limit_ma": 2000,
        "stop_clearance_um": 3000,
    }


@pytest.mark.parametrize("angle", [1e-6, 0.3, 20.0])
def test_the_matrix_exponential_of_a_rotation_turns_by_its_angle(angle: float) -> None:
    turned = exponential(np.array([[0.0, -angle], [angle, 0.0]]))
    assert turned == pytest.approx(np.array([[cos(angle), -sin(angle)], [sin(angle), cos(angle)]]), abs=1e-12)


COMMANDS = st.lists(
    st.tuples(st.floats(0, 15), st.floats(-1, 1), st.booleans(), st.floats(0, 100), st.integers(1, 30)), max_size=12
)


@given(commands=COMMANDS)
def test_no_command_makes_it_leave_its_stops_or_outrun_its_voltage(
    commands: list[tuple[float, float, bool, float, int]],
) -> None:
    state, constants = ROLLER.at_rest(0.1), ROLLER.pack()
    for bus_v, duty, is_driven, contact_n, ticks in commands:
        for _ in range(ticks):
            step(state, constants, bus_v, duty, is_driven, contact_n)
            assert ROLLER.low_stop_m <= state[POSITION_M] <= ROLLER.high_stop_m
            assert abs(state[SPEED_M_S]) * ROLLER.force_n_a <= 15.0
            assert abs(state[CURRENT_A]) * ROLLER.resistance_ohm <= 30.0
    for _ in range(200):
        step(state, constants, 12.0, 0.0, False, 0.0)
    assert state[SPEED_M_S] == 0.0
