"""The pressure dose as a heat map on outlines of both feet: from above, the soles, the toes close up."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize, PowerNorm
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse
from matplotlib.ticker import MaxNLocator

from host_tools import foot_outline
from host_tools.html.palette import colour
from host_tools.html.pictures import CARD, FIGURE_WIDTH_IN, SOFT
from host_tools.massage import foot_shape
from host_tools.trace.recording import Recording
from instep.axes import FOOT_NAMES, SOLE_STROKE, TOE_GRIP, TOE_REACH, TOE_SELECT, TOP_STROKE, gap_station, toe_station
from instep.stroke.foot_scaling import STATION_PERMILLE
from instep.units import MILLI, PERMILLE, UM_PER_MM
from sim.report import dose
from sim.report.reading import Floats, axis_column, length_mm

# From skin to deep plum: lightness falls evenly, so that it also reads in grey.
HEAT = LinearSegmentedColormap.from_list(
    "instep_heat", ("#f7e6da", "#f6bd97", "#ee8262", "#d2484f", "#98225b", "#4e1650")
)
_HALF_PAIR_V = 0.475
_GAP_V = 0.245  # from the middle of the pair to the middle of each foot
_TOES_U = (-0.02, 0.27)
_TOES_V = (-0.225, 0.225)
_EXTENT = (foot_shape.V_MIN, foot_shape.V_MAX, foot_shape.U_MAX, foot_shape.U_MIN)
_SCALE_STEPS = 4
_SCALE_QUANTILE = 0.995
_SCALE_POWER = 0.65  # below 1 shows light strokes beside the ends, where a roller rests
_NAIL_COLOUR = "#fff6ef"
_LEG = "#e9d0c0"
_EDGE = "#7c5a4c"


def dose_picture(recording: Recording) -> Figure:
    """Draw three views of both feet with a scale each for rollers and toe grip."""
    figure = Figure(figsize=(FIGURE_WIDTH_IN, 5.0))
    above, soles, toes = figure.subplots(1, 3, gridspec_kw={"wspace": 0.05, "width_ratios": (1.08, 1.08, 1)})
    figure.subplots_adjust(left=0.005, right=0.995, top=0.93, bottom=0.14)
    for axes, title in ((above, "From above"), (soles, "Soles"), (toes, "Toes")):
        middle = (axes.get_position().x0 + axes.get_position().x1) / 2
        figure.text(middle, 0.955, title, ha="center", fontsize=10, fontweight="bold")
    roller_scale = pair(above, soles, recording)
    toe_scale = _toes(toes, recording)
    scale(figure, (0.18, 0.085, 0.32, 0.02), roller_scale, "N·s/cm² under the rollers")
    scale(figure, (0.74, 0.085, 0.2, 0.02), toe_scale, "N·s/cm² in the toe grip")
    return figure


def pair(above: Axes, soles: Axes, recording: Recording) -> Normalize:
    """Draw both feet from above and both soles on one scale, and return the scale."""
    top = [dose.roller_dose(recording, foot, TOP_STROKE) for foot in range(2)]
    sole = [dose.roller_dose(recording, foot, SOLE_STROKE) for foot in range(2)]
    norm = _norm(top + sole)
    for foot in range(2):
        _foot(above, foot, top[foot], norm)
        _from_above(above, foot)
        _foot(soles, foot, sole[foot], norm)
        _sole_pads(soles, foot)
    for axes in (above, soles):
        _bare(axes, (-_HALF_PAIR_V, _HALF_PAIR_V), (foot_shape.U_MAX - 0.01, foot_shape.U_MIN - 0.04))
        for foot, name in enumerate(FOOT_NAMES):
            axes.text(_centre(foot), foot_shape.U_MIN - 0.01, name, ha="center", color=SOFT)
    return norm


def _toes(axes: Axes, recording: Recording) -> Normalize:
    """Draw the toes of both feet close up, one foot above the other, with the counts of pulls and slides."""
    grips = [dose.toe_dose(recording, foot) for foot in range(2)]
    norm = _norm(grips)
    axes.axis("off")
    for foot in range(2):
        inset = axes.inset_axes((0.0, 0.5 - 0.5 * foot, 1.0, 0.47))
        _foot(inset, foot, grips[foot], norm, centre=0.0)
        _nails(inset, foot, 0.0)
        _counts(inset, recording, foot)
        _bare(inset, _TOES_V, (_TOES_U[1], _TOES_U[0] - 0.03))
        inset.text(0.0, 0.97, FOOT_NAMES[foot], transform=inset.transAxes, color=SOFT, va="top")
    return norm


def _foot(axes: Axes, foot: int, view: Floats, norm: Normalize, centre: float | None = None) -> None:
    """Draw one foot's dose inside its outline; the big toe is on the inner side of the pair."""
    at = _centre(foot) if centre is None else centre
    distance = foot_shape.foot_distance()
    pixels = HEAT(norm(view))
    pixels[..., 3] = np.clip(0.5 - distance / foot_shape.CELL, 0.0, 1.0)
    rows, columns = foot_shape.grid()
    side = _side(foot)
    left, right, bottom, top = _EXTENT
    axes.imshow(pixels, extent=(at + side * left, at + side * right, bottom, top), interpolation="bilinear")
    axes.contour(at + side * columns, rows, distance, levels=[0.0], colors=[_EDGE], linewidths=1.1)


