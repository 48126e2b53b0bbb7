"""The relay behind its pump: how long a pulse holds it, how long it takes, how its contact bounces."""

import numpy as np
import pytest

from host_tools.machine.tables import REFERENCE, table
from sim.plant.noise import seeded
from sim.plant.relay import IS_CLOSED, ideal_row, open_state, step_relay

TICK_S = 0.01
# A pump that holds for no longer than the tick of its pulse: the relay alone.
IDEAL = ideal_row(TICK_S)
PARTS = table(REFERENCE, "parts")["relay"]
HOLDS_S = [held_ms / 1000 for held_ms in PARTS["pump_hold_ms"]]


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
    assert _contacts(np.array((operate_s, 0.0, 0.0, TICK_S)), [True] * 8) == [False] * ticks + [True] * (8 - ticks)


def test_it_opens_after_its_release_time():
    row = np.array((0.0, 0.025, 0.0, TICK_S))
    assert _contacts(row, [True, True, False, False, False, False]) == [True, True, True, True, False, False]


def test_within_the_bounce_the_contact_is_open_or_closed_by_chance():
    row = np.array((0.007, 0.003, 0.005, TICK_S))
    first = [_contacts(row, [True] * 4, seed)[0] for seed in range(400)]
    assert 160 < sum(first) < 240
    assert all(_contacts(row, [True] * 4, seed)[1:] == [True] * 3 for seed in range(50))


def test_a_bounce_that_is_over_at_the_tick_s_end_is_never_seen():
    row = np.array((0.003, 0.003, 0.005, TICK_S))
    asked_for = [False, True, True, False, False] * 20
    assert _contacts(row, asked_for) == asked_for


def _rows():
    """Yield the constants of relays at all ends of their ranges."""
    for release_ms in PARTS["release_ms"]:
        for bounce_ms in PARTS["bounce_ms"]:
            for hold_s in HOLDS_S:
                yield np.array((PARTS["operate_ms"][1] / 1000, release_ms / 1000, bounce_ms / 1000, hold_s))


def test_two_missed_ticks_in_a_row_never_open_it():
    pulses = [True] * 5 + [False, False, True] * 30
    for row in _rows():
        for seed in range(20):
            assert all(_contacts(row, pulses, seed)[3:])


def test_it_is_open_50_ms_after_the_last_pulse():
    for row in _rows():
        for seed in range(20):
            assert not any(_contacts(row, [True] * 9 + [False] * 9, seed)[8 + 5 :])


@pytest.mark.parametrize(("hold_s", "closed_at_end"), [(0.0284, 3), (0.0346, 3), (0.0375, 3), (0.0408, 4)])
def test_one_pulse_holds_it_for_as_long_as_pump_and_contacts_take(hold_s, closed_at_end):
    """The contact falls 2 ms after the coil: 30.4, 36.6, 39.5 and 42.8 ms after the pulse."""
    contacts = _contacts(np.array((0.0, 0.002, 0.0, hold_s)), [True] + [False] * 9)
    assert contacts == [True] * closed_at_end + [False] * (10 - closed_at_end)


def test_no_pulse_closes_it_whatever_level_the_pin_has():
    assert not any(_contacts(IDEAL, [False] * 100))
