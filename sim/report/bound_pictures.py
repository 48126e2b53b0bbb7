"""Pictures of force and temperature with their limits."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from host_tools.html.palette import colour
from host_tools.html.pictures import DANGER, FIGURE_WIDTH_IN, INK, SOFT, WARN, minutes_axis
from host_tools.trace.recording import Recording
from host_tools.words import clock
from instep.axes import FEET, FOOT_NAMES, SOLE_PRESS, TOP_PRESS
from instep.units import MN_PER_N
from sim.report import bounds, reading
from sim.report.reading import Floats, axis_column
from sim.report.words import max_force_n

_FORCE_TOP_N = 68.0
_PEAK_NOTE_N = 47.0  # between the two limits, where there is no other text
_BINS = 1500  # about two per pixel of the picture
_TEMPERATURE_MARGIN_C = 2.0
_MAX_TICKS = 10
_SHADE = 0.10
# A sensor is drawn beside the truth where it is farther from it than a sound one, by noise and tolerance.
_FORCE_APART_N = 4.0
_SKIN_APART_K = 2.0
_PARTS = (("top", TOP_PRESS), ("sole", SOLE_PRESS))


def force(recording: Recording) -> Figure:
    """Draw set and true force of both rollers of each foot, with the axis limit and the hard stop."""
    figure = Figure(figsize=(FIGURE_WIDTH_IN, 4.6))
    rows = figure.subplots(2, 1, sharex=True, gridspec_kw={"hspace": 0.2})
    figure.subplots_adjust(left=0.05, right=0.98, top=0.94, bottom=0.08)
    time_s = reading.times_s(recording)
    for foot in range(FEET):
        axes = rows[foot]
        axes.set_title(f"{FOOT_NAMES[foot].capitalize()} foot")
        axes.set_ylabel("N")
        for index, (part, axis) in enumerate(_PARTS):
            true_n = recording.force_mn[:, 2 * foot + index] / MN_PER_N
            set_n = axis_column(recording.setpoint, foot, axis) / MN_PER_N
            axes.fill_between(*reading.peaks(time_s, true_n, _BINS), color=colour(part), alpha=0.25, linewidth=0)
            axes.plot(*reading.peaks(time_s, true_n, _BINS), color=colour(part), linewidth=0.9, label=f"{part} roller")
            _mark_sensor(axes, time_s, true_n, recording.said_mn[:, 2 * foot + index] / MN_PER_N, _FORCE_APART_N)
            _mark_track(axes, time_s, recording.track_mn[:, 2 * foot + index] / MN_PER_N)
            pressing = np.where(set_n > 0, set_n, np.nan)
            axes.plot(time_s, pressing, color=INK, linewidth=0.7, label="set" if index else None)
        _limit(axes, bounds.AXIS_LIMIT_N, WARN, f"{bounds.AXIS_LIMIT_N:.0f} N  maximum set force")
        _limit(axes, bounds.HARD_STOP_N, DANGER, f"{bounds.HARD_STOP_N:.0f} N  hard stop")
        axes.axhspan(bounds.HARD_STOP_N, _FORCE_TOP_N + 100, color=DANGER, alpha=_SHADE, linewidth=0)
        rollers = slice(2 * foot, 2 * foot + 2)
        felt_mn = np.maximum(recording.force_mn[:, rollers], recording.track_mn[:, rollers])
        _mark_peak(axes, time_s, felt_mn.max(axis=1) / MN_PER_N, "N")
        axes.set_ylim(0, max(_FORCE_TOP_N, max_force_n(recording) * 1.1))
        axes.tick_params(length=0)
    rows[0].legend(loc="lower right", bbox_to_anchor=(1.0, 0.98), ncols=3, handlelength=1.2, borderaxespad=0)
    minutes_axis(rows[1], reading.end_s(recording))
    return figure


def temperature(recording: Recording) -> Figure:
    """Draw the skin side with set point, maximum set point and trip; the heater element below."""
    figure = Figure(figsize=(FIGURE_WIDTH_IN, 5.2))
    skin, element = figure.subplots(2, 1, sharex=True, gridspec_kw={"hspace": 0.22, "height_ratios": (2, 1)})
    figure.subplots_adjust(left=0.05, right=0.98, top=0.94, bottom=0.08)
    time_s = reading.times_s(recording)
    for foot, name in enumerate(FOOT_NAMES):
        skin.plot(time_s, recording.skin_c[:, foot], color=colour(name), linewidth=1.5, label=f"{name} skin side")
        skin.plot(
            time_s, recording.foot_c[:, foot], color=colour(name), linewidth=0.9, alpha=0.55, label=f"{name} foot"
        )
        said_c = recording.said_skin_c[:, foot]
        _mark_sensor(skin, time_s, recording.skin_c[:, foot], said_c, _SKIN_APART_K)
        element.plot(time_s, recording.element_c[:, foot], color=colour(name), linewidth=1.0)
    skin.yaxis.set_major_locator(MaxNLocator(_MAX_TICKS, integer=True, steps=(1, 2, 5, 10)))
    element.yaxis.set_major_locator(MaxNLocator(_MAX_TICKS // 2, integer=True))
    _skin_bands(skin, recording)
    _limit(element, bounds.ELEMENT_TRIP_C, DANGER, f"{bounds.ELEMENT_TRIP_C:.0f} °C  trip", is_below=True)
    element.axhspan(bounds.ELEMENT_TRIP_C, 200, color=DANGER, alpha=_SHADE, linewidth=0)
    lowest = min(float(recording.element_c.min(initial=20.0)), float(recording.foot_c.min(initial=20.0)))
    element.set_ylim(lowest - _TEMPERATURE_MARGIN_C, bounds.ELEMENT_TRIP_C + 2 * _TEMPERATURE_MARGIN_C)
    skin.set_title("Skin side of the well, and the foot itself")
    element.set_title("Heater element")
    for axes in (skin, element):
        axes.set_ylabel("°C")
        axes.grid(axis="y")
        axes.tick_params(length=0)
    skin.legend(loc="lower right", bbox_to_anchor=(1.0, 0.98), ncols=4, handlelength=1.4, borderaxespad=0)
    minutes_axis(element, reading.end_s(recording))
    return figure


def _mark_sensor(axes: Axes, time_s: Floats, true: NDArray[Any], said: NDArray[Any], apart: float) -> None:
    """Draw a sensor's reading where it differs from the truth."""
    lies = np.where(np.abs(said - true) > apart, said, np.nan)
    if np.isfinite(lies).any():
        axes.plot(time_s, lies, color=SOFT, linewidth=1.0, linestyle=(0, (1, 1)))


