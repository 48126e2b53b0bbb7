"""Draw samples of a stack as a flame picture: a bar for each function, as wide as its time, above what it calls."""

from collections import Counter
from collections.abc import Mapping

from host_tools.board.canvas import text_width
from host_tools.docs.diagram import Diagram

_WIDTH, _MARGIN, _ROW, _TOP = 1200.0, 16.0, 20.0, 44.0
_SIZE, _TITLE = 10.0, 13.0
_WIDTH_MIN = 1.0  # narrower bars are left out
_FILLS = ("board", "pad")  # by turns, so that neighbours differ

Stack = tuple[str, ...]


def flame_picture(samples: Mapping[Stack, int], us_a_sample: float, title: str) -> str:
    """Return the picture as SVG; a stack of `samples` has its outermost function first."""
    rows = max(len(stack) for stack in samples)
    picture = Diagram(_WIDTH, _TOP + rows * _ROW + _MARGIN)
    picture.text(_MARGIN, 22, title, bold=True, size=_TITLE)
    scale = (_WIDTH - 2 * _MARGIN) / sum(samples.values())
    _draw(picture, samples, 0, _MARGIN, scale, us_a_sample)
    return picture.as_svg()


def _draw(
    picture: Diagram, samples: Mapping[Stack, int], depth: int, left: float, scale: float, us_a_sample: float
) -> None:
    """Draw the functions at a depth, the longest first, each with what it calls below it."""
    whole: Counter[str] = Counter()
    for stack, count in samples.items():
        if len(stack) > depth:
            whole[stack[depth]] += count
    for index, (name, count) in enumerate(whole.most_common()):
        width = count * scale
        if width < _WIDTH_MIN:
            return
        top = _TOP + depth * _ROW
        us = count * us_a_sample
        picture.bar(left, top, width, _ROW - 1, _FILLS[(depth + index) % len(_FILLS)], f"{name}: {us:.0f} us")
        if text_width(name, _SIZE) < width:
            picture.text(left + 3, top + _ROW / 2, name, size=_SIZE)
        inside = {stack: times for stack, times in samples.items() if len(stack) > depth and stack[depth] == name}
        _draw(picture, inside, depth + 1, left, scale, us_a_sample)
        left += width
