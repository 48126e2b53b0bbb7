"""Make the layout in which Foxglove and Lichtblick show a trace: plots of what the machine reports, and its events."""

import json
from typing import Any

from host_tools.trace.mcap_file import EVENT_TOPIC
from host_tools.trace.told import MACHINE_TOPIC, READING_TOPIC
from instep.axes import FOOT_NAMES

# Title of a plot: fields of each foot, or of the machine. One colour per line, as the program chooses.
_FOOT_PLOTS = (
    ("rollers, µm", ("top_um", "sole_um")),
    ("forces and their set points, mN", ("top_mn", "top_target_mn", "sole_mn", "sole_target_mn")),
    ("toe unit", ("station_milli", "reach_um", "turn_deci_deg", "grip_mn")),
    ("temperatures, 0.01 °C", ("skin_centi_c", "element_centi_c")),
)
_MACHINE_PLOTS = (("supply, mV", ("supply_mv",)), ("state", ("state", "fault")))


def layout() -> str:
    """Return the layout file's text."""
    panels: dict[str, dict[str, Any]] = {}
    columns = [_column(panels, [f"{foot}: {title}" for title, _ in _FOOT_PLOTS], _foot(foot)) for foot in FOOT_NAMES]
    titles = [title for title, _ in _MACHINE_PLOTS]
    last = _column(panels, titles, [[f"{MACHINE_TOPIC}.{name}" for name in names] for _, names in _MACHINE_PLOTS])
    panels["Log!events"] = {"searchTerms": [], "minLogLevel": 1, "topicToRender": EVENT_TOPIC}
    last = _split("column", last, "Log!events", 60)
    document = {
        "configById": panels,
        "globalVariables": {},
        "userNodes": {},
        "playbackConfig": {"speed": 1},
        "layout": _split("row", _split("row", columns[0], columns[1], 50), last, 70),
    }
    return json.dumps(document, indent=2) + "\n"


def _foot(foot: str) -> list[list[str]]:
    return [[f"{READING_TOPIC}.{foot}.{name}" for name in names] for _, names in _FOOT_PLOTS]


def _column(panels: dict[str, dict[str, Any]], titles: list[str], plots: list[list[str]]) -> Any:
    """Add plots to the panels and return them one below the other."""
    ids = []
    for title, paths in zip(titles, plots, strict=True):
        ids.append(f"Plot!{len(panels)}")
        panels[ids[-1]] = {
            "title": title,
            "paths": [{"value": path, "enabled": True, "timestampMethod": "receiveTime"} for path in paths],
            "showLegend": True,
            "isSynced": True,
            "xAxisVal": "timestamp",
        }
    return _stacked(ids)


def _stacked(ids: list[str]) -> Any:
    first, *rest = ids
    return _split("column", first, _stacked(rest), 100 // len(ids)) if rest else first


def _split(direction: str, first: Any, second: Any, percent: int) -> dict[str, Any]:
    return {"direction": direction, "first": first, "second": second, "splitPercentage": percent}
