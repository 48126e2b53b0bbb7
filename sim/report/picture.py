"""The picture of a session for the README: both feet with their dose, and the strokes that made it."""

from matplotlib.figure import Figure

from host_tools.html.palette import colour
from host_tools.html.pictures import CARD, SOFT, minutes_axis
from host_tools.trace.recording import Recording
from instep.axes import FEET, FOOT_NAMES, SOLE_STROKE, TOP_STROKE
from sim.report import dose_picture, reading, stroke_pictures, timeline

_SIZE_IN = (12.0, 5.0)
_ROWS = ((TOP_STROKE, "top", "ankle"), (SOLE_STROKE, "sole", "heel"))
_PLOT_LEFT, _PLOT_RIGHT = 0.545, 0.985
_MAX_LABELS = 9
_KEY_STEP = 0.058  # from one technique's name to the next, of the picture's width


def session_figure(recording: Recording) -> Figure:
    """Draw both soles and both feet from above at the left, and the strokes over time at the right."""
    figure = Figure(figsize=_SIZE_IN, facecolor=CARD)
    grid = figure.add_gridspec(
        6, 3, left=0.005, right=0.985, top=0.9, bottom=0.1, wspace=0.02, hspace=0.3, width_ratios=(1, 1, 2.15)
    )
    above, soles = figure.add_subplot(grid[:, 0]), figure.add_subplot(grid[:, 1])
    norm = dose_picture.pair(above, soles, recording)
    dose_picture.scale(figure, (0.115, 0.085, 0.24, 0.018), norm, "pressure dose, N·s/cm²")
    _over_time(figure, recording)
    _key(figure, recording)
    return figure


def _key(figure: Figure, recording: Recording) -> None:
    """Name the techniques in their colours above the bars."""
    for place, name in enumerate(reading.techniques_given(recording)):
        left = _PLOT_LEFT + place * _KEY_STEP
        figure.text(left, 0.945, "■", color=colour(name), fontsize=11, va="center")
        figure.text(left + 0.013, 0.945, name, color=SOFT, va="center")


def _over_time(figure: Figure, recording: Recording) -> None:
    grid = figure.add_gridspec(
        6,
        1,
        left=_PLOT_LEFT,
        right=_PLOT_RIGHT,
        top=0.9,
        bottom=0.1,
        hspace=0.22,
        height_ratios=(0.55, 1, 1, 0.55, 1, 1),
    )
    for foot in range(FEET):
        bars = figure.add_subplot(grid[3 * foot])
        timeline.foot_row(bars, recording, foot, 0, points_per_s=0.0)
        bars.set_xlim(0, max(reading.end_s(recording), 1.0))
        bars.set_ylim(0.6, -0.4)
        bars.axis("off")
        bars.text(-0.015, 0.6, f"{FOOT_NAMES[foot]} foot", transform=bars.transAxes, ha="right", fontweight="bold")
        for row, (axis, part, far) in enumerate(_ROWS):
            axes = figure.add_subplot(grid[3 * foot + 1 + row])
            place = reading.stroke_permille(recording, recording.measured, foot, axis)
            stroke_pictures.roller_row(axes, recording, foot, place, far)
            axes.text(-0.09, 0.5, part, transform=axes.transAxes, ha="right", va="center", color=SOFT)
            minutes_axis(axes, reading.end_s(recording), _MAX_LABELS)
            axes.tick_params(labelbottom=foot == FEET - 1 and row == 1)
            axes.spines["bottom"].set_visible(False)
