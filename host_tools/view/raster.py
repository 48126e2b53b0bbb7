"""Pictures as terminal cells: four sub-pixels a cell, drawn with quadrant blocks in two colours."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

Image = NDArray[np.float64]
Codes = NDArray[np.int64]

SUB_ROWS = 2
SUB_COLUMNS = 2

# By glyph: which of top right, bottom left, bottom right are ink; top left is always paper (else colours are swapped).
GLYPHS = " ▗▖▄▝▐▞▟"
_INK = np.array([[0, number >> 2 & 1, number >> 1 & 1, number & 1] for number in range(len(GLYPHS))], dtype=float)
_INK_COUNT = np.maximum(_INK.sum(axis=1), 1.0)
_PAPER_COUNT = 4.0 - _INK.sum(axis=1)
# A glyph must fit the picture this much better (squared 8-bit steps) than plain paper, so that surfaces stay even.
_CALM = np.array([40.0, 0, 0, 20, 0, 20, 0, 0])
# Colours are rounded to this step: not visible, but fewer cells change and more styles are shared.
_STEP = 4


@dataclass(frozen=True)
class Cells:
    """A picture of (rows, columns) cells: index into GLYPHS, ink and paper as 0xRRGGBB."""

    glyph: Codes
    ink: Codes
    paper: Codes

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return int(self.glyph.shape[0])

    def changed_span(self, other: "Cells", row: int) -> tuple[int, int] | None:
        """Return first and last+1 column in which `row` differs from `other`'s, or None when it is the same."""
        differs = (
            (self.glyph[row] != other.glyph[row])
            | (self.ink[row] != other.ink[row])
            | (self.paper[row] != other.paper[row])
        )
        columns = np.flatnonzero(differs)
        return (int(columns[0]), int(columns[-1]) + 1) if columns.size else None


def _pack(colours: Image) -> Codes:
    steps = np.minimum(np.rint(colours / _STEP) * _STEP, 255.0).astype(np.int64)
    packed: Codes = steps[..., 0] << 16 | steps[..., 1] << 8 | steps[..., 2]
    return packed


def to_cells(image: Image) -> Cells:
    """Turn an image (rows * 2, columns * 2, RGB 0-255) into cells, each with the glyph that fits it best."""
    rows, columns = image.shape[0] // SUB_ROWS, image.shape[1] // SUB_COLUMNS
    blocks = image.reshape(rows, SUB_ROWS, columns, SUB_COLUMNS, 3).transpose(0, 2, 1, 3, 4)
    quads = blocks.reshape(rows, columns, SUB_ROWS * SUB_COLUMNS, 3)
    ink_sum = np.einsum("gs,rcsk->rcgk", _INK, quads)
    paper_sum = quads.sum(axis=2)[:, :, None, :] - ink_sum
    # The squared error of a split is smallest where the squared sums over their counts are greatest.
    fit = (ink_sum**2).sum(axis=-1) / _INK_COUNT + (paper_sum**2).sum(axis=-1) / _PAPER_COUNT + _CALM
    glyph = fit.argmax(axis=-1)
    best = glyph[..., None, None]
    ink = np.take_along_axis(ink_sum, best, axis=2)[:, :, 0] / _INK_COUNT[glyph][..., None]
    paper = np.take_along_axis(paper_sum, best, axis=2)[:, :, 0] / _PAPER_COUNT[glyph][..., None]
    return Cells(glyph, np.where(glyph == 0, 0, _pack(ink)), _pack(paper))


@lru_cache(maxsize=8192)
def _style(ink: int, paper: int) -> Style:
    return Style.from_color(*(Color.from_rgb(code >> 16, code >> 8 & 255, code & 255) for code in (ink, paper)))


def row_segments(cells: Cells, row: int) -> list[Segment]:
    """Return one row of cells as segments, neighbours of one style joined."""
    segments: list[Segment] = []
    text, last = "", (-1, -1)
    columns = zip(cells.glyph[row].tolist(), cells.ink[row].tolist(), cells.paper[row].tolist(), strict=True)
    for glyph, ink, paper in columns:
        if (ink, paper) != last and text:
            segments.append(Segment(text, _style(*last)))
            text = ""
        text, last = text + GLYPHS[glyph], (ink, paper)
    if text:
        segments.append(Segment(text, _style(*last)))
    return segments
