"""Reports as they are written to a file."""

from pathlib import Path

from host_tools.trace.recording import Recording
from sim.report import write_report


def report_of(recording: Recording, folder: Path) -> str:
    """Write a report into an empty folder and return its text; nothing else is left there."""
    write_report(recording, folder / "report.html")
    assert [path.name for path in folder.iterdir()] == ["report.html"]
    return (folder / "report.html").read_text(encoding="utf-8")
