"""The simulated servos against their closed form: speed limit, lag, frames, limpness."""

import math
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.machine.calibration import SERVO_TABLES, servo_fields
from instep.axes import HIGH, LOW, PULSE_MAX_US, PULSE_MIN_US, RATE_PER_S, SOLE_PRESS, TOE_SELECT, TOP_PRESS
from instep.hal.calibration import FIELDS
from sim.plant.servo import (
    LAG_S,
    LIMP_RETURN_S,
    POSITION_US,
    PULSE_GAIN,
    PULSE_OFFSET_US,
    SLIP_BACK,
    SLIP_OUT,
    SPEED_US_S,
    ServoFigures,
    rest_state,
    step_servo,
    turned,
    value_of,
)

FIGURES = tomllib.loads((Path(__file__).parents[3] / "boards" / "reference" / "servo.toml").read_text("utf-8"))
PRESS = ServoFigures.from_toml(FIGURES, TOP_PRESS)
SELECT = ServoFigures.from_toml(FIGURES, TOE_SELECT)
FREE = replace(SELECT, dead_band_us=0.0)
TICK_S = 0.01
FREE_START = 1_500.0
PULSES = st.floats(PULSE_MIN_US, PULSE_MAX_US)


def closed_form_us(figures, way_us, time_s):
    """Return what is left of `way_us` (>= 0) after `time_s`: linear to speed x lag, then exponential."""
    corner_us = figures.speed_us_s * figures.lag_s
    turn_s = max(0.0, (way_us - corner_us) / figures.speed_us_s)
    if time_s <= turn_s:
        return way_us - figures.speed_us_s * time_s
    return min(way_us, corner_us) * math.exp(-(time_s - turn_s) / figures.lag_s)


@pytest.mark.parametrize("way_us", [2_000.0, 500.0, 78.4, 30.0])
@pytest.mark.parametrize("sense", [1.0, -1.0])
def test_a_step_follows_the_closed_form_at_every_tick(way_us, sense):
    row = FREE.pack()
    position_us = 1_500.0 - sense * way_us / 2
    goal_us = 1_500.0 + sense * way_us / 2
    for tick in range(1, 100):
        position_us = turned(position_us, goal_us, row, TICK_S)
        assert (goal_us - position_us) * sense == pytest.approx(closed_form_us(FREE, way_us, tick * TICK_S), abs=1e-6)


@given(PULSES, PULSES, st.floats(1e-4, 0.5), st.floats(0.05, 0.95))
def test_the_way_is_the_same_in_one_step_or_two(start_us, goal_us, time_s, share):
    row = SELECT.pack()
    once = turned(start_us, goal_us, row, time_s)
    twice = turned(turned(start_us, goal_us, row, time_s * share), goal_us, row, time_s * (1.0 - share))
    assert once == pytest.approx(twice, abs=1e-6)


@given(PULSES, PULSES, st.floats(1e-4, 0.5))
def test_a_servo_never_overshoots_and_never_exceeds_its_speed(start_us, goal_us, time_s):
    end_us = turned(start_us, goal_us, SELECT.pack(), time_s)
    assert min(start_us, goal_us) <= end_us <= max(start_us, goal_us)
    assert abs(end_us - start_us) <= SELECT.speed_us_s * time_s + 1e-6


def test_a_servo_stops_at_the_edge_of_its_dead_band_and_stays():
    row = SELECT.pack()
    stopped_us = turned(1_000.0, 2_000.0, row, 10.0)
    assert 2_000.0 - stopped_us == pytest.approx(SELECT.dead_band_us)
    assert turned(stopped_us, 2_000.0, row, 10.0) == stopped_us
    assert turned(stopped_us, 1_999.0, row, 10.0) == stopped_us


def test_a_new_pulse_waits_for_the_next_frame():
    row = PRESS.pack()
    state = rest_state(row, 0.0)
    step_servo(state, row, 1_000, True, TICK_S)
    moved_us = state[POSITION_US]
    step_servo(state, row, 500, False, TICK_S)
    assert state[POSITION_US] > moved_us
    step_servo(state, row, 500, True, TICK_S)
    assert state[POSITION_US] < moved_us + PRESS.speed_us_s * TICK_S


def test_without_pulses_a_press_rises_by_its_spring():
    row = PRESS.pack()
    state = rest_state(row, 30_000.0)
    for tick in range(1, 30):
        step_servo(state, row, 0, True, TICK_S)
        expected_um = 30_000.0 * math.exp(-tick * TICK_S / PRESS.limp_return_s)
        assert value_of(state, row) == pytest.approx(expected_um, rel=1e-9)
    for _ in range(200):
        step_servo(state, row, 0, True, TICK_S)
    assert value_of(state, row) == 0.0


def test_without_pulses_the_other_servos_stay():
    row = SELECT.pack()
    state = rest_state(row, 3_000.0)
    for _ in range(100):
        step_servo(state, row, 0, True, TICK_S)
    assert value_of(state, row) == pytest.approx(3_000.0)


