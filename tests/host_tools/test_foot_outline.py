"""The outline of a foot: toes in their order, gaps between them, a body that the toes stand on."""

import numpy as np
import pytest

from host_tools.foot_outline import GAPS, PADS, TOES, body_outline, gap_point, is_in_body, toe, toe_point


def test_toes_become_shorter_from_the_big_to_the_little_one_and_stand_side_by_side():
    tips = [toe_point(number, 1.0) for number in range(1, TOES + 1)]
    assert [u for u, _ in tips] == sorted(u for u, _ in tips)
    assert [v for _, v in tips] == sorted((v for _, v in tips), reverse=True)
    assert tips[0][0] == 0.0


@pytest.mark.parametrize("number", range(1, GAPS + 1))
@pytest.mark.parametrize("part", [0.0, 0.5, 1.0])
def test_a_gap_lies_between_its_toes(number, part):
    _, v = gap_point(number, part)
    assert toe_point(number, part)[1] > v > toe_point(number + 1, part)[1]


@pytest.mark.parametrize("number", range(1, TOES + 1))
def test_the_distance_to_a_toe_is_zero_at_its_tip_and_negative_inside(number):
    shape = toe(number)
    tip_u = shape.tip_u - shape.tip_radius
    at = np.array([tip_u - 0.01, tip_u, shape.tip_u])
    distance = shape.distance(at, np.full(3, shape.tip_v))
    assert distance == pytest.approx([0.01, 0.0, -shape.tip_radius], abs=0.004)
    assert shape.distance(at, np.full(3, shape.tip_v), slimmer=0.01) == pytest.approx(distance + 0.01)


def test_the_body_contains_its_pads_and_nothing_in_front_of_the_toes_bases():
    for pad in PADS:
        assert is_in_body(np.array([pad.u]), np.array([pad.v])).all()
    u, v = np.linspace(-0.1, 1.1, 241), np.linspace(-0.3, 0.3, 121)
    inside = is_in_body(u, v)
    rows = u[inside.any(axis=1)]
    assert rows.min() > 0.15 and rows.max() < 1.0
    assert not inside[:, [0, -1]].any()


def test_the_area_that_is_in_the_body_is_the_polygon_s():
    step = 1 / 400
    u, v = np.arange(-0.1, 1.1, step), np.arange(-0.3, 0.3, step)
    polygon = body_outline()
    after = np.roll(polygon, -1, axis=0)
    area = abs(float((polygon[:, 0] * after[:, 1] - after[:, 0] * polygon[:, 1]).sum())) / 2
    assert is_in_body(u, v).sum() * step**2 == pytest.approx(area, rel=0.005)
