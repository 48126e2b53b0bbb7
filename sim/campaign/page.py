"""The outcome of a campaign as one HTML page: `campaign.html.jinja` filled with the table."""

from host_tools.html.render import render
from instep.units import MS_PER_S
from sim.campaign.plan import PHASES
from sim.campaign.store import Row
from sim.campaign.table import Table

_TEMPLATE = "sim/campaign/campaign.html.jinja"
_FAILURES_MAX = 40
_LONG_MS = 10_000
_NO_BREAK = "\N{NO-BREAK SPACE}"
_FOOTER = (
    "Times are measured in the simulator, from the tick in which a fault makes a difference to the tick in which the "
    "whole reaction is on the outputs. Instep is not a medical device."
)


def page(table: Table) -> str:
    """Return the whole page."""
    verdict, kind = ("held", "good") if table.is_good else ("broken", "bad")
    return render(
        _TEMPLATE,
        filters={"failure": _failure, "thousands": _thousands, "time": _time, "words": _words},
        title="Every fault in every phase",
        eyebrow="fault campaign",
        verdict=verdict,
        verdict_kind=kind,
        figures=_key_figures(table),
        table=table,
        phases=PHASES,
        failures=table.failures[:_FAILURES_MAX],
        left_out=max(0, len(table.failures) - _FAILURES_MAX),
        footer=_FOOTER,
    )


def _key_figures(table: Table) -> list[dict[str, str]]:
    figures = (
        ("Missed", table.missed, "not noticed at all"),
        ("Over budget", table.over_budget, "noticed too late"),
        ("Wrong reactions", table.wrong_reactions, "not the expected reaction"),
        ("False trips", table.false_trips, "tripped without a fault"),
    )
    return [
        {"kind": "bad" if number else "good", "label": label, "value": _thousands(number), "remark": remark}
        for label, number, remark in figures
    ]


def _failure(row: Row) -> str:
    """Return how a run failed, in a few words."""
    if row["missed"]:
        return "missed"
    if row["over_budget"]:
        return f"late: {_time(row['delay_ms'])} of {_time(row['budget_ms'])}"
    if row["false_trip"]:
        return "false trip"
    return "wrong reaction" if row["reached"] else "phase not reached"


def _time(time_ms: int) -> str:
    if time_ms < MS_PER_S:
        return f"{time_ms}{_NO_BREAK}ms"
    digits = 0 if time_ms >= _LONG_MS and time_ms % MS_PER_S == 0 else 1
    return f"{time_ms / MS_PER_S:.{digits}f}{_NO_BREAK}s"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _thousands(number: int) -> str:
    return f"{number:,}"
