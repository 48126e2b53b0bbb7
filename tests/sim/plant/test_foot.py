"""The simulated foot: equilibrium of spring and tissue, shape, continuity, pressure."""

import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.axes import LEFT, RIGHT
from instep.stroke.foot_scaling import TOP_PERMILLE
from sim.people import load_person, names
from sim.plant.foot import (
    ARCH_U,
    BALL_U,
    HEEL_U,
    SOLE,
    TOP,
    WAIST_U,
    Well,
    contact_m2,
    force_n,
    heel_end,
    indentation_m,
    pack_foot,
    press,
    probe_offset_m,
    rise_share,
    root,
    sensed_mn,
    smooth,
    stiffness_n_m,
    surface_m,
)
from sim.plant.noise import seeded

FIGURES = tomllib.loads((Path(__file__).parents[3] / "boards" / "reference" / "servo.toml").read_text("utf-8"))
WELL = Well.from_toml(FIGURES)
TRAVEL_MAX_M = FIGURES["press"]["travel_max_um"] / 1e6
FEET = {name: pack_foot(load_person(name), LEFT, WELL) for name in names()}
AVERAGE = load_person("average")
SIDES = (TOP, SOLE)
FIRM_N = 25.0
HARD_STOP_PA = 100_000.0
FIRM_AREA_M2 = 6e-4

PEOPLE = st.sampled_from(names())
SIDE = st.sampled_from(SIDES)
SHARES = st.floats(0.0, 1.05)
TRAVELS_M = st.floats(0.0, TRAVEL_MAX_M)


def way_m(name: str, side: int) -> float:
    return load_person(name).length_left_mm / 1000 * (TOP_PERMILLE / 1000 if side == TOP else 1.0)


@given(PEOPLE, SIDE, SHARES, TRAVELS_M)
def test_spring_and_tissue_balance(name, side, share, travel_m):
    foot = FEET[name]
    x_m = share * way_m(name, side)
    depth_m = indentation_m(foot, side, x_m, travel_m)
    beyond_m = travel_m - surface_m(foot, side, x_m)
    force, _ = press(foot, side, x_m, travel_m)
    if beyond_m <= 0.0:
        assert (force, depth_m) == (0.0, 0.0)
    else:
        assert WELL.spring_n_m * (beyond_m - depth_m) == pytest.approx(force, rel=1e-9, abs=1e-9)
        assert 0.0 <= depth_m <= beyond_m


@given(PEOPLE, SIDE, SHARES, st.floats(0.0, TRAVEL_MAX_M - 1e-4))
def test_a_tenth_of_a_millimetre_changes_the_force_by_no_more_than_the_spring_does(name, side, share, travel_m):
    foot = FEET[name]
    x_m = share * way_m(name, side)
    soft, hard = press(foot, side, x_m, travel_m)[0], press(foot, side, x_m, travel_m + 1e-4)[0]
    assert 0.0 <= hard - soft <= WELL.spring_n_m * 1e-4 + 1e-9


@given(PEOPLE, SIDE, st.floats(-0.02, 0.38), TRAVELS_M)
def test_a_tenth_of_a_millimetre_along_the_foot_makes_no_jump(name, side, x_m, travel_m):
    foot = FEET[name]
    steepest, tissue_changes_n = 2.0, 0.2  # slope of the heel's back; softer or tougher tissue underneath
    here, there = press(foot, side, x_m, travel_m)[0], press(foot, side, x_m + 1e-4, travel_m)[0]
    assert abs(there - here) <= WELL.spring_n_m * 1e-4 * steepest + tissue_changes_n


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", names())
def test_the_surface_is_a_fine_grained_continuous_line(name, side):
    places_m = np.arange(-0.02, 0.38, 1e-5)
    heights_m = np.array([surface_m(FEET[name], side, x_m) for x_m in places_m])
    assert np.abs(np.diff(heights_m)).max() <= 2.0 * 1e-5 + 1e-12


def test_a_known_spring_tissue_and_travel_give_the_force_worked_out_by_hand():
    foot = pack_foot(replace(AVERAGE, heel_n_per_mm=6.0, stiffening_per_mm=0.5), LEFT, WELL)
    x_m = 0.85 * foot[0]
    over_m = 0.002 + 24.0 / WELL.spring_n_m  # at 2 mm: 6 N/mm x 2 mm x (1 + 0.5 x 2) = 24 N
    force, pressure_pa = press(foot, SOLE, x_m, surface_m(foot, SOLE, x_m) + over_m)
    assert force == pytest.approx(24.0)
    area_m2 = 2 * np.sqrt(0.017**2 - 0.015**2) * 0.040  # chord of the 17 mm roller at 2 mm, 40 mm wide
    assert pressure_pa == pytest.approx(24.0 / area_m2)


