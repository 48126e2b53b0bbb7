"""The HTML of the report: one page that needs nothing but itself."""

import re
from html import escape
from pathlib import Path

from instep.axes import FEET, FOOT_NAMES
from sim.recording import Recording
from sim.report import words
from sim.report.shell import html_page

_STYLE = Path(__file__).with_name("page.css")

_UNIT = re.compile(r"(?<=\d) (?=N|°C)")  # the space between a number and its unit, where no line may end
_FOOTER = (
    "A simulated session: forces, places and temperatures are the simulated machine's true values, not its sensors'. "
    "Instep is not a medical device."
)


def page(recording: Recording, sections: list[str]) -> str:
    """Return the whole page: heading, key figures, the given sections and the tables."""
    figures = [] if recording.summary.get("result") == "refused" else [_key_figures(recording)]
    body = [_header(recording), *figures, *sections, _tables(recording)]
    return html_page(words.title(recording), _STYLE, body, _FOOTER)


def section(heading: str, caption: str, picture: str, legend: str = "") -> str:
    """Return one picture with its heading and a sentence that says how to read it."""
    return (
        f"<section>\n<h2>{escape(heading)}</h2>\n<p>{escape(caption)}</p>\n"
        f'<div class="scroll">{picture}</div>\n{legend}</section>'
    )


def technique_legend(names: list[str]) -> str:
    """Return the key of the techniques' colours."""
    items = "".join(f'<li><i style="background:var(--{escape(name)})"></i>{escape(name)}</li>' for name in names)
    return f'<ul class="legend">{items}</ul>\n'


def _header(recording: Recording) -> str:
    result = str(recording.summary.get("result", ""))
    label = escape(words.RESULT_WORDS.get(result, result))
    sentences = "".join(f"<p>{_UNIT.sub('&nbsp;', escape(sentence))}</p>" for sentence in words.lead(recording))
    return (
        f'<header>\n<p class="eyebrow">Instep · session report</p>\n'
        f'<h1>{escape(words.title(recording))} <span class="verdict {escape(result)}">{label}</span></h1>\n'
        f'<div class="lead">{sentences}</div>\n</header>'
    )


def _key_figures(recording: Recording) -> str:
    cards = "".join(
        f'<div><dt>{escape(label)}</dt><dd class="value">{escape(value)}</dd>'
        f'<dd class="remark">{escape(remark)}</dd></div>'
        for label, value, remark in words.key_figures(recording)
    )
    return f'<dl class="figures">{cards}</dl>'


def _tables(recording: Recording) -> str:
    facts = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(text)}</td></tr>'
        for label, text in words.details(recording)
    )
    return (
        "<section>\n<h2>Summary</h2>\n<p>What was asked for, and what was given.</p>\n"
        f'<div class="tables"><table><tbody>{facts}</tbody></table>{_techniques(recording)}</div>\n</section>'
    )


def _techniques(recording: Recording) -> str:
    rows = words.technique_rows(recording)
    if not rows:
        return ""
    feet = "".join(f'<th colspan="3" scope="colgroup">{foot} foot</th>' for foot in FOOT_NAMES)
    columns = '<th class="number">passes</th><th class="number">strokes</th><th class="number">time</th>' * FEET
    body = "".join(_technique_row(name, cells) for name, cells in rows)
    return f"<table><thead><tr><th></th>{feet}</tr><tr><th></th>{columns}</tr></thead><tbody>{body}</tbody></table>"


def _technique_row(name: str, cells: list[str]) -> str:
    numbers = "".join(f'<td class="number">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row">{escape(name)}</th>{numbers}</tr>'
