"""Pictures as terminal cells."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from host_tools.view.feet import columns_for
from host_tools.view.raster import GLYPHS, Cells, row_segments, to_cells
from tests.host_tools.view.painted import foot


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, len(GLYPHS) - 1), min_size=6, max_size=6))
def test_a_picture_of_two_colours_is_drawn_to_the_sub_pixel(glyphs) -> None:
    ink, paper = (240, 120, 40), (20, 40, 80)
    image = np.empty((4, 6, 3))
    for cell, glyph in enumerate(glyphs):
        row, column = 2 * (cell // 3), 2 * (cell % 3)
        for spot, is_ink in enumerate([0, glyph >> 2 & 1, glyph >> 1 & 1, glyph & 1]):
            image[row + spot // 2, column + spot % 2] = ink if is_ink else paper
    cells = to_cells(image)
    assert cells.glyph.ravel().tolist() == glyphs
    assert set(cells.paper.ravel().tolist()) == {0x142850}
    assert {int(code) for code, glyph in zip(cells.ink.ravel(), glyphs, strict=True) if glyph} <= {0xF07828}


def test_a_row_of_cells_becomes_joined_segments_of_its_width() -> None:
    cells = to_cells(foot(14, 300, left=True, sole=False))
    for row in range(cells.rows):
        segments = row_segments(cells, row)
        assert sum(len(segment.text) for segment in segments) == columns_for(14)
        assert all(one.style != two.style for one, two in pairwise(segments))


def test_only_the_columns_that_changed_are_named() -> None:
    old = Cells(np.zeros((2, 9), int), np.zeros((2, 9), int), np.zeros((2, 9), int))
    paper = old.paper.copy()
    paper[1, 3], paper[1, 6] = 5, 6
    new = Cells(old.glyph, old.ink, paper)
    assert new.changed_span(old, 0) is None
    assert new.changed_span(old, 1) == (3, 7)
