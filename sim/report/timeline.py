"""The time line: the session's states, and the techniques and strokes of each foot."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from host_tools.html.palette import colour
from host_tools.html.pictures import CARD, FIGURE_WIDTH_IN, INK, LINE, minutes_axis
from host_tools.trace.recording import Recording
from instep.axes import FOOT_NAMES
from sim.report import reading
from sim.report.reading import Span

_BAR = 0.62
_POINTS_PER_CHARACTER = 4.7
_POINTS_PER_IN = 72


def timeline(recording: Recording) -> Figure:
    """Draw three bars over time: states, left foot, right foot; a tick under a bar is the start of a stroke."""
    figure = Figure(figsize=(FIGURE_WIDTH_IN, 1.9))
    axes = figure.subplots()
    figure.subplots_adjust(left=0.075, right=0.98, top=0.97, bottom=0.17)
    width_pt = FIGURE_WIDTH_IN * _POINTS_PER_IN * 0.92 / max(reading.end_s(recording), 1.0)
    states = reading.state_spans(recording)
    _bars(axes, 0, states, [LINE] * len(states), INK, width_pt)
    for foot in range(len(FOOT_NAMES)):
        foot_row(axes, recording, foot, 1 + foot, width_pt)
    axes.set_ylim(2.62, -0.42)
    axes.set_yticks(range(3), ["session", *(f"{name} foot" for name in FOOT_NAMES)])
    axes.tick_params(axis="y", length=0, labelcolor=INK)
    axes.spines["left"].set_visible(False)
    minutes_axis(axes, reading.end_s(recording))
    return figure


def foot_row(axes: Axes, recording: Recording, foot: int, row: float, points_per_s: float) -> None:
    """Draw one foot's techniques as bars at `row`, with a tick under the bar at each stroke's start."""
    spans = reading.technique_spans(recording, foot)
    _bars(axes, row, spans, [colour(span.name) for span in spans], CARD, points_per_s)
    for stroke in reading.strokes(recording):
        if stroke.foot == foot:
            low = row + _BAR / 2 + 0.03
            axes.plot([stroke.start_s] * 2, [low, low + 0.11], color=colour(stroke.technique), linewidth=0.7)


def _bars(axes: Axes, row: float, spans: Sequence[Span], tints: list[str], text: str, points_per_s: float) -> None:
    for span, tint in zip(spans, tints, strict=True):
        width_s = span.end_s - span.start_s
        axes.barh(row, width_s, _BAR, span.start_s, color=tint, edgecolor=CARD, linewidth=0.6)
        if width_s * points_per_s > len(span.name) * _POINTS_PER_CHARACTER:
            axes.text(span.start_s + width_s / 2, row, span.name, color=text, ha="center", va="center", fontsize=7.0)
