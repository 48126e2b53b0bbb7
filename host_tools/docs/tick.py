"""The picture `docs/tick.svg`: what a tick calls, in the order of the source, and how much of its 10 ms it takes."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from host_tools.docs.calls import Call, tick_calls
from host_tools.docs.diagram import Diagram

_FIGURES = Path(__file__).with_name("tick_times.toml")
_TICK_MS = 10

_INKS = {
    "hal": "muted",
    "guard": "heat",
    "panel": "light",
    "link": "analogue",
    "session": "encoder",
    "stroke": "safety",
    "drive": "bus",
    "storage": "motor",
    "persistence": "motor",
}
_WIDTH, _MARGIN = 900.0, 24.0
_SCALE_TOP, _BAR, _BAR_ROW = 56.0, 18.0, 30.0
_ROW, _COLUMNS = 24.0, 2
_ROOM_WIDTH = 96.0
_TITLE, _TEXT, _SMALL = 15.0, 12.0, 10.5


@cache
def figures() -> dict[str, Any]:
    """Return the measured times and how they were measured."""
    return tomllib.loads(_FIGURES.read_text(encoding="utf-8"))


def steps() -> list[Call]:
    """Return the calls of a tick, one after another; a repeated one once, conditional if each of them is."""
    calls = tick_calls()
    always = {call.name for call in calls if not call.is_conditional}
    return list(dict.fromkeys(Call(call.room, call.name, call.name not in always) for call in calls))


def render() -> str:
    """Return the picture as SVG."""
    return draw().as_svg()


def draw() -> Diagram:
    """Return the picture: the scale of 10 ms with whole ticks in it, and below the calls in their order."""
    listed = steps()
    rows = -(-len(listed) // _COLUMNS)
    top = _SCALE_TOP + _BAR_ROW * len(figures()["whole_ms"]) + 84
    picture = Diagram(_WIDTH, top + rows * _ROW + 44)
    picture.text(_MARGIN, 22, f"How much of {_TICK_MS} ms a tick takes", bold=True, size=_TITLE)
    picture.text(_WIDTH - _MARGIN, 22, figures()["measured"], "muted", _SMALL, "end")
    _draw_times(picture)
    picture.text(_MARGIN, top - 26, "What it calls, in this order", bold=True, size=_TITLE)
    for index, step in enumerate(listed):
        column, row = divmod(index, rows)
        left = _MARGIN + column * (_WIDTH - 2 * _MARGIN) / _COLUMNS
        _draw_step(picture, step, index + 1, left, top + row * _ROW)
    words = "in brackets: only if there is a reason in this tick"
    picture.text(_MARGIN, top + rows * _ROW + 16, words, "muted", _SMALL)
    return picture


def _draw_times(picture: Diagram) -> None:
    """Draw a bar for each measured tick on the scale, and the slow work that the rest leaves room for."""
    whole: dict[str, float] = figures()["whole_ms"]
    bottom = _SCALE_TOP + _BAR_ROW * len(whole)
    for mark in range(0, _TICK_MS + 1, 2):
        picture.line([(_x(mark), _SCALE_TOP - 4), (_x(mark), bottom)], "supply")
        picture.text(_x(mark), bottom + 10, f"{mark} ms", "muted", _SMALL, "middle")
    for index, (words, ms) in enumerate(whole.items()):
        y = _SCALE_TOP + index * _BAR_ROW + _BAR_ROW / 2
        picture.bar(_x(0), y - _BAR / 2, _x(ms) - _x(0), _BAR, "bus", f"{ms} ms")
        picture.bar(_x(ms), y - _BAR / 2, _x(_TICK_MS) - _x(ms), _BAR, "board", "until the next tick")
        picture.text(_x(ms) + 8, y, f"{ms} ms {words}", "ink", _TEXT)
    picture.text(
        _x(_TICK_MS) - 8, _SCALE_TOP + _BAR_ROW / 2, "slow work: display, link, storage", "muted", _SMALL, "end"
    )


def _draw_step(picture: Diagram, step: Call, number: int, left: float, y: float) -> None:
    ink = _INKS.get(step.room, "ink")
    picture.text(left + 20, y, str(number), "muted", _SMALL, "end")
    picture.bar(left + 28, y - 6, 6, 12, ink)
    picture.text(left + 42, y, step.room, ink, _TEXT, bold=True)
    picture.text(left + 42 + _ROOM_WIDTH, y, f"({step.name})" if step.is_conditional else step.name, "ink", _TEXT)


def _x(ms: float) -> float:
    return _MARGIN + (_WIDTH - 2 * _MARGIN) * ms / _TICK_MS
