"""The pictures of a foot: roller, toes and tool stand where the numbers say."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host_tools.foot_outline import TOES
from host_tools.view.feet import Toes, columns_for
from host_tools.view.outline import shape
from host_tools.view.raster import Image
from tests.host_tools.view.painted import FIRM_N, PAPER, foot

SIZES = (8, 14, 24)


def _roller_row(image: Image) -> float:
    """Return the middle of what stands out from the paper at the picture's side, where only the roller reaches."""
    side = np.abs(image[:, 1] - PAPER).sum(axis=1)
    return float((side * np.arange(side.size)).sum() / side.sum())


@pytest.mark.parametrize("rows", SIZES)
@pytest.mark.parametrize("sole", [False, True])
@pytest.mark.parametrize("left", [False, True])
def test_the_drawn_roller_moves_toward_the_heel_with_every_permille_step(rows: int, sole: bool, left: bool) -> None:
    places = [_roller_row(foot(rows, permille, left=left, sole=sole)) for permille in range(0, 1001, 50)]
    assert all(later > earlier for earlier, later in pairwise(places))


def test_the_sole_roller_ends_nearer_to_the_heel_than_the_top_roller() -> None:
    assert _roller_row(foot(24, 1000, left=True, sole=True)) > _roller_row(foot(24, 1000, left=True, sole=False)) + 6


@settings(max_examples=40, deadline=None)
@given(
    rows=st.sampled_from(SIZES),
    sole=st.booleans(),
    permille=st.floats(0, 1000),
    force_n=st.floats(0, 60),
    station=st.floats(0, 8),
    reach=st.floats(0, 1600),
)
def test_left_and_right_are_mirror_images(rows, sole, permille, force_n, station, reach) -> None:
    toes = Toes(station, reach, 0.0, 3.0)
    left, right = (foot(rows, permille, left=left, sole=sole, toes=toes, force_n=force_n) for left in (True, False))
    assert np.allclose(left, right[:, ::-1])
    assert not np.allclose(left, right)


@pytest.mark.parametrize("rows", SIZES)
@pytest.mark.parametrize("toe", range(TOES))
def test_the_gripped_toe_is_highlighted_and_no_other(rows: int, toe: int) -> None:
    free = foot(rows, 600, left=False, sole=False)
    held = foot(rows, 600, left=False, sole=False, toes=Toes(2.0 * toe, 500.0, 0.0, 5.0))
    form = shape(2 * rows, 2 * columns_for(rows), False)
    change = np.abs(held - free).sum(axis=2)
    changes = [float((change * mask).sum() / mask.sum()) for mask in form.toes]
    assert max(range(TOES), key=lambda number: changes[number]) == toe


def test_a_lifted_roller_is_drawn_fainter_than_a_firm_one() -> None:
    lifted, firm = (foot(24, 500, left=True, sole=True, force_n=force_n) for force_n in (0.0, FIRM_N))
    assert np.abs(lifted[:, 1] - PAPER).sum() < 0.6 * np.abs(firm[:, 1] - PAPER).sum()
