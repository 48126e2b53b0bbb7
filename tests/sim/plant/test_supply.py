"""The supply against Ohm's law, the conservation of energy, and motors that draw from it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.axes import ROLLERS
from sim.plant.motor import BUS_A, HIGH_STOP_M, LOW_STOP_M, MotorParameters, step
from sim.plant.supply import SupplyParameters, bus_voltage, supply_current

REFERENCE = Path(__file__).parents[3] / "boards" / "reference"
SUPPLY = SupplyParameters.from_toml(tomllib.loads((REFERENCE / "supply.toml").read_text(encoding="utf-8")))
ROLLER = MotorParameters.from_toml(tomllib.loads((REFERENCE / "roller.toml").read_text(encoding="utf-8")), "top")
HEATERS_S = 2 / 12.0  # two films of 12 W at 12 V


def test_without_load_only_the_electronics_pull_it_down() -> None:
    expected_v = SUPPLY.open_v - SUPPLY.standing_a * SUPPLY.resistance_ohm
    assert bus_voltage(SUPPLY.pack(), 0.0, 0.0) == pytest.approx(expected_v)


def test_it_sags_by_its_resistance_times_the_current() -> None:
    constants = SUPPLY.pack()
    sag_v = bus_voltage(constants, 1.0, 0.0) - bus_voltage(constants, 3.0, 0.0)
    assert sag_v == pytest.approx(2.0 * SUPPLY.resistance_ohm)


@given(drawn_a=st.floats(-5, 60), conductance_s=st.floats(0, 1))
def test_what_leaves_the_source_is_lost_inside_used_or_clamped(drawn_a: float, conductance_s: float) -> None:
    constants = SUPPLY.pack()
    bus_v = bus_voltage(constants, drawn_a, conductance_s)
    source_a = supply_current(constants, bus_v)
    used_w = bus_v * (drawn_a + SUPPLY.standing_a + bus_v * conductance_s)
    left_w = SUPPLY.open_v * source_a - SUPPLY.resistance_ohm * source_a**2 - used_w
    assert source_a >= 0
    if 0 < bus_v < SUPPLY.open_v:
        assert left_w == pytest.approx(0, abs=1e-6)
    else:
        assert left_w >= -1e-6


def test_a_short_pulls_the_bus_to_nothing_and_not_below() -> None:
    assert bus_voltage(SUPPLY.pack(), 1000.0, 0.0) == 0.0


def test_braking_motors_cannot_lift_the_bus_over_its_source() -> None:
    constants = SUPPLY.pack()
    assert bus_voltage(constants, -3.0, 0.0) == SUPPLY.open_v
    assert supply_current(constants, SUPPLY.open_v) == 0.0


def test_heaters_and_four_stalled_motors_settle_at_the_divider_s_voltage() -> None:
    constants, motor = SUPPLY.pack(), ROLLER.pack()
    states = [ROLLER.at_rest(0.1) for _ in range(ROLLERS)]
    for state in states:
        state[[LOW_STOP_M, HIGH_STOP_M]] = 0.1
    bus_v = 0.0
    for _ in range(60):
        bus_v = bus_voltage(constants, sum(state[BUS_A] for state in states), HEATERS_S)
        for state in states:
            step(state, motor, bus_v, 1.0, True, 0.0)
    load_s = HEATERS_S + ROLLERS / ROLLER.resistance_ohm
    unloaded_v = SUPPLY.open_v - SUPPLY.standing_a * SUPPLY.resistance_ohm
    assert bus_v == pytest.approx(unloaded_v / (1 + SUPPLY.resistance_ohm * load_s), rel=1e-6)
