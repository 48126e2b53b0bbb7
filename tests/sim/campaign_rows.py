"""Rows of a campaign without a simulation."""

from typing import Any

from sim.campaign.store import SCHEMA

_EMPTY = {"string": "", "bool": False, "float": 0.0, "double": 0.0}


def row_of(key: str = "emergency_stop/run/average/1", **given: Any) -> dict[str, Any]:
    """Return a row of a fault that was noticed in time, with the given values."""
    row: dict[str, Any] = {field.name: _EMPTY.get(str(field.type), 0) for field in SCHEMA}
    usual = {
        "key": key,
        "fault": "emergency_stop",
        "phase": "top",
        "person": "average",
        "reached": True,
        "budget_ms": 100,
        "reaction": "safe",
        "onset_tick": 500,
        "noticed_tick": 504,
        "delay_ms": 50,
        "reaction_ok": True,
    }
    return row | usual | given


def lawful_row(key: str = "none/whole/average/1", **given: Any) -> dict[str, Any]:
    """Return a row of a run without a fault in which nothing tripped, with the given values."""
    nothing = dict.fromkeys(("budget_ms", "onset_tick", "noticed_tick", "delay_ms"))
    return row_of(key, **({"fault": "", "phase": "whole", "reaction": "none"} | nothing | given))
