import pytest

from instep.axes import (
    HIGH,
    HOLD_ARCH,
    HOME,
    SOLE_PRESS,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
    TOP_STROKE,
    toe_station,
)
from instep.stroke.foot_scaling import FOOT_MAX_UM, FOOT_MIN_UM, STATION_PERMILLE, FootLengths, roller_way_um
from instep.stroke.lanes import lane_place
from instep.stroke.program import REACH_CLEAR
from tests.firmware.step_lanes import lane, scale_of

LENGTH_UM = 250_000
PRESS_MAX_MN = 35_000


def target(
    axis: int,
    value: int,
    force: int = 1000,
    station: int = 0,
    press_max_mn: int = PRESS_MAX_MN,
    length_um: int = LENGTH_UM,
) -> int:
    return lane_place(scale_of(length_um, station, force, press_max_mn), lane(axis, value), 0)


@pytest.mark.parametrize(
    ("axis", "value", "expected"),
    [
        (TOP_STROKE, 1000, 200_000),
        (TOP_STROKE, 500, 100_000),
        (SOLE_STROKE, 1000, 250_000),
        (TOP_PRESS, 2500, 25_000),
        (TOE_SELECT, 8, 8_000),
        (TOE_REACH, 0, 0),
        (TOE_REACH, 1000, 42_000),
        (TOE_REACH, REACH_CLEAR, HOME[TOE_REACH]),
        (TOE_TURN, -80, -80),
        (TOE_GRIP, 350, 3_500),
        (HOLD_ARCH, 1000, 10_000),
    ],
)
def test_program_units_become_axis_units(axis, value, expected):
    assert target(axis, value) == expected


def test_intensity_scales_rollers_and_grip_but_not_the_holds():
    assert target(SOLE_PRESS, 1000, force=1300) == 13_000
    assert target(TOE_GRIP, 300, force=600) == 1_800
    assert target(HOLD_ARCH, 1000, force=600) == 10_000


def test_a_force_is_cut_at_the_most_a_roller_may_press_and_at_the_axis():
    assert target(SOLE_PRESS, 2500, press_max_mn=10_000) == 10_000
    assert target(SOLE_PRESS, 3500, force=1300) == HIGH[SOLE_PRESS]


def test_the_longest_foot_fits_every_axis():
    stations = range(len(STATION_PERMILLE))
    reach = max(target(TOE_REACH, 1000, station=station, length_um=FOOT_MAX_UM) for station in stations)
    assert reach < HOME[TOE_REACH] == HIGH[TOE_REACH]
    for roller in (TOP_STROKE, SOLE_STROKE):
        assert target(roller, 1000, length_um=FOOT_MAX_UM) < HIGH[roller]


@pytest.mark.parametrize("length_um", [FOOT_MIN_UM, 259_999, FOOT_MAX_UM])
def test_a_roller_s_way_ends_where_its_lanes_lead_at_most(length_um):
    for roller in (TOP_STROKE, SOLE_STROKE):
        assert roller_way_um(roller, length_um) == target(roller, 1000, length_um=length_um)


def test_a_gap_is_as_deep_as_the_shorter_of_its_toes():
    for toe in range(1, 5):
        gap = STATION_PERMILLE[toe_station(toe) + 1]
        assert gap == min(STATION_PERMILLE[toe_station(toe)], STATION_PERMILLE[toe_station(toe + 1)])


@pytest.mark.parametrize("length_um", [FOOT_MIN_UM - 1, FOOT_MAX_UM + 1])
def test_a_foot_outside_the_machine_is_refused_with_its_range(length_um):
    with pytest.raises(ValueError, match="allowed 203000 to 323000"):
        FootLengths(LENGTH_UM, length_um)
