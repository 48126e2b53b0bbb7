"""A drawing with curved arrows, in the colours of the wiring drawings for light and dark pages."""

from itertools import pairwise

import drawsvg

from host_tools.board.canvas import Canvas

_HEAD_LENGTH = 9.0
_HEAD_WIDTH = 4.5

Point = tuple[float, float]


class Diagram(Canvas):
    """A canvas with curved arrows that lead downward, level ones, and bars."""

    def arrow(self, points: list[Point], ink: str, title: str = "") -> None:
        """Draw a smooth line through points from top to bottom, with a head at its end and a title to hover over."""
        end_x, end_y = points[-1]
        stops = [*points[:-1], (end_x, end_y - _HEAD_LENGTH)]
        path = drawsvg.Path(class_=f"wire line-{ink}").M(*stops[0])
        for (x, y), (next_x, next_y) in pairwise(stops):
            middle = (y + next_y) / 2
            path.C(x, middle, next_x, middle, next_x, next_y)
        if title:
            path.append_title(title)
        self._drawing.append(path)
        left, right, base = end_x - _HEAD_WIDTH, end_x + _HEAD_WIDTH, end_y - _HEAD_LENGTH
        self._drawing.append(drawsvg.Lines(left, base, right, base, end_x, end_y, close=True, class_=f"fill-{ink}"))

    def arrow_level(self, start: float, end: float, y: float, ink: str) -> None:
        """Draw a straight level arrow at height `y`, to the right or to the left."""
        base = end - _HEAD_LENGTH if end > start else end + _HEAD_LENGTH
        self.line([(start, y), (base, y)], ink)
        top, bottom = y - _HEAD_WIDTH, y + _HEAD_WIDTH
        self._drawing.append(drawsvg.Lines(base, top, base, bottom, end, y, close=True, class_=f"fill-{ink}"))

    def bar(self, left: float, top: float, width: float, height: float, fill: str, title: str = "") -> None:
        """Draw a rectangle with sharp corners and a title to hover over."""
        shape = drawsvg.Rectangle(left, top, width, height, class_=f"fill-{fill}")
        if title:
            shape.append_title(title)
        self._drawing.append(shape)