def _mark_track(axes: Axes, time_s: Floats, track_n: Floats) -> None:
    """Draw the force on an obstacle in a roller's way."""
    if float(track_n.max(initial=0.0)) > 0.0:
        axes.plot(*reading.peaks(time_s, track_n, _BINS), color=DANGER, linewidth=1.2)


def _skin_bands(axes: Axes, recording: Recording) -> None:
    lowest = min(float(recording.skin_c.min(initial=30.0)), float(recording.foot_c.min(initial=30.0)))
    highest = max(bounds.SKIN_TRIP_C, float(recording.skin_c.max(initial=0.0)))
    axes.set_ylim(lowest - _TEMPERATURE_MARGIN_C, highest + _TEMPERATURE_MARGIN_C)
    axes.axhspan(bounds.SET_POINT_MAX_C, bounds.SKIN_TRIP_C, color=WARN, alpha=_SHADE, linewidth=0)
    axes.axhspan(bounds.SKIN_TRIP_C, 200, color=DANGER, alpha=_SHADE, linewidth=0)
    _limit(axes, bounds.SET_POINT_MAX_C, WARN, f"{bounds.SET_POINT_MAX_C:.0f} °C  maximum set point", is_below=True)
    _limit(axes, bounds.SKIN_TRIP_C, DANGER, f"{bounds.SKIN_TRIP_C:.0f} °C  trip")
    if recording.target_c > 0:
        axes.axhline(recording.target_c, color=SOFT, linewidth=1.0, linestyle=(0, (4, 3)))
        _note(axes, recording.target_c, f"{recording.target_c:.0f} °C  set point", SOFT, is_right=True)


def _limit(axes: Axes, value: float, tint: str, words: str, *, is_below: bool = False) -> None:
    axes.axhline(value, color=tint, linewidth=1.1)
    _note(axes, value, words, tint, is_below=is_below)


def _note(axes: Axes, value: float, words: str, tint: str, *, is_below: bool = False, is_right: bool = False) -> None:
    """Write `words` at a level's line, by default above it at the left."""
    axes.annotate(
        words,
        (0.994 if is_right else 0.006, value),
        (0, -3 if is_below else 3),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="right" if is_right else "left",
        va="top" if is_below else "bottom",
        color=tint,
    )


def _mark_peak(axes: Axes, time_s: Floats, values: Floats, unit: str) -> None:
    if len(values) == 0 or float(values.max()) <= 0:
        return
    at = int(np.argmax(values))
    axes.plot(time_s[at], values[at], "o", color=INK, markersize=3.5)
    axes.annotate(
        f"greatest {values[at]:.1f} {unit} at {clock(float(time_s[at]))}",
        (time_s[at], values[at]),
        (time_s[at], max(_PEAK_NOTE_N, float(values[at]) + _PEAK_NOTE_N - bounds.AXIS_LIMIT_N)),
        ha="right" if time_s[at] > time_s[-1] / 2 else "left",
        color=INK,
        fontweight="bold",
        arrowprops={"arrowstyle": "-", "color": SOFT, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 2},
    )
