"""Pictures of the strokes: the whole session row by row, and one stroke of each technique close up."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from host_tools.html.palette import colour
from host_tools.html.pictures import FIGURE_WIDTH_IN, INK, LINE, SOFT, label_left, minutes_axis
from host_tools.trace.recording import Recording
from instep.axes import (
    FEET,
    FOOT_NAMES,
    HOLD_HEEL,
    HOME,
    SOLE_PRESS,
    SOLE_STROKE,
    STATIONS,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.stroke.foot_scaling import STATION_PERMILLE
from instep.stroke.program import REST, TECHNIQUES
from instep.units import MILLI, MN_PER_N, PERMILLE, UM_PER_MM
from sim.report import reading
from sim.report.reading import Floats, Stroke, axis_column

_ROLLER_ROWS = (("top", TOP_STROKE, "ankle"), ("sole", SOLE_STROKE, "heel"))
_TOE_TECHNIQUES = ("pull", "slide")
_AWAY_PERMILLE = 2.0  # a roller nearer to the tips than this is at home
_LANE_SHARE = 0.85  # how much of a toe's lane its travel fills
_MOVING_SHARE = 0.02  # of the stroke's maximum speed: a slower part is a turning point, neither out nor back
_SPACE_BETWEEN_FEET = 0.28  # of a row
_SHORTEST_S = 0.5  # a stroke that was cut shorter than this is not drawn
_CLOSE_UP_ORDER = tuple(name for name in TECHNIQUES if name != TECHNIQUES[REST])


def overview(recording: Recording) -> Figure:
    """Draw where every roller and the toe carriage were, over the whole session, coloured by technique."""
    figure = Figure(figsize=(FIGURE_WIDTH_IN, 6.2))
    heights = (1, 1, 1, _SPACE_BETWEEN_FEET, 1, 1, 1)
    rows = figure.subplots(len(heights), 1, sharex=True, gridspec_kw={"hspace": 0.24, "height_ratios": heights})
    figure.subplots_adjust(left=0.1, right=0.98, top=0.955, bottom=0.055)
    rows[3].set_visible(False)
    for foot in range(FEET):
        for row, (part, axis, far) in enumerate(_ROLLER_ROWS):
            place = reading.stroke_permille(recording, recording.measured, foot, axis)
            roller_row(rows[4 * foot + row], recording, foot, place, far)
            label_left(rows[4 * foot + row], part)
        toe_row(rows[4 * foot + 2], recording, foot)
        label_left(rows[4 * foot + 2], "toes")
        rows[4 * foot].set_title(f"{FOOT_NAMES[foot].capitalize()} foot", pad=5)
    minutes_axis(rows[-1], reading.end_s(recording))
    return figure


def roller_row(axes: Axes, recording: Recording, foot: int, place: Floats, far: str) -> None:
    """Draw one roller's place over time, toe tips at the top of the row as on the foot."""
    axes.set_ylim(1060, -60)
    axes.set_yticks([0, 1000], ["tips", far])
    axes.tick_params(length=0)
    axes.axhline(0, color=LINE, linewidth=0.6)
    axes.axhline(PERMILLE, color=LINE, linewidth=0.6)
    time_s = reading.times_s(recording)
    axes.plot(time_s, place, color=SOFT, linewidth=0.5)
    by_technique(axes, recording, foot, np.where(place > _AWAY_PERMILLE, place, np.nan))


