"""The comparison of two sessions as one HTML page: `compare.html.jinja` filled with words, tables and pictures."""

from host_tools.compare import pictures
from host_tools.compare.align import Pair
from host_tools.compare.differences import Finding, first_of
from host_tools.compare.words import facts_rows, finding_row, first_words, moment
from host_tools.html.render import render
from host_tools.words import clock

_TEMPLATE = "host_tools/compare/compare.html.jinja"
_FOOTER = "Values are those that each machine reports of itself. Instep is not a medical device."
# Heading, caption, and the beginnings of the names of the series that are drawn.
_GROUPS = (
    ("Left foot", "What moved or changed: strokes, forces, the toe unit, temperatures.", "left."),
    ("Right foot", "The same of the right foot.", "right."),
    ("Machine", "State, levels and supply.", "machine."),
)


def page(pair: Pair, findings: list[Finding]) -> str:
    """Return the whole page."""
    first = first_of(findings)
    apart = [finding for finding in findings if finding.spans]
    return render(
        _TEMPLATE,
        title=f"{pair.a.path.name} and {pair.b.path.name}",
        eyebrow="two sessions",
        verdict="apart" if apart else "alike",
        verdict_kind="warn" if apart else "good",
        first=first_words(pair, first) if first is not None else "",
        figures=_figures(pair, findings, first),
        close_up=pictures.close_up(pair, first) if first is not None else "",
        groups=_groups(pair, findings, first),
        facts=facts_rows(pair),
        rows=[finding_row(pair, finding) for finding in findings],
        origin=pair.origin,
        footer=_FOOTER,
    )


def _figures(pair: Pair, findings: list[Finding], first: Finding | None) -> list[dict[str, str]]:
    apart = [finding for finding in findings if finding.spans]
    compared_s = pair.end_s - pair.start_s
    rows = (
        ("", "first wide difference", clock(abs(first.first_s)) if first else "none", _where(pair, first)),
        ("", "quantities apart", f"{len(apart)} of {len(findings)}", "wide, and longer than a moment"),
        ("", "compared", clock(compared_s), f"laid over each other at the start of {pair.origin}"),
    )
    return [dict(zip(("kind", "label", "value", "remark"), row, strict=True)) for row in rows]


def _where(pair: Pair, first: Finding | None) -> str:
    return moment(pair, first.first_s).partition(" ")[2] if first is not None else "no quantity is wide apart"


def _groups(pair: Pair, findings: list[Finding], first: Finding | None) -> list[dict[str, object]]:
    groups: list[dict[str, object]] = []
    for heading, caption, prefix in _GROUPS:
        of_group = (finding for finding in findings if finding.quantity.series.startswith(prefix))
        drawn = [finding for finding in of_group if finding.spans or not finding.is_constant]
        if drawn:
            svg = pictures.overview(pair, drawn, first, f"{heading}. {caption}")
            groups.append({"heading": heading, "caption": caption, "svg": svg})
    return groups
