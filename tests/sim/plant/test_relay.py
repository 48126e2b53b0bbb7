"""The relay: how long it takes, how its contact bounces."""

import numpy as np
import pytest

from sim.plant.noise import seeded
from sim.plant.relay import CONSTANTS, IS_CLOSED, open_state, step_relay

TICK_S = 0.01
IDEAL = np.zeros(CONSTANTS)


def _contacts(row, asked_for, seed=1):
    state, noise = open_state(), seeded(seed, 1)
    contacts = []
    for is_asked in asked_for:
        step_relay(state, row, is_asked, noise, 0, TICK_S)
        contacts.append(bool(state[IS_CLOSED]))
    return contacts


def test_an_ideal_relay_obeys_within_the_tick():
    asked_for = [False, True, True, False, False, True]
    assert _contacts(IDEAL, asked_for) == asked_for


@pytest.mark.parametrize("operate_s", [0.005, 0.015, 0.045])
def test_it_closes_after_its_operate_time_and_no_earlier(operate_s):
    ticks = int(operate_s / TICK_S)
    assert _contacts(np.array((operate_s, 0.0, 0.0)), [True] * 8) == [False] * ticks + [True] * (8 - ticks)


def test_it_opens_after_its_release_time():
    row = np.array((0.0, 0.025, 0.0))
    assert _contacts(row, [True, True, False, False, False, False]) == [True, True, True, True, False, False]


def test_within_the_bounce_the_contact_is_open_or_closed_by_chance():
    row = np.array((0.007, 0.003, 0.005))
    first = [_contacts(row, [True] * 4, seed)[0] for seed in range(400)]
    assert 160 < sum(first) < 240
    assert all(_contacts(row, [True] * 4, seed)[1:] == [True] * 3 for seed in range(50))


def test_a_bounce_that_is_over_at_the_tick_s_end_is_never_seen():
    row = np.array((0.003, 0.003, 0.005))
    asked_for = [False, True, True, False, False] * 20
    assert _contacts(row, asked_for) == asked_for
