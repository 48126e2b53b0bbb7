"""The look of all pages' figures, and figures turned into SVG whose colours follow the page.

Figures are drawn in the palette's light colours; each then becomes a CSS variable of the page, so that one picture
serves a light page, a dark page and paper.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import matplotlib
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MultipleLocator

from host_tools.html.palette import PALETTE
from host_tools.words import clock

INK, SOFT, LINE, CARD = (PALETTE[name][0] for name in ("ink", "soft", "line", "card"))
WARN, DANGER = PALETTE["warn"][0], PALETTE["danger"][0]

FIGURE_WIDTH_IN = 11.0
_RC: dict[Any, object] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.0,
    "svg.hashsalt": "instep",
    "svg.fonttype": "none",
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "axes.titlesize": 9.0,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlecolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.linewidth": 0.8,
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": SOFT,
    "ytick.labelcolor": SOFT,
    "legend.frameon": False,
    "path.simplify": True,
    "path.simplify_threshold": 0.3,
}
NO_DATES = {"Date": None, "Creator": None, "Format": None, "Type": None}
_TIME_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 180, 300, 600)


@contextmanager
def drawing(text_as_paths: bool = False) -> Iterator[None]:
    """Draw with the pages' look; `text_as_paths`: the picture looks the same where its fonts are missing."""
    settings = _RC | {"svg.fonttype": "path" if text_as_paths else "none"}
    with matplotlib.rc_context(settings):
        yield


def to_svg(figure: Figure, description: str) -> Markup:
    """Return the figure as an inline SVG element whose colours follow the page; the same figure, the same text."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", transparent=True, metadata=NO_DATES)
    svg = buffer.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<g id="[^"]*">', "<g>", svg)
    svg = re.sub(r"(\d+\.\d\d)\d+", r"\1", svg)
    svg = svg.replace("'DejaVu Sans'", "var(--font)")
    for name, (light, _) in PALETTE.items():
        svg = svg.replace(light, f"var(--{name})")
    view_box = re.search(r'viewBox="[^"]*"', svg)
    assert view_box is not None, "matplotlib writes a viewBox"
    opening = f'<svg {view_box.group()} role="img" aria-label="{escape(description)}" xmlns:xlink="http://www.w3.org/1999/xlink">'
    return Markup(opening + svg[svg.index(">") + 1 :].strip())


def minutes_axis(axes: Axes, end_s: float, max_labels: int = 17) -> None:
    """Label the time axis in minutes and seconds, from 0 to `end_s`, with at most `max_labels` labels."""
    step_s = next((step for step in _TIME_STEPS_S if end_s / step < max_labels), _TIME_STEPS_S[-1])
    axes.set_xlim(0, max(end_s, 1.0))
    axes.xaxis.set_major_locator(MultipleLocator(step_s))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: clock(value)))


def label_left(axes: Axes, text: str) -> None:
    """Write a row's name at the left of its axes, upright and outside."""
    axes.text(-0.055, 0.5, text, transform=axes.transAxes, ha="right", va="center", color=INK)
