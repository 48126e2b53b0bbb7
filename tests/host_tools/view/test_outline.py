"""The masks of a foot: five toes, each visible, on the right side."""

import numpy as np
import pytest

from host_tools.foot_outline import GAPS, TOES
from host_tools.view.feet import columns_for
from host_tools.view.outline import shape, toe_spot


def test_the_big_toe_of_both_tops_is_on_the_inner_side() -> None:
    left = shape(48, 2 * columns_for(24), True)
    right = shape(48, 2 * columns_for(24), False)
    middle = left.foot.shape[1] // 2
    assert left.toes[0][:, :middle].sum() == 0 < left.toes[0][:, middle:].sum()
    assert right.toes[0][:, middle:].sum() == 0 < right.toes[0][:, :middle].sum()


@pytest.mark.parametrize("rows", [14, 24])
def test_five_toes_have_a_visible_gap_between_each_two(rows: int) -> None:
    form = shape(2 * rows, 2 * columns_for(rows), False)
    runs = 0
    for row in form.foot[form.y[:, 0] < 0.2]:
        inside = np.concatenate([[False], row > 0.5])
        runs = max(runs, int((np.diff(inside.astype(int)) == 1).sum()))
    assert runs == TOES


@pytest.mark.parametrize("gap", range(GAPS))
def test_the_tool_in_a_gap_stands_between_its_two_toes_and_goes_to_the_base(gap: int) -> None:
    inner_x, tip_y = toe_spot(2.0 * gap, 1000)
    outer_x, _ = toe_spot(2.0 * gap + 2, 1000)
    gap_x, gap_y = toe_spot(2.0 * gap + 1, 1000)
    assert inner_x < gap_x < outer_x
    assert gap_y >= tip_y
    assert toe_spot(2.0 * gap + 1, 0)[1] > gap_y + 0.05
