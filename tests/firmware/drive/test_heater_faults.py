"""A heater drive with wrong sensors or a loose film, at its limits and with any codes: never too warm."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from instep.drive.heater import PERIOD_TICKS, HeaterDrive
from tests.firmware.heater_rig import (
    AT_ODDS_K,
    BAND_K,
    ELEMENT_MAX_C,
    HEATER,
    MILD_CODE,
    OVERSHOOT_K,
    PERIOD_S,
    SETPOINTS,
    SKIN_TRIP_C,
    Film,
    Ntc,
    Rig,
    still,
    told,
)

SETPOINT_MAX_C = 41.5


FROST_CODE = 30000  # -21 °C


OPEN_CODE = 32767


@pytest.mark.parametrize("name", ["element", "skin"])
@pytest.mark.parametrize("code", [0, OPEN_CODE])
def test_an_open_or_shorted_sensor_ends_the_heat_with_its_second_sample(name, code):
    rig = Rig()
    rig.run(5, 3900)
    getattr(rig, name).stuck_code = code
    rig.run(PERIOD_S, 3900)
    assert rig.film.duty_permille == 1000
    rig.run(PERIOD_S, 3900)
    assert rig.film.duty_permille == 0
    rig.run(60, 3900)
    assert rig.film.duty_permille == 0


@pytest.mark.parametrize("name", ["element", "skin"])
@pytest.mark.parametrize("setpoint", SETPOINTS)
@pytest.mark.parametrize("foot_in", [False, True])
def test_a_sensor_stuck_cold_cannot_make_a_well_too_warm(name, setpoint, foot_in):
    rig = Rig(room_c=35.0, bus_v=13.2)
    getattr(rig, name).stuck_code = MILD_CODE
    element_c, skin_c = rig.run(600, setpoint, foot_in).T
    assert skin_c.max() < SKIN_TRIP_C
    assert element_c.max() < ELEMENT_MAX_C


@pytest.mark.parametrize("foot_in", [False, True])
def test_a_film_that_came_loose_stays_well_below_its_cut_out(foot_in):
    loose = replace(HEATER, element_to_pad_k_per_w=10 * HEATER.element_to_pad_k_per_w)
    element_c, skin_c = Rig(heater=loose).run(1200, 4100, foot_in).T
    assert element_c.max() < ELEMENT_MAX_C
    assert np.abs(element_c - skin_c).max() < AT_ODDS_K


@pytest.mark.parametrize("offset", [-300, 300])
@pytest.mark.parametrize(("room_c", "foot_in"), [(10.0, True), (35.0, False)])
def test_sensors_that_differ_by_a_kelvin_still_make_a_steady_well(offset, room_c, foot_in):
    rig = Rig(room_c=room_c)
    rig.element.offset = offset
    rig.run(600, 3700, foot_in)
    assert np.abs(rig.run(300, 3700, foot_in)[:, 1] - 37.0).max() <= BAND_K / 2


@pytest.mark.parametrize(("skin_centi_c", "duty_permille"), [(3_749, 1_000), (3_750, 0)])
def test_a_film_that_reads_cold_gets_no_heat_half_a_kelvin_over_the_set_point(skin_centi_c, duty_permille):
    film = Film()
    drive = HeaterDrive(film, Ntc([MILD_CODE], 0), Ntc([MILD_CODE], 0), still(2_000))
    drive.skin = told(skin_centi_c)
    drive.element = told(2_000)
    for _ in range(2 * PERIOD_TICKS):
        drive.tick(3_700)
    assert film.duty_permille == duty_permille


def test_a_lower_set_point_does_not_forget_that_it_is_too_warm_already():
    film = Film()
    drive = HeaterDrive(film, Ntc([MILD_CODE], 0), Ntc([MILD_CODE], 0), still(2_000))
    drive.skin, drive.element = told(3_740), told(3_640)
    for setpoint in (3_710, 3_700):
        for _ in range(200 * PERIOD_TICKS):
            drive.tick(setpoint)
            assert film.duty_permille == 0 or setpoint == 3_710
        assert film.duty_permille == 0


def test_a_set_point_beyond_all_reason_is_held_at_the_highest_allowed():
    skin_c = Rig(room_c=35.0).run(900, 9000)[:, 1]
    assert skin_c.max() <= SETPOINT_MAX_C + OVERSHOOT_K
    assert skin_c[-1] == pytest.approx(SETPOINT_MAX_C, abs=BAND_K)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 32767), st.integers(0, 32767), st.integers(0, 5000)), max_size=60))
@example([(FROST_CODE, OPEN_CODE, 4100)] * 20)
@example([(OPEN_CODE, FROST_CODE, 4100)] * 20)
def test_no_sequence_of_codes_makes_an_unlawful_duty(samples):
    rig = Rig()
    for element_code, skin_code, setpoint in samples:
        rig.element.stuck_code, rig.skin.stuck_code = element_code, skin_code
        for _ in range(PERIOD_TICKS):
            rig.drive.tick(setpoint)
        assert rig.drive.duty_permille == rig.film.duty_permille
        if rig.drive.skin_centi_c > setpoint + 50 or not (rig.drive.skin.sound and rig.drive.element.sound):
            assert rig.film.duty_permille == 0
