"""The shape of the machine: tables as long as the machine has axes, home within the limits, stations in order."""

import pytest

from instep import axes
from instep.axes import gap_station, toe_station


@pytest.mark.parametrize("table", ["NAMES", "UNITS", "LOW", "HIGH", "HOME", "RATE_PER_S", "RATE_PER_TICK"])
def test_every_table_has_an_entry_for_each_axis_of_a_foot(table):
    assert len(getattr(axes, table)) == axes.AXES_PER_FOOT


def test_home_is_within_the_limits():
    for low, home, high in zip(axes.LOW, axes.HOME, axes.HIGH, strict=True):
        assert low <= home <= high


def test_rates_per_tick_are_whole_so_that_no_speed_is_rounded_down():
    assert tuple(rate * axes.TICKS_PER_S for rate in axes.RATE_PER_TICK) == axes.RATE_PER_S


def test_a_foot_has_two_rollers_and_the_other_eight_axes_have_servos():
    assert axes.NAMES[: axes.TOP_PRESS] == ("top_stroke", "sole_stroke")
    assert (axes.ROLLERS, axes.SERVOS, axes.AXES) == (4, 16, 20)


def test_toes_and_gaps_take_turns_among_the_stations():
    stations = [toe_station(1)]
    for gap in range(1, 5):
        stations += [gap_station(gap), toe_station(gap + 1)]
    assert stations == list(range(axes.STATIONS))
    assert axes.HIGH[axes.TOE_SELECT] == 1_000 * stations[-1]
