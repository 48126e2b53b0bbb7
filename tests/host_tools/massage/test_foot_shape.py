"""The foot on the grid of the dose."""

import numpy as np
import pytest

from host_tools.massage import foot_shape


def test_a_foot_looks_like_a_foot():
    inside = foot_shape.inside()
    u, v = foot_shape.grid()
    width = inside.sum(axis=1) * foot_shape.CELL

    def at(place):
        return width[np.argmin(np.abs(u - place))]

    assert 0.36 < at(0.29) < 0.42
    assert at(0.9) < at(0.29)
    arch_medial = v[inside[np.argmin(np.abs(u - 0.6))]].max()
    assert arch_medial < v[inside[np.argmin(np.abs(u - 0.28))]].max()
    assert u[inside.any(axis=1)][[0, -1]] == pytest.approx([0.0, 1.0], abs=0.01)
