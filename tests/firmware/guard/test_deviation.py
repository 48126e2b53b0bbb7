"""A deviation counts by its size times its duration."""

import pytest

from instep.guard.deviation import Deviation


def samples_until_tripped(excess, trip_sum=600):
    deviation = Deviation(trip_sum)
    return next(count for count in range(1, 1_000) if deviation.is_tripped_by(excess))


@pytest.mark.parametrize(("excess", "samples"), [(1, 600), (6, 100), (150, 4), (200, 3), (100_000, 3)])
def test_a_large_deviation_trips_soon_but_never_with_fewer_than_three_samples(excess, samples):
    assert samples_until_tripped(excess) == samples


def test_what_stays_below_its_tolerance_takes_as_much_away_again():
    deviation = Deviation(600)
    assert [deviation.is_tripped_by(excess) for excess in (150, 150, 150, -100, 150)] == [False] * 5
    assert deviation.sum == 500
    assert deviation.is_tripped_by(100)
    for _ in range(6):
        assert not deviation.is_tripped_by(-100)
    assert deviation.sum == 0


def test_a_deviation_that_lasts_is_forgotten_as_soon_as_a_short_one():
    deviation = Deviation(600)
    for _ in range(1_000):
        deviation.is_tripped_by(150)
    assert deviation.sum == 600


def test_what_is_forgotten_starts_at_nothing():
    deviation = Deviation(600)
    deviation.is_tripped_by(150)
    deviation.forget()
    assert deviation.sum == 0
