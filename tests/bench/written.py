"""Put the measured tables into docs/figures.md, a section for each kind; the sections of other kinds stay."""

from collections.abc import Sequence

from host_tools.docs.imports import ROOT
from host_tools.docs.markdown import table
from tests.bench.figure import Figure

PAGE = ROOT / "docs" / "figures.md"
_HEADINGS = ("what", "measured", "target", "rival, same run", "")
_VERDICTS = {True: "holds", False: "missed", None: ""}


def write(kind: str, figures: Sequence[Figure]) -> None:
    """Write the section of a kind, which has to be on the page."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(with_section(text, kind, figures), encoding="utf-8")


def with_section(text: str, kind: str, figures: Sequence[Figure]) -> str:
    """Return the page's text with the table of a kind replaced; raise ValueError if it has no such section."""
    rows = [(it.what, it.measured, it.target, it.rival, _VERDICTS[it.holds]) for it in figures]
    made = "\n".join(table(_HEADINGS, rows))
    before, heading, rest = text.partition(f"\n## {kind}\n")
    if not heading:
        raise ValueError(f"{PAGE} has no section {kind}")
    section, following, after = rest.partition("\n## ")
    words = section.partition("\n| ")[0].strip()
    return f"{before}{heading}\n{words}\n\n{made}\n{following}{after}"