def _from_above(axes: Axes, foot: int) -> None:
    """Draw the parts seen from above: nails, and the leg where it meets the foot."""
    at, side = _centre(foot), _side(foot)
    _nails(axes, foot, at)
    for part, colour_of_part, width in ((foot_outline.LEG, HEAT(0.0), 1.1), (foot_outline.LEG_MIDDLE, _LEG, 0.6)):
        patch = _ellipse(part, at, side)
        patch.set(facecolor=colour_of_part, edgecolor=_EDGE, linewidth=width)
        axes.add_patch(patch)


def _sole_pads(axes: Axes, foot: int) -> None:
    """Draw the parts seen from below: the pads of the toes, the ball and the heel."""
    at, side = _centre(foot), _side(foot)
    for number in range(1, foot_outline.TOES + 1):
        shape = foot_outline.toe(number)
        place = (at + side * shape.tip_v, shape.tip_u + 0.006)
        width = 1.55 * shape.tip_radius
        axes.add_patch(Ellipse(place, width, 1.15 * width, fill=False, edgecolor=_EDGE, linewidth=0.6, alpha=0.4))
    for part in foot_outline.PADS:
        pad = _ellipse(part, at, side)
        pad.set(fill=False, edgecolor=_EDGE, linewidth=0.6, alpha=0.4)
        axes.add_patch(pad)


def _ellipse(spot: foot_outline.Ellipse, at: float, side: int) -> Ellipse:
    """Return the patch of a spot; `at` is the foot's middle in the picture."""
    return Ellipse((at + side * spot.v, spot.u), 2 * spot.half_v, 2 * spot.half_u, angle=side * spot.tilt_deg)


def _nails(axes: Axes, foot: int, at: float) -> None:
    for number in range(1, foot_outline.TOES + 1):
        u, v = foot_outline.toe_point(number, 0.82)
        width = 1.15 * foot_outline.toe(number).tip_radius
        place = (at + _side(foot) * v, u)
        axes.add_patch(
            Ellipse(place, width, 1.1 * width, facecolor=_NAIL_COLOUR, edgecolor=_EDGE, linewidth=0.5, alpha=0.55)
        )


def _counts(axes: Axes, recording: Recording, foot: int) -> None:
    """Write the number of pulls on each toe and of slides in each gap."""
    side = _side(foot)
    for number in range(1, foot_outline.TOES + 1):
        count = pulls(recording, foot, number)
        if count:
            u, v = foot_outline.toe_point(number, 0.35)
            _count(axes, side * v, u, count, "pull")
    for number in range(1, foot_outline.TOES):
        count = slides(recording, foot, number)
        if count:
            (tip_u, tip_v), (u, v) = foot_outline.gap_point(number, 1.0), foot_outline.gap_point(number, -0.1)
            axes.plot(
                [side * tip_v, side * v], [tip_u, u], color=colour("slide"), linewidth=1.4, solid_capstyle="round"
            )
            _count(axes, side * v, u + 0.02, count, "slide")


def _count(axes: Axes, across: float, along: float, count: int, technique: str) -> None:
    badge = {"boxstyle": "circle,pad=0.28", "facecolor": CARD, "edgecolor": colour(technique), "linewidth": 1.1}
    axes.text(
        across, along, str(count), ha="center", va="center", fontsize=7, color=colour(technique), bbox=badge, zorder=5
    )


def pulls(recording: Recording, foot: int, toe: int) -> int:
    """Count how often the grip closed on a toe (1-5)."""
    gripped = axis_column(recording.setpoint, foot, TOE_GRIP) > 0
    return _rises(gripped & (_station(recording, foot) == toe_station(toe)))


def slides(recording: Recording, foot: int, gap: int) -> int:
    """Count how often the finger came into the inner half of a gap (1-4)."""
    station = gap_station(gap)
    half_um = length_mm(recording, foot) * UM_PER_MM * STATION_PERMILLE[station] / PERMILLE / 2
    inside = axis_column(recording.setpoint, foot, TOE_REACH) < half_um
    return _rises(inside & (_station(recording, foot) == station))


def _station(recording: Recording, foot: int) -> Floats:
    station: Floats = np.rint(axis_column(recording.setpoint, foot, TOE_SELECT) / MILLI)
    return station


def _rises(states: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> int:
    return int(np.count_nonzero(states[1:] & ~states[:-1]))


def scale(figure: Figure, place: tuple[float, float, float, float], norm: Normalize, words: str) -> None:
    """Draw the colour scale of a dose at `place` (left, bottom, width, height as shares of the figure)."""
    axes = figure.add_axes(place)
    bar = figure.colorbar(ScalarMappable(norm, HEAT), cax=axes, orientation="horizontal")
    bar.outline.set_visible(False)
    bar.locator = MaxNLocator(_SCALE_STEPS)
    bar.set_label(words)
    axes.tick_params(length=0)


def _norm(views: list[Floats]) -> Normalize:
    """Return a scale that covers nearly all of the touched skin; the few spots beyond it get the darkest colour."""
    touched = np.concatenate([view[view > 0] for view in views])
    maximum = float(np.quantile(touched, _SCALE_QUANTILE)) if len(touched) else 1.0
    return PowerNorm(_SCALE_POWER, 0.0, maximum, clip=True)


def _bare(axes: Axes, across: tuple[float, float], along: tuple[float, float]) -> None:
    axes.set_xlim(*across)
    axes.set_ylim(*along)
    axes.set_aspect("equal")
    axes.axis("off")


def _centre(foot: int) -> float:
    return _GAP_V if foot else -_GAP_V


def _side(foot: int) -> int:
    """Return the side of the big toe: +1 (right) on the left foot, -1 (left) on the right foot."""
    return -1 if foot else 1
