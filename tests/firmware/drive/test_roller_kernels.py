"""The roller's kernels, each against its definition: place, gap, wanted speed, integral, current limit."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.drive import roller_kernels as k

COUNTS = st.integers(-20_000, 20_000)
UM_PER_1024_COUNTS = st.integers(1_000, 100_000)


def roller(**values: int) -> "array[int]":
    """Return a roller's state: motor of the reference, full ceiling, all else 0 but `values`."""
    state = array("i", [0] * k.SIZE)
    state[k.SCALE], state[k.FULL_SPEED], state[k.LIMIT_MA], state[k.CEILING] = 50_000, 2_000, 3_000, 1_000
    for name, value in values.items():
        state[getattr(k, name)] = value
    return state


@given(COUNTS, UM_PER_1024_COUNTS)
def test_the_split_product_is_the_place_rounded_down_within_a_micrometre(counts, scale):
    place = k.measure_place(roller(SCALE=scale), counts)
    assert 0 <= counts * scale / 1_024 - place < 1.04


@given(COUNTS, COUNTS)
def test_the_speed_is_the_way_since_the_tick_before_up_to_its_bound(before, now):
    state = roller()
    way = -k.measure_place(state, before) + k.measure_place(state, now)
    assert state[k.SPEED] == max(-20_000, min(20_000, way))


@pytest.mark.parametrize("step", [1, -1, 1_050, -1_050])
def test_a_setpoint_that_moves_as_strokes_do_is_simply_followed(step):
    state = roller(RUN=k.ACTIVE, SETPOINT=500, REST_TICKS=2)
    assert k.take_setpoint(state, 500 + step) == 1
    assert (state[k.SETPOINT], state[k.NEXT], state[k.REST_TICKS]) == (500 + step, step, 0)


@pytest.mark.parametrize("run", [k.OPEN_LOOP, k.OFF, k.MEASURED, k.RESTING])
def test_a_bridge_that_is_open_is_no_simple_case(run):
    assert k.take_setpoint(roller(RUN=run), 10) == 0


@pytest.mark.parametrize(
    ("state", "setpoint_um"), [({"GAP": 1}, 10), ({"GAP_SPEED": -1}, 10), ({}, 0), ({}, 1_051), ({}, -1_051)]
)
def test_a_gap_a_rest_and_a_jump_are_no_simple_cases(state, setpoint_um):
    state = roller(RUN=k.ACTIVE, REST_TICKS=2, **state)
    assert k.take_setpoint(state, setpoint_um) == 0
    assert (state[k.NEXT], state[k.REST_TICKS]) == (setpoint_um, 2)


@pytest.mark.parametrize("gap", [17, 500, -500, 40_000, -250_000])
def test_a_gap_is_closed_gently_and_without_overshoot(gap):
    state = roller(GAP=gap)
    total, last = 0, 0
    for _ in range(3_000):
        step = k.close_gap(state)
        assert abs(step) <= 200
        total += step
        if not state[k.GAP]:
            break
        assert abs(step - last) <= 20 and (step >= 0) == (gap > 0)
        last = step
    assert total == gap and state[k.GAP_SPEED] == 0


def test_a_reference_that_rests_where_the_roller_is_asks_for_no_speed():
    assert k.wanted_speed(roller(SETPOINT=1_150, PLACE=1_000, INTEGRAL=40_000), 0) == 0
    assert k.wanted_speed(roller(SETPOINT=1_151, PLACE=1_000), 0) == (128 * 151 >> 8) + 90


@pytest.mark.parametrize(
    ("state", "step", "expected"),
    [
        ({"STEP": 100, "SPEED": 100}, 100, 100 + 90),  # the reference's own speed and the friction
        ({"STEP": -100, "SPEED": -100}, -100, -100 - 90),
        ({"STEP": 100, "SPEED": 100, "SETPOINT": 1_000}, 100, 100 + 500 + 90),  # 1 mm asks for 50 mm/s more
        ({"STEP": 100, "SPEED": 80}, 100, 100 + 30 + 90),  # 20 um per tick too slow
        ({"STEP": 90, "SPEED": 100}, 100, 100 + 40 + 90),  # gathering speed
        ({"STEP": 100, "SPEED": 100, "INTEGRAL": 6_400}, 100, 100 + 100 + 90),
        ({"STEP": 100, "SPEED": 100, "SETPOINT": 90_000}, 100, 100 + 1_000 + 90),  # the error counts up to 2 mm
        ({"STEP": 100, "SPEED": 9_000}, 100, 100 - 600 + 90),  # a wild count counts as 400 um per tick
        ({"STEP": -900, "SPEED": 100}, 100, 100 + 200 + 90),  # a jump of the reference as 0.5 m/s2
    ],
)
def test_each_term_asks_for_its_share_of_speed(state, step, expected):
    assert k.wanted_speed(roller(**state), step) == expected


@pytest.mark.parametrize(
    ("state", "wanted", "integral"),
    [
        ({"ERROR": 100}, 0, 100),
        ({"ERROR": 1_000}, 0, 1_000),
        ({"ERROR": 1_001}, 0, 0),  # held or thrown
        ({"ERROR": -100, "INTEGRAL": 5_000}, 0, 4_600),  # unwinds four times as fast
        ({"ERROR": 900, "INTEGRAL": 39_500}, 0, 40_000),
        ({"ERROR": -900, "INTEGRAL": -39_500}, 0, -40_000),
        ({"ERROR": 100}, 2_000, 0),  # the bridge gives all that it can
        ({"ERROR": -100}, -2_000, 0),
        ({"ERROR": -100, "INTEGRAL": -10}, 2_000, -110),
        ({"ERROR": 100, "CEILING": 500}, 1_000, 0),  # the current's limit leaves no more
    ],
)
def test_an_error_winds_up_only_while_the_roller_tracks_and_the_bridge_can_give_more(state, wanted, integral):
    state = roller(**state)
    assert k.wind_up(state, wanted) == wanted // 2
    assert state[k.INTEGRAL] == integral


@given(st.integers(-4_000, 4_000), st.lists(st.integers(0, 20_000), min_size=1, max_size=40))
def test_the_duty_stays_under_its_ceiling_and_falls_while_the_current_is_over_its_limit(duty, currents):
    state = roller()
    for current_ma in currents:
        before = state[k.DUTY]
        given_duty = k.limit_duty(state, duty, current_ma)
        assert abs(given_duty) <= state[k.CEILING] <= 1_000
        assert state[k.DUTY] == given_duty and state[k.CURRENT] == current_ma
        if current_ma > 3_000:
            assert abs(given_duty) < abs(before) or given_duty == 0


def test_the_ceiling_recovers_by_a_hundredth_a_tick():
    state = roller(DUTY=800)
    assert k.limit_duty(state, 800, 3_080) == 800 - 1 - 10
    assert [k.limit_duty(state, 900, 2_000) for _ in range(3)] == [799, 809, 819]
