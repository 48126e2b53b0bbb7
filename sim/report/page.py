"""The report as one HTML page: `report.html.jinja` filled with words, figures and pictures."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from host_tools.html.render import render
from host_tools.massage.figures import HEADINGS, MEANING
from host_tools.trace.recording import Recording
from host_tools.words import RESULTS
from instep.axes import FOOT_NAMES
from sim.report import words

_TEMPLATE = "sim/report/report.html.jinja"
_VERDICT_KINDS = {"done": "good", "stopped": "warn", "refused": "warn", "fault": "bad"}
_UNIT = re.compile(r"(?<=\d) (?=N|°C)")  # the space between a number and its unit, where no line may end
_NO_BREAK = "\N{NO-BREAK SPACE}"
_FOOTER = (
    "A simulated session: forces, positions and temperatures are the simulated machine's true values, not its "
    "sensors' readings. Instep is not a medical device."
)


@dataclass(frozen=True)
class Picture:
    """Hold one picture with its heading, a sentence on how to read it, and the techniques of its legend."""

    heading: str
    caption: str
    svg: Markup
    legend: tuple[str, ...] = ()


def page(recording: Recording, pictures: list[Picture]) -> str:
    """Return the whole page: heading, key figures, the given pictures and the tables."""
    result = str(recording.summary.get("result", ""))
    figures = [] if result == "refused" else words.key_figures(recording)
    return render(
        _TEMPLATE,
        title=words.title(recording),
        eyebrow="session report",
        verdict=RESULTS[result].verdict if result in RESULTS else result,
        verdict_kind=_VERDICT_KINDS.get(result, ""),
        lead=[_UNIT.sub(_NO_BREAK, sentence) for sentence in words.lead(recording)],
        figures=[{"kind": "", "label": label, "value": value, "remark": remark} for label, value, remark in figures],
        pictures=pictures,
        details=words.details(recording),
        techniques=words.technique_rows(recording),
        foot_headings=HEADINGS,
        foot_rows=words.foot_rows(recording),
        foot_meaning=MEANING,
        feet=FOOT_NAMES,
        footer=_FOOTER,
    )
