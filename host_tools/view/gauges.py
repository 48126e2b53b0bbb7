"""Lines of text with bars in them."""

from textual.content import Content

from host_tools.view.palette import force_colour, hex_of

FORCE_FULL_N = 40.0
SKIN_LOW_C, SKIN_HIGH_C = 20.0, 45.0
# The guard trips here; the bar warns a little below.
SKIN_WARN_C = 42.0

_LABEL_CELLS = 5
_FILLED, _HALF, _EMPTY, _TARGET = "━", "╸", "─", "┃"
_DOT_ON, _DOT_OFF = "●", "○"
_FIGURES_CELLS = 11
_BAR_MIN = 3


def bar(cells: int, share: float, target: float | None, colour: str) -> Content:
    """Return a bar filled to `share` (0-1) in `colour`, with a mark at `target` (0-1)."""
    halves = round(min(max(share, 0.0), 1.0) * cells * 2)
    filled = (_FILLED * (halves // 2) + _HALF * (halves % 2)).ljust(cells, _EMPTY)
    inked = (halves + 1) // 2
    parts = [(filled[:inked], colour), (filled[inked:], "$rule")]
    if target is None:
        return Content.assemble(*parts)
    mark = min(int(min(max(target, 0.0), 1.0) * cells), cells - 1)
    whole = Content.assemble(*parts)
    return Content.assemble(whole[:mark], (_TARGET, "$foreground bold"), whole[mark + 1 :])


def _line(width: int, label: str, share: float, target: float | None, colour: str, figures: str) -> Content:
    figures = figures.rjust(_FIGURES_CELLS)
    cells = max(_BAR_MIN, width - _LABEL_CELLS - len(figures) - 1)
    return Content.assemble(
        (label.ljust(_LABEL_CELLS), "$muted"), bar(cells, share, target, colour), " ", (figures, "$foreground")
    )


def force_line(width: int, label: str, force_n: float, target_n: float) -> Content:
    """Return the gauge of a roller: measured and wanted force, N."""
    target = target_n / FORCE_FULL_N if target_n > 0 else None
    colour = hex_of(force_colour(force_n))
    return _line(width, label, force_n / FORCE_FULL_N, target, colour, f"{force_n:.1f}/{target_n:.1f} N")


def skin_line(width: int, skin_c: float, target_c: float) -> Content:
    """Return the gauge of the skin side: measured and wanted temperature, °C; a target of 0 is "off"."""
    span_c = SKIN_HIGH_C - SKIN_LOW_C
    target = (target_c - SKIN_LOW_C) / span_c if target_c > SKIN_LOW_C else None
    wanted = f"{target_c:.0f} °C" if target is not None else "off"
    colour = "$error" if skin_c >= SKIN_WARN_C else "$secondary"
    return _line(width, "skin", (skin_c - SKIN_LOW_C) / span_c, target, colour, f"{skin_c:.1f}/{wanted}")


def dots(level: int, maximum: int) -> Content:
    """Return `level` of the maximum as filled dots."""
    on = min(max(level, 0), maximum)
    return Content.assemble((_DOT_ON * on, "$primary"), (_DOT_OFF * (maximum - on), "$rule"))


def spread(width: int, left: Content, right: Content) -> Content:
    """Return a line with `left` and `right` at its ends; the left part is cut when both do not fit."""
    room = max(0, width - right.cell_length - 1)
    kept = left.truncate(room, ellipsis=True)
    return Content.assemble(kept, " " * max(1, width - kept.cell_length - right.cell_length), right)
