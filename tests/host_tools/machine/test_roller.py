"""Figures of a roller against the data sheet that they come from, and against closed forms."""

from copy import deepcopy
from math import pi

import pytest

from host_tools.machine import roller
from host_tools.machine.tables import REFERENCE, table
from instep.hal.calibration import FIELDS

FIGURES = table(REFERENCE, "roller")
MOTOR = FIGURES["gearmotor"]


def test_the_motor_s_equations_hold_at_no_load_and_at_stall():
    no_load_v = roller.force_n_a(FIGURES) * roller.no_load_m_s(FIGURES)
    assert no_load_v + roller.resistance_ohm(FIGURES) * MOTOR["no_load_a"] == pytest.approx(MOTOR["voltage_v"])
    assert MOTOR["voltage_v"] / roller.resistance_ohm(FIGURES) == pytest.approx(MOTOR["stall_a"])
    stall_n = roller.useful_n_a(FIGURES) * (MOTOR["stall_a"] - roller.start_a(FIGURES))
    assert stall_n * FIGURES["drum"]["diameter_m"] / 2 == pytest.approx(MOTOR["stall_torque_n_m"])


def test_a_turn_of_the_shaft_is_the_drum_s_circumference():
    turn_m = roller.counts_per_turn(FIGURES) / roller.counts_per_m(FIGURES)
    assert turn_m == pytest.approx(pi * FIGURES["drum"]["diameter_m"])
    assert roller.no_load_m_s(FIGURES) == pytest.approx(MOTOR["no_load_rpm"] / 60 * turn_m)


def test_the_gear_s_loss_makes_the_pull_smaller_than_the_motor_constant():
    assert 0 < roller.useful_n_a(FIGURES) < roller.force_n_a(FIGURES)


@pytest.mark.parametrize(("factor", "expected"), [(1, 1), (2, 0.5)])
def test_a_finer_encoder_makes_a_count_a_shorter_way(factor, expected):
    figures = deepcopy(FIGURES)
    figures["gearmotor"]["encoder_pulses"] *= factor
    um = roller.roller_fields(figures)["um_per_1024_counts"]
    assert um == pytest.approx(roller.roller_fields(FIGURES)["um_per_1024_counts"] * expected, abs=1)


def test_the_firmware_s_fields_are_whole_and_in_their_ranges():
    fields = roller.roller_fields(FIGURES)
    for name, minimum, maximum in FIELDS:
        if name in fields:
            assert type(fields[name]) is int and minimum <= fields[name] <= maximum
    assert fields["motor_limit_ma"] == round(FIGURES["drive"]["limit_a"] * 1_000)
    assert roller.rated_mv(FIGURES) == MOTOR["voltage_v"] * 1_000
