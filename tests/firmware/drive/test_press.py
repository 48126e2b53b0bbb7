"""The press drive on the simulated foot, measured by the true force under the roller."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.axes import RATE_PER_TICK, TOP_PRESS
from instep.drive.press import AT_END, CONTACT, LOST_MN, SPRING, TOUCH_MN, TOUCHING, TRAVEL, TRAVEL_MAX, ZERO
from sim.people import load_person, names
from sim.plant.foot import SOLE, TOP
from tests.firmware.press_rig import CALIBRATION, NOISE_N, Rig

SIDES = {"top": TOP, "sole": SOLE}
ROLLERS = [pytest.param(name, side, id=f"{name} {word}") for name in names() for word, side in SIDES.items()]
SETPOINTS_MN = (2_000, 8_000, 25_000, 32_500)
SPEEDS_M_S = (0.01, 0.03, 0.1)
SETTLED_TICKS = 60
SETTLED_N = 0.4
LIFT_TICKS = 60
FLOOR_N = 2.0
FIRST_TICKS = 8
SEARCH_UM = 25_000
FIRST_N = 2.0
FEEL_UM = 300
OVERSHOOT = 0.15
ROLLING = 0.20


def band_n(setpoint_mn: int, share: float) -> float:
    return max(FLOOR_N, share * setpoint_mn / 1000)


@pytest.mark.parametrize(("name", "side"), ROLLERS)
def test_a_touch_down_is_gentle_first_and_later(name, side):
    for odd, setpoint_mn in product((False, True), SETPOINTS_MN):
        rig = Rig(load_person(name), side, odd)
        for _ in range(3):
            forces = rig.touch_down(setpoint_mn)
            assert max(forces) < setpoint_mn / 1000 + band_n(setpoint_mn, OVERSHOOT)
            assert forces[-SETTLED_TICKS:] == pytest.approx([setpoint_mn / 1000] * SETTLED_TICKS, abs=SETTLED_N)
            rig.touch_down(0, LIFT_TICKS)
            assert rig.force_n == 0.0


@pytest.mark.parametrize("speed_m_s", SPEEDS_M_S)
@pytest.mark.parametrize(("name", "side"), ROLLERS)
def test_force_stays_near_the_setpoint_over_the_whole_foot(name, side, speed_m_s):
    for odd, setpoint_mn in product((False, True), SETPOINTS_MN):
        rig = Rig(load_person(name), side, odd)
        rig.touch_down(setpoint_mn)
        light_mn = max(setpoint_mn // 3, SETPOINTS_MN[0])
        for force_mn, back in ((setpoint_mn, False), (light_mn, True)):
            rig.touch_down(force_mn, ticks=30)
            forces = rig.roll(force_mn, speed_m_s, back)
            worst_n = max(abs(force_n - force_mn / 1000) for force_n in forces)
            assert worst_n < band_n(force_mn, ROLLING)


def test_no_setpoint_means_lifted_and_silent():
    rig = Rig(load_person("average"), SOLE)
    for _ in range(50):
        rig.tick(0)
    assert rig.travel_um == 0.0
    assert rig.writes == 1


def test_the_force_is_read_every_tick_also_when_held_or_lifted():
    rig = Rig(load_person("average"), SOLE)
    rig.wild_mn = 1_234
    rig.press.tick(0)
    assert rig.press.force_mn == 1_234
    rig.wild_mn = 2_345
    rig.press.hold_travel(0)
    assert rig.press.force_mn == 2_345
    rig.wild_mn = 3_456
    rig.press.lift()
    assert rig.press.force_mn == 3_456


def test_a_steady_force_writes_hardly_any_pulse():
    rig = Rig(load_person("average"), SOLE)
    rig.touch_down(8_000)
    before = rig.writes
    for _ in range(500):
        rig.tick(8_000)
    assert rig.writes - before < 50


@pytest.mark.parametrize("away_um", [-3_000, 3_000, 8_000])
@pytest.mark.parametrize("side", SIDES.values(), ids=SIDES)
def test_a_wrong_contact_height_is_learnt_at_the_first_touch(side, away_um):
    person = load_person("average")
    known = Rig(person, side)
    known.touch_down(8_000)
    rig = Rig(person, side, contact_um=known.press.state[CONTACT] + away_um)
    assert max(rig.touch_down(8_000)) < 8.0 + FLOOR_N
    assert abs(rig.press.state[CONTACT] - known.press.state[CONTACT]) < abs(away_um) * 0.65


@pytest.mark.parametrize(("name", "side"), ROLLERS)
def test_a_firm_touch_begins_lightly_and_rises_no_faster_than_the_axis(name, side):
    rig = Rig(load_person(name), side)
    forces = [force_n for force_n in rig.touch_down(25_000) if force_n > 0.0]
    assert forces[FIRST_TICKS] < FIRST_N
    rises = [later - sooner for sooner, later in zip(forces, forces[FIRST_TICKS:], strict=False)]
    assert max(rises) < RATE_PER_TICK[TOP_PRESS] / 1000 * FIRST_TICKS * 1.25


def test_lost_contact_is_looked_for_slowly():
    rig = Rig(load_person("average"), SOLE)
    rig.touch_down(8_000)
    rig.x_m = 0.5
    for _ in range(5):
        rig.tick(8_000)
    for _ in range(10):
        before_um = rig.press.state[TRAVEL]
        rig.tick(8_000)
        assert 0 < rig.press.state[TRAVEL] - before_um <= FEEL_UM


def test_losing_contact_while_rolling_teaches_no_contact_height():
    rig = Rig(load_person("average"), SOLE)
    rig.touch_down(8_000)
    learnt_um = rig.press.state[CONTACT]
    rig.x_m = rig.end_m + 0.020
    for _ in range(20):
        rig.tick(8_000)
    rig.x_m = rig.end_m / 2
    for _ in range(100):
        rig.tick(8_000)
    assert rig.press.state[CONTACT] == learnt_um


def test_without_a_foot_the_press_searches_no_further_than_a_foot_can_be():
    rig = Rig(load_person("average"), SOLE)
    rig.x_m = 0.5
    for _ in range(1_000):
        rig.tick(25_000)
    assert rig.press.state[TRAVEL] <= CALIBRATION.sole_contact_um + SEARCH_UM
    assert rig.force_n == 0.0


def test_nothing_winds_up_at_the_end_of_travel():
    rig = Rig(load_person("average"), SOLE)
    rig.touch_down(8_000)
    rig.x_m = rig.end_m + 0.014  # the heel's back: the setpoint is out of reach
    for _ in range(500):
        rig.tick(35_000)
    assert rig.travel_um == pytest.approx(CALIBRATION.press_travel_max_um, abs=300)
    assert rig.force_n < 34.0
    for _ in range(300):
        rig.tick(8_000)
    assert rig.force_n == pytest.approx(8.0, abs=SETTLED_N)


@pytest.mark.parametrize("wild_mn", [-60_000, 0, 60_000, 1_000_000])
def test_one_wild_sample_hardly_moves_the_force(wild_mn):
    rig = Rig(load_person("average"), SOLE)
    rig.touch_down(8_000)
    rig.wild_mn = wild_mn
    forces = [rig.tick(8_000) for _ in range(60)]
    assert forces == pytest.approx([8.0] * 60, abs=1.5)


def test_lift_goes_to_the_top_at_once_and_the_next_touch_is_gentle():
    rig = Rig(load_person("average"), SOLE)
    rig.touch_down(25_000)
    rig.press.lift()
    assert rig.pulse_us == CALIBRATION.press_zero_us
    assert rig.press.state[TRAVEL] == 0
    lifting = []
    for _ in range(30):
        rig.advance()
        lifting.append(rig.force_n)
    assert lifting[-1] == 0.0
    assert lifting == sorted(lifting, reverse=True)
    assert max(rig.touch_down(8_000)) < 8.0 + FLOOR_N


def test_a_held_travel_is_reached_slowly_downward_and_fast_upward():
    rig = Rig(load_person("average"), SOLE)
    rig.x_m = 0.5
    travels = [0]
    for _ in range(60):
        rig.press.hold_travel(CALIBRATION.probe_travel_um)
        rig.advance()
        travels.append(rig.press.state[TRAVEL])
    assert max(later - sooner for sooner, later in pairwise(travels)) <= 500
    assert rig.travel_um == pytest.approx(CALIBRATION.probe_travel_um, abs=200)
    for _ in range(40):
        rig.press.hold_travel(0)
        rig.advance()
    assert rig.travel_um == pytest.approx(0.0, abs=200)


@given(
    st.lists(st.tuples(st.integers(0, 35_000), st.integers(-60_000, 1_000_000)), min_size=1, max_size=200),
    st.sampled_from([(200, 60_000), (1_200, 60_000), (5_000, 10_000)]),
)
def test_any_reading_keeps_travel_in_range_and_its_steps_bounded(ticks, stiffness_and_travel):
    rig = Rig(load_person("average"), SOLE)
    spring_mn_mm, max_um = stiffness_and_travel
    rig.press.state[SPRING], rig.press.state[TRAVEL_MAX] = spring_mn_mm, max_um
    before_um = 0
    for setpoint_mn, force_mn in ticks:
        rig.wild_mn = force_mn
        rig.press.tick(setpoint_mn)
        assert 0 <= rig.press.state[TRAVEL] <= max_um
        assert abs(rig.press.state[TRAVEL] - before_um) <= 1_000
        before_um = rig.press.state[TRAVEL]


def test_a_wild_reading_while_feeling_changes_no_remembered_contact():
    rig = Rig(load_person("average"), SOLE)
    rig.touch_down(8_000)
    rig.touch_down(0, LIFT_TICKS)
    learnt_um = rig.press.state[CONTACT]
    for _ in range(5):
        rig.tick(8_000)
    rig.wild_mn = 58_000
    rig.tick(8_000)
    assert rig.press.state[TOUCHING]
    assert rig.press.state[CONTACT] == learnt_um


@pytest.mark.parametrize("offset_mn", [-400, 400])
def test_a_sensor_with_a_zero_that_is_off_still_finds_the_foot(offset_mn):
    sound, off = (Rig(load_person("average"), SOLE) for _ in range(2))
    off.offset_mn = offset_mn
    for rig in (sound, off):
        for _ in range(400):
            rig.press.lift()
            rig.advance()
        for _ in range(4):
            rig.touch_down(10_000)
            rig.touch_down(0, LIFT_TICKS)
    assert off.press.state[ZERO] == pytest.approx(offset_mn, abs=30)
    assert sound.press.state[ZERO] == pytest.approx(0, abs=30)
    assert off.press.state[CONTACT] == pytest.approx(sound.press.state[CONTACT], abs=500)


def test_a_zero_beyond_that_of_any_sound_sensor_is_not_learnt():
    rig = Rig(load_person("average"), SOLE)
    for offset_mn in (2_000, 500, -600):
        rig.offset_mn = offset_mn
        for _ in range(400):
            rig.press.lift()
            rig.advance()
        assert -500 <= rig.press.state[ZERO] <= 500


def test_what_still_presses_while_the_roller_lifts_is_no_zero():
    rig = Rig(load_person("average"), SOLE)
    rig.touch_down(10_000)
    rig.offset_mn = 400
    for _ in range(50):
        rig.tick(0)
    assert rig.press.state[ZERO] == 0


def test_the_end_of_a_search_is_said_until_it_begins_again():
    rig = Rig(load_person("average"), SOLE)
    assert not rig.press.state[AT_END]
    while rig.press.state[TRAVEL] < CALIBRATION.sole_contact_um + SEARCH_UM:
        assert not rig.press.state[AT_END]
        rig.press.tick(8_000)
    assert rig.press.state[AT_END]
    rig.press.tick(0)
    assert not rig.press.state[AT_END]


def test_the_far_end_of_a_press_ends_its_search_too():
    rig = Rig(load_person("average"), SOLE, contact_um=CALIBRATION.press_travel_max_um)
    for _ in range(300):
        rig.press.tick(8_000)
    assert rig.press.state[AT_END]


def test_a_travel_that_is_held_is_no_search():
    rig = Rig(load_person("average"), SOLE, contact_um=0)
    for _ in range(300):
        rig.press.hold_travel(40_000)
    assert not rig.press.state[AT_END]


def test_contact_is_distinguished_from_noise():
    noise_max_mn = NOISE_N * 1000 * 3.47
    assert noise_max_mn < TOUCH_MN
    assert TOUCH_MN - noise_max_mn > LOST_MN