@given(st.floats(1e-6, 1e6), st.floats(1e-3, 1e6), st.floats(0.0, 1e3))
def test_the_root_solves_its_quadratic(square, linear, constant):
    found = root(square, linear, constant)
    assert found >= 0.0
    assert square * found * found + linear * found == pytest.approx(constant, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", names())
def test_the_sole_is_near_at_ball_and_heel_and_away_at_the_arch(name):
    foot = FEET[name]
    length_m = foot[0]
    person = load_person(name)
    for near_u in (BALL_U, HEEL_U):
        assert surface_m(foot, SOLE, near_u * length_m) == pytest.approx(WELL.sole_plane_m)
    arch_m = surface_m(foot, SOLE, ARCH_U * length_m) - WELL.sole_plane_m
    assert arch_m == pytest.approx(person.arch_height_mm / 1000)
    assert surface_m(foot, SOLE, 0.0) > WELL.sole_plane_m


@pytest.mark.parametrize("name", names())
def test_the_top_rises_from_the_toes_over_the_instep(name):
    foot = FEET[name]
    person = load_person(name)

    def height_mm(share: float) -> float:
        x_m = share * foot[0]
        return float((WELL.top_rail_m + WELL.top_rail_slope * x_m - surface_m(foot, TOP, x_m)) * 1000)

    assert height_mm(0.0) == pytest.approx(person.toe_height_mm)
    assert height_mm(WAIST_U) == pytest.approx(person.instep_height_mm)
    assert all(height_mm(share) < height_mm(share + 0.01) for share in np.arange(0.0, 0.8, 0.01))


def test_the_rise_is_a_share():
    assert (rise_share(-0.1), rise_share(0.0), rise_share(0.85)) == (0.0, 0.0, 1.0)


def test_beyond_the_heels_end_there_is_no_contact():
    for name in names():
        for behind_m in np.arange(0.035, 0.150, 0.005):
            assert press(FEET[name], SOLE, way_m(name, SOLE) + behind_m, TRAVEL_MAX_M) == (0.0, 0.0)


def test_the_heels_end_is_an_arc_then_its_tangent():
    assert heel_end(-0.01, 0.035) == 0.0
    assert heel_end(0.021, 0.035) == pytest.approx(0.035 - 0.028)  # 21, 28, 35: a right triangle
    assert heel_end(0.050, 0.035) - heel_end(0.045, 0.035) == pytest.approx(0.010)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", names())
def test_lifted_rollers_clear_every_foot(name, side):
    for x_m in np.arange(-0.02, 0.34, 0.002):
        if x_m <= way_m(name, side):
            assert surface_m(FEET[name], side, x_m) > 0.004


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", names())
def test_firm_strokes_stay_under_the_hard_stop_on_six_square_centimetres_or_more(name, side):
    foot = FEET[name]
    for share in np.arange(0.0, 1.0, 0.01):
        x_m = share * way_m(name, side)
        stiffness = stiffness_n_m(foot, side, x_m)
        depth_m = root(stiffness * AVERAGE.stiffening_per_mm * 1000, stiffness, FIRM_N)
        assert force_n(foot, side, x_m, depth_m) == pytest.approx(FIRM_N)
        assert contact_m2(foot, depth_m) >= FIRM_AREA_M2
        assert FIRM_N / contact_m2(foot, depth_m) < HARD_STOP_PA


def test_contact_grows_with_indentation():
    areas = [contact_m2(FEET["average"], depth_m) for depth_m in np.arange(0.0, 0.010, 0.001)]
    assert areas[0] == 0.0
    assert areas == sorted(set(areas))


@pytest.mark.parametrize("name", names())
def test_the_sole_is_softest_at_the_arch_and_toughest_at_the_heel(name):
    foot = FEET[name]
    stiffness = [stiffness_n_m(foot, SOLE, share * foot[0]) for share in np.arange(0.0, 1.0, 0.01)]
    assert int(np.argmin(stiffness)) == round(ARCH_U * 100)
    assert int(np.argmax(stiffness)) >= round(HEEL_U * 100)


def test_left_and_right_foot_have_their_own_lengths():
    left, right = pack_foot(AVERAGE, LEFT, WELL), pack_foot(AVERAGE, RIGHT, WELL)
    assert (left[0], right[0]) == (AVERAGE.length_left_mm / 1000, AVERAGE.length_right_mm / 1000)
    assert np.array_equal(left[1:], right[1:])


@pytest.mark.parametrize("name", names())
def test_the_probe_offset_is_where_the_heel_gives_the_threshold(name):
    foot = FEET[name]
    travel_m = FIGURES["press"]["probe_travel_um"] / 1e6
    contact_m = foot[0] - probe_offset_m(foot, travel_m, 1.2, 0.0)
    assert press(foot, SOLE, contact_m, travel_m)[0] == pytest.approx(1.2, rel=1e-6)


def test_usual_contact_heights_are_the_average_foots_at_the_toes():
    press_figures = FIGURES["press"]
    assert surface_m(FEET["average"], TOP, 0.0) * 1e6 == pytest.approx(press_figures["top_contact_um"], abs=100)
    assert surface_m(FEET["average"], SOLE, 0.0) * 1e6 == pytest.approx(press_figures["sole_contact_um"], abs=100)


@given(st.floats(-1.0, 2.0))
def test_a_smooth_step_stays_between_nothing_and_all_and_is_symmetric(u):
    assert 0.0 <= smooth(u, 0.2, 0.8) <= 1.0
    assert smooth(u, 0.2, 0.8) + smooth(1.0 - u, 0.2, 0.8) == pytest.approx(1.0)


def test_the_force_sensor_is_centred_and_as_noisy_as_asked():
    states = seeded(1, 1)
    readings = np.array([sensed_mn(8.0, 0.06, states, 0) for _ in range(4_000)])
    assert readings.mean() == pytest.approx(8_000, abs=5)
    assert readings.std() == pytest.approx(60, rel=0.05)
    assert sensed_mn(-0.0004, 0.0, states, 0) == 0
