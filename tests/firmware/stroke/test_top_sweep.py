"""The lifted top roller goes to the ankle and back while a foot is measured, and feels one that is too high."""

from itertools import pairwise

import pytest

from instep.stroke.top_sweep import TopSweep

SURE_WAY_UM = 121_800
LENGTH_UM = 300_000
ANKLE_UM = 240_000
MEASURED_AT = 1_200
TICKS_MAX = 5_000


def sweep_over(length_um, force_mn=lambda _: 0, follows=True):
    """Sweep over a foot whose length is known after 12 s; return the sweep, its places, and the ticks that it took."""
    sweep = TopSweep(3_000)
    sweep.begin()
    places_um = [0]
    for tick in range(TICKS_MAX):
        is_measured = tick >= MEASURED_AT
        position_um = sweep.move.place_um if follows else 100_000
        sweep.tick(position_um, force_mn(sweep.move.place_um), length_um if is_measured else 0, is_measured)
        places_um.append(sweep.move.place_um)
        if sweep.is_over or sweep.is_too_high or sweep.is_late:
            return sweep, places_um, tick
    raise AssertionError("the sweep does not end")


def test_it_waits_before_the_ankle_of_any_foot_and_then_goes_to_this_ones_and_home():
    sweep, places_um, _ = sweep_over(LENGTH_UM)
    assert sweep.is_over and not sweep.is_too_high
    assert max(places_um[:MEASURED_AT]) == SURE_WAY_UM
    assert max(places_um) == ANKLE_UM
    assert places_um[-1] == 0
    assert max(abs(later - sooner) for sooner, later in pairwise(places_um)) <= 400


def test_a_foot_that_was_not_found_is_not_swept_further():
    sweep, places_um, _ = sweep_over(0)
    assert sweep.is_over
    assert max(places_um) == SURE_WAY_UM


@pytest.mark.parametrize("place_um", [50_000, ANKLE_UM - 1_000])
def test_a_foot_that_the_lifted_roller_feels_is_too_high(place_um):
    sweep, places_um, _ = sweep_over(LENGTH_UM, lambda at_um: 3_001 if at_um >= place_um else 0)
    assert sweep.is_too_high
    assert places_um[-1] < place_um + 3_000


def test_what_a_lifted_roller_weighs_is_no_foot_nor_are_two_wild_readings():
    assert sweep_over(LENGTH_UM, lambda _: 3_000)[0].is_over
    readings = iter([60_000, 60_000, 0] * TICKS_MAX)
    assert sweep_over(LENGTH_UM, lambda _: next(readings))[0].is_over


def test_a_roller_that_does_not_come_home_is_late_after_12_s():
    sweep, _, ticks = sweep_over(LENGTH_UM, follows=False)
    assert sweep.is_late and not sweep.is_over
    assert MEASURED_AT + 1_200 < ticks < MEASURED_AT + 1_600


def test_a_second_sweep_starts_afresh():
    sweep, _, _ = sweep_over(LENGTH_UM, lambda _: 60_000)
    sweep.begin()
    assert (sweep.move.place_um, sweep.is_too_high, sweep.is_over, sweep.is_late) == (0, False, False, False)
    sweep.tick(0, 60_000, 0, False)
    assert not sweep.is_too_high


def test_a_force_while_the_roller_waits_is_the_sole_rollers_on_a_wrong_wire():
    sweep = TopSweep(3_000)
    sweep.begin()
    for tick in range(MEASURED_AT):
        sweep.tick(sweep.move.place_um, 60_000 if tick > MEASURED_AT // 2 else 0, 0, False)
    assert not sweep.is_too_high
