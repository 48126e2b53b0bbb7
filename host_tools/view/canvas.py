"""The widget that shows one foot: sole and top side by side, redrawn only where something moved."""

import numpy as np
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from host_tools.view.feet import Toes, Touch, columns_for, paint_foot
from host_tools.view.pressure_trail import Glow
from host_tools.view.raster import SUB_COLUMNS, SUB_ROWS, Cells, Image, row_segments, to_cells
from host_tools.view.snapshot import FootView
from instep.axes import LEFT
from instep.units import PERMILLE

GAP_COLUMNS = 1
_ROWS_MAX = 48
# With fewer rows for two pictures, one larger picture is clearer.
_ROWS_FEW = 7
# With fewer rows a foot cannot be recognised.
ROWS_MIN = 4
_TOE_TECHNIQUES = ("pull", "slide")
GRIP_N = 0.2


def fit(width: int, height: int) -> tuple[int, int]:
    """Return rows and number of pictures (2: sole and top, 1: top) that fill `width` x `height` cells best.

    Rows are 0 where nothing recognisable fits.
    """

    def rows_for(pictures: int) -> int:
        rows = min(height, _ROWS_MAX)
        while rows > 0 and pictures * columns_for(rows) + (pictures - 1) * GAP_COLUMNS > width:
            rows -= 1
        return rows

    pair = rows_for(2)
    rows, pictures = (rows_for(1), 1) if pair < min(_ROWS_FEW, height) else (pair, 2)
    return (rows, pictures) if rows >= ROWS_MIN else (0, pictures)


def toes_of(foot: FootView) -> Toes | None:
    """Return the toe tool's position and grip, or None if it is clear of the toes."""
    busy = foot.technique in _TOE_TECHNIQUES or foot.grip_n >= GRIP_N or foot.reach_permille < PERMILLE
    return Toes(foot.toe_station, foot.reach_permille, foot.turn_deg, foot.grip_n) if busy else None


class FootCanvas(Widget):
    """Draw `foot` (LEFT or RIGHT); the pictures mirror each other so that the tops stand in the middle."""

    def __init__(self, foot: int) -> None:
        super().__init__()
        self._is_left = foot == LEFT
        self._glows = (Glow(), Glow())
        self._shown: FootView | None = None
        self._cells: Cells | None = None
        self.pictures: tuple[str, ...] = ()
        self.picture_columns = 0

    def show(self, foot: FootView, time_s: float) -> None:
        """Show `foot` as it is at `time_s` of machine time."""
        self._shown = foot
        self._glows[0].follow(time_s, foot.top_permille, foot.top_n)
        self._glows[1].follow(time_s, foot.sole_permille, foot.sole_n)
        self._draw()

    def _draw(self) -> None:
        old, self._cells = self._cells, self._paint()
        new = self._cells
        if new is None or old is None or new.glyph.shape != old.glyph.shape:
            self.refresh()
            return
        spans = [(row, new.changed_span(old, row)) for row in range(new.rows)]
        changed = [Region(span[0], row, span[1] - span[0], 1) for row, span in spans if span is not None]
        if changed:
            self.refresh(*changed)

    def _paint(self) -> Cells | None:
        width, height = self.size
        rows, count = fit(width, height)
        self.pictures = ()
        if self._shown is None or rows == 0:
            return None
        self.pictures = ("sole", "top") if count > 1 else ("top",)
        if not self._is_left:
            self.pictures = self.pictures[::-1]
        self.picture_columns = columns_for(rows)
        paper = self.background_colors[1].rgb
        image = np.empty((height * SUB_ROWS, width * SUB_COLUMNS, 3))
        image[:] = paper
        used = count * self.picture_columns + (count - 1) * GAP_COLUMNS
        column, row = (width - used) // 2, (height - rows) // 2
        for picture in self.pictures:
            x, y = column * SUB_COLUMNS, row * SUB_ROWS
            drawn = self._picture(self._shown, picture == "sole", rows, paper)
            image[y : y + drawn.shape[0], x : x + drawn.shape[1]] = drawn
            column += self.picture_columns + GAP_COLUMNS
        return to_cells(image)

    def _picture(self, foot: FootView, sole: bool, rows: int, paper: tuple[int, int, int]) -> Image:
        permille, force_n = (foot.sole_permille, foot.sole_n) if sole else (foot.top_permille, foot.top_n)
        touch = Touch(permille, force_n, self._glows[sole].trace)
        toes = None if sole else toes_of(foot)
        return paint_foot(
            rows, self.picture_columns, left=self._is_left, sole=sole, touch=touch, toes=toes, paper=paper
        )

    def on_resize(self, _event: events.Resize) -> None:
        """Redraw in the new size."""
        self._draw()

    def render_line(self, y: int) -> Strip:
        """Return row `y`."""
        cells = self._cells
        if cells is None or y >= cells.rows:
            return Strip.blank(self.size.width, self.rich_style)
        return Strip(row_segments(cells, y), int(cells.glyph.shape[1]))
