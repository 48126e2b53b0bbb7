"""Draw two sessions over each other; stretches in which they are wide apart are shaded."""

import numpy as np
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from host_tools.compare.align import Pair
from host_tools.compare.differences import Finding
from host_tools.compare.words import value_words
from host_tools.html.palette import colour
from host_tools.html.pictures import DANGER, FIGURE_WIDTH_IN, INK, SOFT, WARN, drawing, to_svg
from host_tools.trace.read import Floats, Series
from host_tools.words import clock

A_COLOUR, B_COLOUR = colour("sole"), colour("top")
_BINS = 900
_CLOSE_S = 6.0
_ROW_IN = 0.72
_CLOSE_IN = 2.6
_SHADE = 0.28


def close_up(pair: Pair, first: Finding) -> Markup:
    """Return the first wide difference from some seconds before it to some after it."""
    with drawing():
        figure = Figure(figsize=(FIGURE_WIDTH_IN, _CLOSE_IN))
        axes = figure.add_subplot()
        figure.subplots_adjust(left=0.09, right=0.985, top=0.94, bottom=0.16)
        start, end = first.first_s - _CLOSE_S, first.first_s + _CLOSE_S
        _lines(axes, first, start, end)
        _shade(axes, first, start, end)
        axes.axvline(first.first_s, color=DANGER, linewidth=1.0)
        axes.set_xlim(start, end)
        _time_axis(axes)
        axes.set_ylabel(first.quantity.unit or "", color=SOFT)
        value_axis(axes, first)
        return to_svg(figure, f"The first wide difference: {first.quantity.words}.")


def overview(pair: Pair, findings: list[Finding], first: Finding | None, what: str) -> Markup:
    """Return the quantities one below the other over the whole common time."""
    with drawing():
        height = 0.55 + _ROW_IN * len(findings)
        figure = Figure(figsize=(FIGURE_WIDTH_IN, height))
        rows = figure.subplots(len(findings), 1, sharex=True, squeeze=False)[:, 0]
        figure.subplots_adjust(left=0.285, right=0.985, top=1 - 0.12 / height, bottom=0.4 / height, hspace=0.28)
        for axes, finding in zip(rows, findings, strict=True):
            _lines(axes, finding, pair.start_s, pair.end_s)
            _shade(axes, finding, pair.start_s, pair.end_s)
            if first is not None:
                axes.axvline(first.first_s, color=DANGER, linewidth=0.8)
            _row_name(figure, axes, finding)
        rows[-1].set_xlim(pair.start_s, max(pair.end_s, pair.start_s + 1.0))
        _time_axis(rows[-1])
        return to_svg(figure, what)


def _row_name(figure: Figure, axes: Axes, finding: Finding) -> None:
    words = finding.quantity.words.removesuffix(", left").removesuffix(", right")
    place = axes.get_position()
    name = f"{words}, {finding.quantity.unit}".removesuffix(", ")
    figure.text(0.008, (place.y0 + place.y1) / 2, name, ha="left", va="center", color=INK)
    value_axis(axes, finding)


def value_axis(axes: Axes, finding: Finding) -> None:
    """Name the values of a quantity that has names."""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=3, integer=finding.quantity.is_step))
    if finding.quantity.is_step:
        found = steps_of(finding)
        axes.set_ylim(-0.5, len(found) - 0.5)
        axes.yaxis.set_major_formatter(FuncFormatter(lambda rank, _: _step_words(finding, found, rank)))


def steps_of(finding: Finding) -> Floats:
    """Return the values that a stepwise quantity takes in either session, ascending.

    They are drawn at equal distances: the numbers of techniques begin at 0, and 255 is none.
    """
    values: Floats = np.unique(np.concatenate([finding.a.values, finding.b.values]))
    return values


def _step_words(finding: Finding, found: Floats, rank: float) -> str:
    return value_words(finding.quantity, found[int(rank)]) if 0 <= rank < len(found) else ""


def _lines(axes: Axes, finding: Finding, start: float, end: float) -> None:
    for series, ink, width in ((finding.b, B_COLOUR, 1.5), (finding.a, A_COLOUR, 0.9)):
        time_s, values = _thinned(series, start, end)
        if finding.quantity.is_step:
            axes.step(time_s, np.searchsorted(steps_of(finding), values), where="post", color=ink, linewidth=width)
        else:
            axes.plot(time_s, values / finding.quantity.per_unit, color=ink, linewidth=width)


def _shade(axes: Axes, finding: Finding, start: float, end: float) -> None:
    for begin, stop in finding.spans:
        if begin < end and stop > start:
            axes.axvspan(max(begin, start), max(min(stop, end), begin), color=WARN, alpha=_SHADE, linewidth=0)


def _time_axis(axes: Axes) -> None:
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{'−' if value < -0.5 else ''}{clock(abs(value))}"))


def _thinned(series: Series, start: float, end: float) -> tuple[Floats, Floats]:
    """Return a series within a time, with the least and the greatest value of each bin if it has many samples."""
    inside = (series.time_s >= start) & (series.time_s <= end)
    time_s, values = series.time_s[inside], series.values[inside]
    size = len(values) // _BINS
    if size < 2:
        return time_s, values
    whole = len(values) // size * size
    blocks = values[:whole].reshape(-1, size)
    first = np.arange(len(blocks)) * size
    index = np.sort(np.concatenate([first + blocks.argmin(axis=1), first + blocks.argmax(axis=1)]))
    return time_s[index], values[index]
