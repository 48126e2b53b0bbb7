"""The seeded noise: known words of its published generators, and the moments that it promises."""

import numpy as np
import pytest

from sim.plant.noise import bell, seeded, uniform

DRAWS = 4_000


def test_the_states_are_those_of_splitmix64():
    # The first outputs for seed 0, as published with the generator.
    assert [hex(word) for word in seeded(0, 3)] == ["0xe220a8397b1dcdaf", "0x6e789e6aa1b965f4", "0x6c45d188009454f"]


def test_a_draw_is_a_step_of_xorshift64():
    states = np.array([1], dtype=np.uint64)
    word = 1
    for _ in range(5):
        word ^= word << 13 & (1 << 64) - 1
        word ^= word >> 7
        word ^= word << 17 & (1 << 64) - 1
        assert uniform(states, 0) == (word >> 32) / 2**32
        assert int(states[0]) == word


def test_streams_do_not_disturb_each_other():
    both, alone = seeded(7, 2), seeded(7, 2)
    expected = [uniform(alone, 1) for _ in range(5)]
    found = []
    for _ in range(5):
        uniform(both, 0)
        found.append(uniform(both, 1))
    assert found == expected


def test_the_bell_has_mean_0_deviation_1_and_an_end():
    states = seeded(3, 1)
    draws = np.array([bell(states, 0) for _ in range(DRAWS)])
    assert draws.mean() == pytest.approx(0.0, abs=4 / DRAWS**0.5)
    assert draws.std() == pytest.approx(1.0, abs=0.05)
    assert np.abs(draws).max() <= 2 * 3**0.5
