"""A campaign's outcome as one HTML page that needs nothing but itself; light, dark and on paper."""

from html import escape
from pathlib import Path

from instep.units import MS_PER_S
from sim.campaign.plan import PHASES
from sim.campaign.store import Row
from sim.campaign.table import Cell, FaultRow, LawfulRow, Table
from sim.report.shell import html_page

_STYLE = Path(__file__).with_name("page.css")
_FAILURES_MAX = 40
_LONG_MS = 10_000
_NOTHING = '<td class="number none">–</td>'
_FOOTER = (
    "Times are measured in the simulator, from the tick in which a fault makes a difference to the tick in which the "
    "whole reaction is on the outputs. Instep is not a medical device."
)


def page(table: Table) -> str:
    """Return the whole page."""
    sections = [_header(table), _key_figures(table)]
    if table.failures:
        sections.append(_failures(table.failures))
    sections += [_faults(table.faults), _phases(table.faults), _lawful(table.lawful)]
    return html_page("Fault campaign", _STYLE, sections, _FOOTER)


def _header(table: Table) -> str:
    word, kind = ("held", "good") if table.is_good else ("broken", "bad")
    return (
        '<header>\n<p class="eyebrow">Instep · fault campaign</p>\n'
        f'<h1>Every fault in every phase <span class="verdict {kind}">{word}</span></h1>\n'
        f'<p class="lead">{len(table.faults)} faults came in {len(PHASES)} phases of a session, '
        f"{_count(table.fault_runs)} runs in all; {_count(table.shown)} of them let the fault be seen. As a check, "
        f"{_count(table.runs - table.fault_runs)} runs at the ends of what is allowed had none.</p>\n</header>"
    )


def _key_figures(table: Table) -> str:
    cards = "".join(
        f'<div class="{"bad" if number else "good"}"><dt>{label}</dt><dd class="value">{_count(number)}</dd>'
        f'<dd class="remark">{remark}</dd></div>'
        for label, number, remark in (
            ("Missed", table.missed, "not noticed at all"),
            ("Over budget", table.over_budget, "noticed too late"),
            ("Wrong reactions", table.wrong_reactions, "noticed, not dealt with as due"),
            ("False trips", table.false_trips, "noticed where nothing was"),
        )
    )
    return f'<dl class="figures">{cards}</dl>'


def _failures(rows: tuple[Row, ...]) -> str:
    more = len(rows) - _FAILURES_MAX
    caption = "Each run can be done again with the same name and seed."
    if more > 0:
        caption += f" And {_count(more)} more; all are in campaign.parquet."
    head = _head("what", "run", "fault", "noticed as", "details")
    body = "".join(
        f'<tr><td class="bad">{_what(row)}</td><td>{escape(row["key"])}</td><td>{escape(row["injection"])}</td>'
        f"<td>{escape(row['noticed_as'] or row['trips'])}</td><td>{escape(row['wrong'])}</td></tr>"
        for row in rows[:_FAILURES_MAX]
    )
    return _section("What broke", caption, head, body)


def _what(row: Row) -> str:
    if row["missed"]:
        return "missed"
    if row["over_budget"]:
        return f"late: {_time(row['delay_ms'])} of {_time(row['budget_ms'])}"
    if row["false_trip"]:
        return "false trip"
    return "wrong reaction" if row["reached"] else "phase not reached"


def _faults(rows: tuple[FaultRow, ...]) -> str:
    head = _head(
        "fault", "reaction", "budget#", "median#", "worst#", "worst of budget", "shown#", "ok", "missed#", "false#"
    )
    caption = (
        "Time to the reaction against its budget. “Shown” are the runs in which the fault could be seen: an encoder "
        "that is lost while its roller rests harms nobody."
    )
    return _section("Time to the reaction", caption, head, "".join(map(_fault, rows)))


