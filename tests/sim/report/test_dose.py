"""The pressure dose: nothing is lost, and it lies where the roller was."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.massage import foot_shape
from host_tools.massage.dose import cell_cm2
from instep.axes import (
    AXES_PER_FOOT,
    HOME,
    SOLE_STROKE,
    TICKS_PER_S,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOP_STROKE,
    toe_station,
)
from instep.stroke.foot_scaling import STATION_PERMILLE
from sim.report import (
    dose,
    reading,
)
from tests.sim import synthetic


def still(recording, foot, **axes):
    """Return a 10 s recording in which nothing moves and the named columns of one foot have constant values."""
    samples = 10 * TICKS_PER_S // recording.ticks_per_sample
    short = {
        name: getattr(recording, name)[:samples]
        for name in (
            *("tick", "setpoint", "skin_c", "element_c", "foot_c", "state", "technique"),
            *("track_mn", "said_mn", "said_skin_c", "said_element_c"),
        )
    }
    measured = np.zeros_like(recording.measured[:samples])
    for axis, value in axes.pop("measured", {}).items():
        measured[:, foot * AXES_PER_FOOT + axis] = value
    force = np.zeros_like(recording.force_mn[:samples])
    for roller, value in axes.pop("force_mn", {}).items():
        force[:, roller] = value
    return replace(recording, **short, measured=measured, force_mn=force)


@given(place_permille=st.integers(0, 1000), foot=st.sampled_from([0, 1]), newton=st.integers(1, 35))
def test_no_newton_second_of_a_roller_is_lost(place_permille, foot, newton):
    held = still(
        BASE,
        foot,
        measured={SOLE_STROKE: round(place_permille * reading.length_mm(BASE, foot))},
        force_mn={2 * foot + 1: newton * 1000},
    )
    total = dose.roller_dose(held, foot, SOLE_STROKE).sum() * cell_cm2(reading.length_mm(BASE, foot))
    assert total == pytest.approx(newton * 10.0, rel=1e-9)
    assert dose.roller_dose(held, foot, TOP_STROKE).sum() == 0
    assert dose.roller_dose(held, 1 - foot, SOLE_STROKE).sum() == 0


@given(place_permille=st.integers(0, 1000))
def test_dose_lies_under_the_roller_and_on_the_foot_only(place_permille):
    length_mm = reading.length_mm(BASE, 0)
    held = still(BASE, 0, measured={SOLE_STROKE: round(place_permille * length_mm)}, force_mn={1: 20_000})
    view = dose.roller_dose(held, 0, SOLE_STROKE)
    assert not view[~foot_shape.inside()].any()
    u, _ = foot_shape.grid()
    rows = u[view.any(axis=1)]
    assert np.abs(rows - place_permille / 1000).max() < 0.075


@pytest.mark.parametrize("toe", range(1, 6))
def test_the_grip_on_a_toe_is_drawn_on_that_toe(toe):
    station = toe_station(toe)
    reach_um = round(reading.length_mm(BASE, 0) * STATION_PERMILLE[station] / 2)
    held = still(BASE, 0, measured={TOE_SELECT: station * 1000, TOE_REACH: reach_um, TOE_GRIP: 3000})
    view = dose.toe_dose(held, 0)
    assert view.sum() * cell_cm2(reading.length_mm(BASE, 0)) == pytest.approx(30.0, rel=1e-9)
    assert not view[foot_shape.toe_distance(toe) > 0].any()
    assert dose.toe_dose(held, 1).sum() == 0


def test_a_finger_at_home_presses_on_nothing():
    at_home = still(BASE, 0, measured={TOE_REACH: HOME[TOE_REACH], TOE_GRIP: 100})
    assert dose.toe_dose(at_home, 0).sum() == 0


def test_a_roller_presses_softer_on_more_skin():
    across_ball = still(BASE, 0, measured={SOLE_STROKE: 75_000}, force_mn={1: 20_000})
    across_arch = still(BASE, 0, measured={SOLE_STROKE: 170_000}, force_mn={1: 20_000})
    assert dose.roller_dose(across_ball, 0, SOLE_STROKE).max() < dose.roller_dose(across_arch, 0, SOLE_STROKE).max()


BASE = synthetic.session(minutes=1.0)
