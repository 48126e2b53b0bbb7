"""The heater drive on the simulated well: warm soon, steady, and never too warm."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instep.drive.heater import PERIOD_TICKS
from sim.plant import heat
from tests.firmware.heater_rig import (
    AT_ODDS_K,
    BAND_K,
    ELEMENT_MAX_C,
    OVERSHOOT_K,
    PERIOD_S,
    PERIODS_PER_S,
    SETPOINTS,
    SKIN_TRIP_C,
    Rig,
    foot,
)

ROOMS_C = (10.0, 20.0, 35.0)


FEET = st.builds(foot, st.floats(40.0, 90.0), st.floats(24.0, 34.0), st.floats(0.7, 1.3))


def seconds_until(skin_c, target_c):
    assert skin_c.max() >= target_c
    return int(np.argmax(skin_c >= target_c)) / PERIODS_PER_S


def duties(turn, seconds, setpoint=3700):
    """Return the duty, permille, in each period from the start of the heat."""
    rig = Rig()
    rig.drive = rig.new_drive(turn=turn)
    rig.run(1, 0)
    assert rig.film.duty_permille == 0
    seen = []
    for _ in range(seconds * PERIODS_PER_S):
        rig.run(PERIOD_S, setpoint)
        seen.append(rig.film.duty_permille)
    return np.array(seen)


PARTS = st.lists(
    st.tuples(st.sampled_from((*SETPOINTS, 0)), st.booleans(), st.sampled_from((3, 20, 60, 200))),
    min_size=1,
    max_size=6,
)


def rig_at_full_power():
    """Return the rig that is hardest to stop: a hot room, a cold small foot, more than the rated voltage."""
    return Rig(foot(skin_tau_s=90.0, skin_start_c=24.0, foot_mass_kg=0.7), room_c=35.0, bus_v=13.2)


@pytest.mark.parametrize("room_c", ROOMS_C)
@pytest.mark.parametrize("setpoint", SETPOINTS)
@pytest.mark.parametrize("foot_in", [False, True])
def test_the_skin_side_reaches_its_set_point_without_overshoot_and_stays(room_c, setpoint, foot_in):
    skin_c = Rig(room_c=room_c).run(1200, setpoint, foot_in)[:, 1]
    assert skin_c.max() <= setpoint / 100 + OVERSHOOT_K
    assert np.abs(skin_c[600 * PERIODS_PER_S :] - setpoint / 100).max() <= BAND_K


@pytest.mark.parametrize("room_c", [10.0, 20.0, 30.0])
def test_warming_up_takes_hardly_longer_than_full_power_would(room_c):
    driven = seconds_until(Rig(room_c=room_c).run(400, 3900)[:, 1], 38.0)
    at_best = seconds_until(Rig(room_c=room_c).run(400, 3900, full_power=True)[:, 1], 38.0)
    assert driven <= at_best * 1.02 + 2.0


@pytest.mark.parametrize("foot_in", [False, True])
def test_the_wait_at_full_power_on_a_weak_supply_winds_nothing_up(foot_in):
    skin_c = Rig(room_c=10.0, bus_v=10.5).run(400, 3700, foot_in)[:, 1]
    assert 36.9 < skin_c.max() <= 37.0 + OVERSHOOT_K / 5


@pytest.mark.parametrize("room_c", ROOMS_C)
def test_the_integral_is_slow_enough_to_stop_at_the_set_point(room_c):
    """Overshoot is noise and the wells' taking turns; twice the integral's gain makes three times as much."""
    skin_c = Rig(room_c=room_c).run(900, 3700)[:, 1]
    assert skin_c.max() <= 37.0 + 0.03


def test_the_second_well_begins_12_s_after_the_first():
    seen = [duties(turn, 15) for turn in range(2)]
    assert [int(np.argmax(duty > 0)) for duty in seen] == [0, 12 * PERIODS_PER_S]


def test_a_drive_that_is_switched_off_waits_for_its_turn_again():
    rig = Rig()
    rig.drive = rig.new_drive(turn=1)
    for _ in range(2):
        rig.run(11.9, 3700)
        assert rig.film.duty_permille == 0
        rig.run(PERIOD_S * 2, 3700)
        assert rig.film.duty_permille == 1000
        rig.drive.off()
        assert rig.film.duty_permille == 0


@pytest.mark.parametrize("seconds", [200, 600])
@pytest.mark.parametrize(("ntc_c", "thermometer_c", "true_c"), [(-2, 0, 37.0), (-1, 0.5, 36.5), (0, -3, 37.0)])
def test_the_warmer_of_the_two_sensors_counts(seconds, ntc_c, thermometer_c, true_c):
    rig = Rig()
    rig.skin.offset = round(-220 * ntc_c)  # about 220 codes a kelvin, at 35 °C
    rig.thermometer.offset = round(100 * thermometer_c)
    rig.run(seconds, 3700)
    assert rig.state[heat.PAD_C] == pytest.approx(true_c, abs=0.4)


def test_a_thermometer_moves_the_set_point_by_two_and_a_half_kelvin_at_most():
    rig = Rig()
    rig.thermometer.stuck_centi_c = 9_000
    rig.run(600, 3700)
    assert rig.state[heat.PAD_C] == pytest.approx(34.5, abs=0.3)


@settings(max_examples=60, deadline=None)
@given(foot_heat=FEET, room_c=st.floats(10.0, 35.0), bus_v=st.floats(10.5, 13.2), parts=PARTS, seed=st.integers(0, 9))
def test_no_change_of_set_point_or_foot_makes_a_well_too_warm(foot_heat, room_c, bus_v, parts, seed):
    rig = Rig(foot_heat, room_c, bus_v, seed)
    for setpoint, foot_in, seconds in parts:
        before_c = rig.state[heat.PAD_C]
        element_c, skin_c = rig.run(seconds, setpoint, foot_in).T
        assert setpoint == 0 or skin_c.max() <= max(setpoint / 100, before_c) + OVERSHOOT_K
        assert skin_c.max() < SKIN_TRIP_C
        assert element_c.max() < ELEMENT_MAX_C
        assert np.abs(element_c - skin_c).max() < AT_ODDS_K


@settings(max_examples=15, deadline=None)
@given(
    foot_heat=FEET,
    room_c=st.floats(10.0, 35.0),
    parts=PARTS,
    setpoint=st.sampled_from(SETPOINTS),
    foot_in=st.booleans(),
)
def test_a_well_is_steady_a_while_after_any_change(foot_heat, room_c, parts, setpoint, foot_in):
    rig = Rig(foot_heat, room_c)
    for part_setpoint, part_foot_in, seconds in parts:
        rig.run(seconds, part_setpoint, part_foot_in)
    rig.run(900, setpoint, foot_in)
    skin_c = rig.run(60, setpoint, foot_in)[:, 1]
    assert np.abs(skin_c - setpoint / 100).max() <= BAND_K


@pytest.mark.parametrize(("reached_c", "foot_in"), [(37.0, False), (37.1, True)])
def test_a_lower_set_point_at_full_power_ends_the_heat_in_time(reached_c, foot_in):
    warming_s = seconds_until(rig_at_full_power().run(60, 4100)[:, 1], reached_c)
    rig = rig_at_full_power()
    rig.run(warming_s + PERIOD_S, 4100)
    assert rig.film.duty_permille == 1000
    skin_c = rig.run(60, 3700, foot_in)[:, 1]
    assert skin_c.max() <= reached_c + OVERSHOOT_K - 0.1
    assert skin_c.min() >= 37.0 - BAND_K


@pytest.mark.parametrize("ticks", range(PERIOD_TICKS))
def test_off_is_off_within_the_tick_that_says_so(ticks):
    rig = Rig()
    rig.run(5, 3900)
    for _ in range(ticks):
        rig.drive.tick(3900)
    assert rig.film.duty_permille == 1000
    rig.drive.tick(0)
    assert rig.film.duty_permille == rig.drive.duty_permille == 0


def test_off_forgets_the_heat_that_was_asked_for():
    rig = Rig()
    rig.run(300, 3900)
    steady = rig.film.duty_permille
    rig.drive.off()
    assert rig.film.duty_permille == 0
    rig.run(PERIOD_S, 3900)
    assert rig.film.duty_permille < steady // 2


def test_a_well_is_measured_with_the_heat_off():
    rig = Rig(room_c=17.0)
    rig.run(1, 0)
    assert rig.drive.skin_centi_c == pytest.approx(1700, abs=10)
    assert rig.drive.element_centi_c == pytest.approx(1700, abs=10)
    assert rig.drive.skin.samples == rig.drive.element.samples == 10


@pytest.mark.parametrize("phase", [0, 2, 7])
def test_no_tick_reads_two_sensors_and_each_period_reads_both_once(phase):
    rig = Rig()
    drive = rig.new_drive(phase=phase)
    for _ in range(4):
        reads = []
        for _ in range(PERIOD_TICKS):
            before = rig.element.reads, rig.skin.reads
            drive.tick(3900)
            reads.append((rig.element.reads - before[0], rig.skin.reads - before[1]))
        assert sorted(reads) == [(0, 0)] * 8 + [(0, 1), (1, 0)]
        assert reads[-phase % PERIOD_TICKS] == (1, 0)


def test_a_drive_has_measured_and_heated_nothing_at_first():
    drive = Rig().drive
    assert (drive.element_centi_c, drive.skin_centi_c, drive.duty_permille) == (0, 0, 0)
