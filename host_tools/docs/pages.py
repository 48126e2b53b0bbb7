"""The table of generated files: the path in the repository, and the function that returns the file's text."""

from collections.abc import Callable

from host_tools.docs import faults, protocol, rooms, safety, states, tick
from host_tools.docs.imports import ROOT
from host_tools.trace.layout import layout

PAGES: dict[str, Callable[[], str]] = {
    "docs/faults.md": faults.render,
    "docs/protocol.md": protocol.render,
    "docs/rooms.svg": rooms.render,
    "docs/safety.md": safety.render,
    "docs/states.svg": states.render,
    "docs/tick.svg": tick.render,
    "docs/trace-layout.json": layout,
}


def out_of_date() -> list[str]:
    """Return the paths of the pages that are missing or differ from what their generator returns."""
    return [path for path, render in PAGES.items() if _text(path) != render()]


def write_all(paths: list[str]) -> None:
    """Write the pages of these paths."""
    for path in paths:
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(PAGES[path](), encoding="utf-8")


def _text(path: str) -> str:
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.exists() else ""