def toe_row(axes: Axes, recording: Recording, foot: int) -> None:
    """Draw the toe carriage: one lane per toe and gap, filled from the base toward the tip."""
    station = np.rint(axis_column(recording.measured, foot, TOE_SELECT) / MILLI).astype(np.int64)
    station = np.clip(station, 0, STATIONS - 1)
    length_um = reading.length_mm(recording, foot) * UM_PER_MM * np.array(STATION_PERMILLE) / PERMILLE
    reach_um = axis_column(recording.measured, foot, TOE_REACH)
    part = np.clip(reach_um / length_um[station], 0.0, 1.0)
    axes.set_ylim(STATIONS + 0.2, -0.2)
    axes.set_yticks([0.5, STATIONS - 0.5], ["big", "little"])
    axes.tick_params(length=0)
    for lane in range(STATIONS + 1):
        axes.axhline(lane, color=LINE, linewidth=0.35)
    is_reaching = reach_um < HOME[TOE_REACH] - reading.AWAY_UM
    by_technique(axes, recording, foot, np.where(is_reaching, station + 1 - _LANE_SHARE * part, np.nan))


def by_technique(axes: Axes, recording: Recording, foot: int, values: Floats) -> None:
    """Draw `values` over time, each technique's part in its colour; NaN and times without a technique stay empty."""
    time_s = reading.times_s(recording)
    for index, name in enumerate(recording.technique_names):
        here = recording.technique[:, foot] == index
        if here.any():
            axes.plot(time_s, np.where(here, values, np.nan), color=colour(name), linewidth=1.2)


def close_ups(recording: Recording) -> Figure:
    """Draw one stroke of each technique: the way out and back above, the force below."""
    chosen = [stroke for name in _CLOSE_UP_ORDER if (stroke := _typical(recording, name)) is not None]
    figure = Figure(figsize=(FIGURE_WIDTH_IN, 4.0))
    grid = figure.subplots(2, max(len(chosen), 1), squeeze=False, gridspec_kw={"hspace": 0.16, "wspace": 0.36})
    figure.subplots_adjust(left=0.055, right=0.995, top=0.90, bottom=0.105)
    for column, stroke in enumerate(chosen):
        _close_up(grid[0, column], grid[1, column], recording, stroke)
    grid[1, 0].set_ylabel("force, N")
    return figure


def _typical(recording: Recording, technique: str) -> Stroke | None:
    """Return the second stroke of a technique on its first foot, or the only one."""
    found = [stroke for stroke in reading.strokes(recording) if stroke.technique == technique]
    foot = min((stroke.foot for stroke in found), default=None)
    found = [stroke for stroke in found if stroke.foot == foot and stroke.end_s - stroke.start_s > _SHORTEST_S]
    return found[min(1, len(found) - 1)] if found else None


def _close_up(above: Axes, below: Axes, recording: Recording, stroke: Stroke) -> None:
    time_s = reading.times_s(recording)
    here = reading.during(recording, stroke)
    since_s = time_s[here] - stroke.start_s
    place, asked = (values[here] for values in _place(recording, stroke))
    force, wanted = (values[here] for values in _force(recording, stroke))
    tint = colour(stroke.technique)
    above.set_title(f"{stroke.technique} · {FOOT_NAMES[stroke.foot]}", color=tint)
    above.plot(since_s, asked, color=SOFT, linewidth=0.9, linestyle=(0, (2, 2)))
    above.plot(since_s, place, color=tint, linewidth=1.8)
    below.fill_between(since_s, force, color=tint, alpha=0.18, linewidth=0)
    below.plot(since_s, wanted, color=SOFT, linewidth=0.9, linestyle=(0, (2, 2)))
    below.plot(since_s, force, color=tint, linewidth=1.3)
    if stroke.technique in _TOE_TECHNIQUES:
        _mark_grip(below, since_s, force, stroke)
    else:
        _mark_ways(below, since_s, asked, force)
    below.set_ylim(0, max(float(force.max(initial=0.0)), float(wanted.max(initial=0.0)), 1.0) * 1.35)
    _place_axis(above, recording, stroke, place)
    below.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    for axes in (above, below):
        axes.set_xlim(0, float(since_s[-1]))
        axes.grid(axis="y")
        axes.tick_params(length=0)
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    above.tick_params(labelbottom=False)
    below.set_xlabel("s")


