"""The NTCs and their converter against closed forms: dividers, common ground, reference, lag, drift, contact."""

import math
from pathlib import Path

import numpy as np
import pytest

from sim.plant import heat, ntc
from sim.plant.noise import seeded
from sim.plant.parts import left_after_tick

HEATER = heat.load_heater(Path(__file__).resolve().parents[3] / "boards/reference/heater.toml")
SOUND = ntc.ideal_row(HEATER.r25_ohm, HEATER.beta_k, HEATER.pull_up_ohm)
ROOM_C, TICK_S = 20.0, 0.01
CHAIN = np.array((1.0, 0.0, 0.0, 0.0))


def ntc_ohm(celsius):
    return HEATER.r25_ohm * math.exp(HEATER.beta_k * (1 / (celsius + 273.15) - 1 / 298.15))


def changed(**figures):
    row = SOUND.copy()
    for name, value in figures.items():
        row[getattr(ntc, name)] = value
    return row


def codes_of(celsius, rows=(SOUND,) * 4, chain=CHAIN, ticks=1, states=None):
    """Return the codes of some NTCs on one ground after some ticks at steady temperatures."""
    states = states or [start(ROOM_C) for _ in rows]
    noise = seeded(1, len(rows))
    for _ in range(ticks):
        for state, row, node_c in zip(states, rows, celsius, strict=True):
            ntc.feel(state, row, node_c, ROOM_C, TICK_S)
    conductance_s = sum(1 / (state[ntc.OHM] + row[ntc.PULL_UP_OHM]) for state, row in zip(states, rows, strict=True))
    ground = ntc.ground_share(conductance_s, chain[ntc.GROUND_OHM])
    pairs = enumerate(zip(states, rows, strict=True))
    return [ntc.convert(state, row, chain, ground, 0, noise, at) for at, (state, row) in pairs]


def start(celsius):
    return np.array((celsius, 0.0, 0.0))


def test_ideal_parts_give_the_codes_of_before_to_the_bit():
    chain, figures = np.array((1.0, HEATER.noise_codes, 0.0, 0.0)), HEATER.pack()
    one, other = seeded(5, 1), seeded(5, 1)
    state = start(ROOM_C)
    for celsius in np.linspace(-20, 80, 500):
        ntc.feel(state, SOUND, celsius, ROOM_C, TICK_S)
        conductance_s = 1 / (state[ntc.OHM] + SOUND[ntc.PULL_UP_OHM])
        ground = ntc.ground_share(conductance_s, chain[ntc.GROUND_OHM])
        code = ntc.convert(state, SOUND, chain, ground, 0, one, 0)
        assert code == heat.ntc_code(celsius, figures, other, 0)


def test_a_common_ground_lifts_every_code_as_kirchhoff_says():
    celsius, wire_ohm = (45.0, 38.0), 500.0
    # Nodes: one per divider and the ground; currents out of each sum to nothing, the pull-up voltage is 1.
    ohms = [ntc_ohm(value) for value in celsius]
    matrix, right = np.zeros((3, 3)), np.zeros(3)
    for at, ohm in enumerate(ohms):
        matrix[at, at] = 1 / ohm + 1 / HEATER.pull_up_ohm
        matrix[at, 2] = matrix[2, at] = -1 / ohm
        matrix[2, 2] += 1 / ohm
        right[at] = 1 / HEATER.pull_up_ohm
    matrix[2, 2] += 1 / wire_ohm
    expected = np.linalg.solve(matrix, right)[:2] * heat.FULL_CODE
    assert codes_of(celsius, (SOUND,) * 2, np.array((1.0, 0.0, wire_ohm, 0.0))) == pytest.approx(
        list(expected), abs=0.51
    )


@pytest.mark.parametrize("factor", [0.8, 0.9, 1.1, 1.2])
def test_a_shifted_reference_scales_every_code(factor):
    celsius = (45.0, 38.0, 41.0, 36.0)
    expected = [round(factor * code) for code in codes_of(celsius)]
    assert codes_of(celsius, chain=np.array((factor, 0.0, 0.0, 0.0))) == pytest.approx(expected, abs=1)


@pytest.mark.parametrize(("figure", "value"), [("R25_OHM", 100e3), ("BETA_K", 3435.0), ("PULL_UP_OHM", 4.7e3)])
def test_another_part_gives_the_code_of_its_own_divider(figure, value):
    given = {"R25_OHM": HEATER.r25_ohm, "BETA_K": HEATER.beta_k, "PULL_UP_OHM": HEATER.pull_up_ohm} | {figure: value}
    ohm = given["R25_OHM"] * math.exp(given["BETA_K"] * (1 / 313.15 - 1 / 298.15))
    expected = heat.FULL_CODE * ohm / (ohm + given["PULL_UP_OHM"])
    assert codes_of((40.0,), (changed(**{figure: value}),))[0] == pytest.approx(expected, abs=0.51)


def test_an_offset_reads_as_that_much_warmer():
    assert codes_of((40.0,), (changed(OFFSET_K=-2.9),)) == codes_of((37.1,), (SOUND,))


def test_a_drift_adds_up_with_time():
    row = (changed(DRIFT_K_S=-0.02),)
    assert codes_of((40.0,), row, ticks=1_000) == pytest.approx(codes_of((39.8,), (SOUND,)), abs=1)


@pytest.mark.parametrize("lag_s", [1.0, 4.0])
def test_a_bead_follows_its_node_with_its_time_constant(lag_s):
    state = [start(ROOM_C)]
    codes_of((40.0,), (changed(LAG=left_after_tick(lag_s)),), ticks=150, states=state)
    assert state[0][ntc.FELT_C] == pytest.approx(40 - 20 * math.exp(-1.5 / lag_s), abs=1e-9)


def test_a_loose_bead_feels_a_share_of_the_rise_over_the_room():
    assert codes_of((40.0,), (changed(LOST_RISE=0.1),)) == codes_of((ROOM_C + 0.9 * 20,), (SOUND,))


def test_a_frozen_ntc_gives_its_last_code():
    state, noise = start(ROOM_C), seeded(1, 1)
    row = changed(IS_FROZEN=1.0)
    for celsius in (10.0, 60.0):
        ntc.feel(state, row, celsius, ROOM_C, TICK_S)
        assert ntc.convert(state, row, np.array((1.0, 1.0, 0.0, 0.0)), 0.0, 12_345, noise, 0) == 12_345


def test_codes_end_at_the_converter_s_range():
    assert codes_of((-40.0,), (SOUND,), np.array((8.0, 0.0, 0.0, 0.0))) == [heat.FULL_CODE]


def test_codes_of_sound_parts_mean_their_temperature():
    codes = np.array(codes_of((10.0, 31.5, 40.0, 60.0)), dtype=np.int32)
    assert heat.celsius_of(codes, HEATER) == pytest.approx([10.0, 31.5, 40.0, 60.0], abs=0.01)