def _fault(row: FaultRow) -> str:
    cell = row.whole
    ok = "yes" if not cell.wrong_reactions and not cell.missed else f"{cell.wrong_reactions + cell.missed} not"
    return (
        f'<tr><th scope="row">{_words(row.fault)}</th><td>{_words(row.reaction)}</td>'
        f"{_number(row.budget_ms)}{_number(cell.median_ms)}{_number(cell.worst_ms)}"
        f'<td class="bar">{_bar(cell.worst_ms, row.budget_ms)}</td>'
        f'<td class="number">{cell.shown}<span class="of"> / {cell.runs}</span></td>'
        f'<td class="{"good" if ok == "yes" else "bad"}">{ok}</td>{_tally(cell.missed)}{_tally(cell.false_trips)}</tr>'
    )


def _bar(worst_ms: int | None, budget_ms: int | None) -> str:
    if worst_ms is None or not budget_ms:
        return ""
    percent = round(100 * worst_ms / budget_ms)
    kind = "good" if percent <= 100 else "bad"
    return f'<i class="{kind}" style="width:{min(percent, 100)}%"></i><span>{percent}&nbsp;%</span>'


def _phases(rows: tuple[FaultRow, ...]) -> str:
    head = _head("worst time", *(f"{phase}#" for phase in PHASES))
    body = "".join(
        f'<tr><th scope="row">{_words(row.fault)}</th>{"".join(_phase(cell) for cell in row.phases)}</tr>'
        for row in rows
    )
    caption = (
        "The worst time in each phase. ✓ is a fault that had to be borne and was; – one that could not be seen there."
    )
    return _section("Phase by phase", caption, head, body, "phases")


def _phase(cell: Cell) -> str:
    if not cell.is_good:
        return f'<td class="number bad">{_time(cell.worst_ms) if cell.worst_ms is not None else "✗"}</td>'
    if not cell.shown:
        return _NOTHING
    return f'<td class="number good">{_time(cell.worst_ms) if cell.worst_ms is not None else "✓"}</td>'


def _lawful(rows: tuple[LawfulRow, ...]) -> str:
    head = _head(
        "room#",
        "heat",
        "intensity#",
        "pace#",
        "runs#",
        "whole sessions#",
        "strongest roller#",
        "warmest skin side#",
        "false trips#",
    )
    body = "".join(
        f'<tr><td class="number">{row.ambient_c:g}&nbsp;°C</td><td>{escape(row.heat)}</td>'
        f'<td class="number">{row.intensity}</td><td class="number">{row.pace}</td>'
        f'<td class="number">{row.runs}</td><td class="number">{row.whole_sessions}</td>'
        f'<td class="number">{row.peak_force_n:.1f}&nbsp;N</td><td class="number">{row.peak_skin_c:.1f}&nbsp;°C</td>'
        f"{_tally(row.false_trips)}</tr>"
        for row in rows
    )
    caption = "Nothing is wrong in these runs, so nothing may trip."
    return _section("At the ends of what is allowed", caption, head, body)


def _section(heading: str, caption: str, head: str, body: str, kind: str = "") -> str:
    return (
        f'<section>\n<h2>{heading}</h2>\n<p>{caption}</p>\n<div class="scroll"><table class="{kind}">'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>\n</section>"
    )


def _head(*names: str) -> str:
    """Return the head's cells; a name that ends in # heads a column of numbers."""
    return "".join(_head_cell(name) for name in names)


def _head_cell(name: str) -> str:
    kind = ' class="number"' if name.endswith("#") else ""
    return f'<th scope="col"{kind}><span>{escape(name.removesuffix("#"))}</span></th>'


def _number(time_ms: int | None) -> str:
    return _NOTHING if time_ms is None else f'<td class="number">{_time(time_ms)}</td>'


def _tally(number: int) -> str:
    return f'<td class="number {"bad" if number else ""}">{number}</td>'


def _time(time_ms: int) -> str:
    if time_ms < MS_PER_S:
        return f"{time_ms}&nbsp;ms"
    digits = 0 if time_ms >= _LONG_MS and time_ms % MS_PER_S == 0 else 1
    return f"{time_ms / MS_PER_S:.{digits}f}&nbsp;s"


def _words(name: str) -> str:
    return escape(name.replace("_", " "))


def _count(number: int) -> str:
    return f"{number:,}"