@given(st.floats(0.0, 60_000.0))
def test_a_value_and_its_pulse_belong_together(value_um):
    row = PRESS.pack()
    state = rest_state(row, value_um)
    assert state[POSITION_US] == pytest.approx(PRESS.pulse_us(value_um))
    assert value_of(state, row) == pytest.approx(value_um, abs=1e-6)


@pytest.mark.parametrize("axis", SERVO_TABLES)
def test_pulses_stay_in_range_over_each_axis(axis):
    figures = ServoFigures.from_toml(FIGURES, axis)
    is_press = axis in (TOP_PRESS, SOLE_PRESS)
    ends = (0, FIGURES["press"]["travel_max_um"]) if is_press else (LOW[axis], HIGH[axis])
    for value in ends:
        assert PULSE_MIN_US <= figures.pulse_us(value) <= PULSE_MAX_US


def test_every_servo_follows_the_fastest_setpoint_of_its_axis():
    spring_um_per_mn = 1_000 / FIGURES["press"]["spring_mn_per_mm"]
    for axis in SERVO_TABLES:
        figures = ServoFigures.from_toml(FIGURES, axis)
        rate = RATE_PER_S[axis] * (spring_um_per_mn if axis in (TOP_PRESS, SOLE_PRESS) else 1.0)
        assert rate * figures.us_per_kilo / 1000 < figures.speed_us_s


def test_the_board_settles_its_calibration_fields_inside_their_ranges():
    fields = servo_fields(FIGURES)
    ranges = {name: (minimum, greatest) for name, minimum, greatest in FIELDS}
    expected = {f"{table}_{key}" for table in SERVO_TABLES.values() for key in ("zero_us", "us_per_kilo")}
    expected |= {"spring_mn_per_mm", "press_travel_max_um", "top_contact_um", "sole_contact_um"}
    expected |= {"probe_travel_um", "probe_offset_um"}
    assert fields.keys() == expected
    for name, value in fields.items():
        assert ranges[name][0] <= value <= ranges[name][1]


def _turn(row, pulse_us, ticks, start_um=10_000.0, state=None):
    state = rest_state(row, start_um) if state is None else state
    for tick in range(ticks):
        step_servo(state, row, pulse_us, tick % 2 == 0, TICK_S)
    return state


@pytest.mark.parametrize("pulse_us", [0, 600, 1_500])
def test_a_jammed_servo_stays_whatever_it_is_told(pulse_us):
    row = PRESS.pack()
    row[[SPEED_US_S, LIMP_RETURN_S]] = 0.0
    assert value_of(_turn(row, pulse_us, 300), row) == pytest.approx(10_000.0)


def test_a_limp_servo_rises_under_pulses_as_without():
    row = PRESS.pack()
    row[PULSE_GAIN] = 0.0
    expected_um = 10_000.0 * math.exp(-10 * TICK_S / PRESS.limp_return_s)
    assert value_of(_turn(row, 1_800, 10), row) == pytest.approx(expected_um)


@pytest.mark.parametrize("pulse_us", [0, 600])
def test_a_servo_that_runs_away_ends_at_its_pulse(pulse_us):
    row = PRESS.pack()
    row[PULSE_GAIN], row[PULSE_OFFSET_US] = 0.0, 2_500.0
    assert _turn(row, pulse_us, 300)[POSITION_US] == pytest.approx(2_500.0, abs=PRESS.dead_band_us + 1e-9)


def test_a_slow_servo_takes_the_closed_form_s_time():
    slow = replace(FREE, speed_us_s=FREE.speed_us_s / 5, lag_s=FREE.lag_s * 5)
    row = FREE.pack()
    row[SPEED_US_S] /= 5
    row[LAG_S] *= 5
    state = _turn(row, 2_000, 30, start_um=FREE_START)
    way_us = 2_000 - FREE.pulse_us(FREE_START)
    assert 2_000 - state[POSITION_US] == pytest.approx(closed_form_us(slow, way_us, 30 * TICK_S), abs=1e-6)


@pytest.mark.parametrize(("slip", "column"), [(0.1, SLIP_OUT), (0.25, SLIP_BACK)])
def test_a_slipping_servo_loses_its_share_of_every_turn(slip, column):
    row = replace(PRESS, dead_band_us=0.0).pack()
    row[column] = slip
    state = _turn(row, 1_500, 200, start_um=0.0)
    out_us = (1 - slip if column == SLIP_OUT else 1.0) * 900
    assert state[POSITION_US] - PRESS.zero_us == pytest.approx(out_us, abs=0.1)
    _turn(row, 1_000, 200, state=state)
    back_us = (1 - slip if column == SLIP_BACK else 1.0) * 500
    assert state[POSITION_US] - PRESS.zero_us == pytest.approx(out_us - back_us, abs=0.1)


def test_a_slipping_servo_stops_at_the_end_of_its_way():
    row = PRESS.pack()
    row[SLIP_OUT] = 0.5
    state = _turn(row, 1_500, 200, start_um=0.0)
    _turn(row, 600, 400, state=state)
    assert state[POSITION_US] == pytest.approx(PRESS.zero_us, abs=PRESS.dead_band_us + 1e-9)