def _mark_grip(axes: Axes, since_s: Floats, force: Floats, stroke: Stroke) -> None:
    """Name the force of a toe technique: the grip on the toe, or the holder at the heel.

    A grip is 1 to 5 N, so whole newtons would hide a third of it.
    """
    maximum = float(force.max(initial=0.0))
    held = force > maximum / 2
    if held.any():
        words = f"{'grip' if stroke.technique == 'pull' else 'heel held'}\n{maximum:.1f} N"
        _above(axes, float(since_s[held].mean()), maximum, words)


def _mark_ways(axes: Axes, since_s: Floats, asked: Floats, force: Floats) -> None:
    """Write the mean force on the way out and on the way back where the roller moves."""
    speed = np.gradient(asked) if len(asked) > 1 else np.zeros_like(asked)
    threshold = _MOVING_SHARE * float(np.abs(speed).max(initial=0.0))
    for word, moving in (("out", speed > threshold), ("back", speed < -threshold)):
        if moving.any():
            words = f"{word}\n{float(force[moving].mean()):.0f} N"
            _above(axes, float(since_s[moving].mean()), float(force[moving].max()), words)


def _above(axes: Axes, at_s: float, value: float, words: str) -> None:
    axes.annotate(words, (at_s, value), (0, 4), textcoords="offset points", ha="center", color=INK)


def _place(recording: Recording, stroke: Stroke) -> tuple[Floats, Floats]:
    """Return measured and set position: per mille of the foot for rollers, mm from the base for toes."""
    column: Callable[[NDArray[np.int32]], Floats]
    if stroke.technique in _TOE_TECHNIQUES:

        def column(table: NDArray[np.int32]) -> Floats:
            return axis_column(table, stroke.foot, TOE_REACH) / UM_PER_MM
    else:
        axis = _stroke_axis(recording, stroke)

        def column(table: NDArray[np.int32]) -> Floats:
            return reading.stroke_permille(recording, table, stroke.foot, axis)

    return column(recording.measured), column(recording.setpoint)


def _force(recording: Recording, stroke: Stroke) -> tuple[Floats, Floats]:
    """Return the force that belongs to a technique: its roller, the toe grip or the hand at the heel."""
    axis = {"pull": TOE_GRIP, "slide": HOLD_HEEL}.get(stroke.technique)
    if axis is None:
        axis = TOP_PRESS if _stroke_axis(recording, stroke) == TOP_STROKE else SOLE_PRESS
    setpoint = axis_column(recording.setpoint, stroke.foot, axis) / MN_PER_N
    if axis in (TOP_PRESS, SOLE_PRESS):
        return recording.force_mn[:, 2 * stroke.foot + (axis == SOLE_PRESS)] / MN_PER_N, setpoint
    return axis_column(recording.measured, stroke.foot, axis) / MN_PER_N, setpoint


def _stroke_axis(recording: Recording, stroke: Stroke) -> int:
    """Return the axis of the roller that goes the longer way in a stroke, the sole's if both go as far."""
    here = reading.during(recording, stroke)
    ways = {
        axis: np.ptp(axis_column(recording.setpoint, stroke.foot, axis)[here]) for axis in (SOLE_STROKE, TOP_STROKE)
    }
    return max(ways, key=ways.__getitem__)


def _place_axis(axes: Axes, recording: Recording, stroke: Stroke, place: Floats) -> None:
    """Label the position: tips to ankle or heel for a roller, mm from the toe's base for the toes."""
    if stroke.technique in _TOE_TECHNIQUES:
        axes.set_ylim(-2.0, float(place.max(initial=0.0)) * 1.12 + 1.0)
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.set_ylabel("mm from the base")
    else:
        axes.set_ylim(-60.0, 1120.0)
        far = "ankle" if _stroke_axis(recording, stroke) == TOP_STROKE else "heel"
        axes.set_yticks([0, 250, 500, 750, 1000], ["tips", "250 ‰", "500 ‰", "750 ‰", far])
