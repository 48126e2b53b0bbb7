"""The channels of a trace that hold what a machine reports: the fields of its telemetry, by their names.

A simulated and a real machine fill the same two channels, so that one trace can be laid over another. The simulator
writes every field in each sample; a real machine reports its fields in turn, and a message holds those that came.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from instep.axes import FOOT_NAMES
from instep.link import telemetry_fields

MACHINE_TOPIC = "machine"
READING_TOPIC = "reading"

_CODES = {"B": "u1", "H": "<u2", "h": "<i2", "I": "<u4", "i": "<i4"}
_Row = tuple[str, str, str, str, str]


def _block(rows: Sequence[_Row]) -> np.dtype[np.void]:
    return np.dtype([(name, _CODES[code]) for name, code, *_ in rows])


# The data of a STATUS reply: the machine's block, then each foot's.
STATUS = np.dtype(
    [
        (MACHINE_TOPIC, _block(telemetry_fields.MACHINE)),
        *((name, _block(telemetry_fields.FOOT)) for name in FOOT_NAMES),
    ]
)


def _properties(rows: Sequence[_Row]) -> dict[str, Any]:
    return {
        name: {"type": "integer", "description": f"{meaning} ({unit})" if unit else meaning}
        for name, _, unit, _, meaning in rows
    }


def machine_schema() -> dict[str, Any]:
    """Return the JSON schema of the machine's channel."""
    return _object("instep.machine", "What the machine reports of itself.", _properties(telemetry_fields.MACHINE))


def reading_schema() -> dict[str, Any]:
    """Return the JSON schema of the feet's channel: an object per foot."""
    foot = {"type": "object", "properties": _properties(telemetry_fields.FOOT), "additionalProperties": False}
    return _object("instep.reading", "What the machine reports of each foot.", dict.fromkeys(FOOT_NAMES, foot))


def _object(title: str, what: str, properties: dict[str, Any]) -> dict[str, Any]:
    closed = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"title": title, "description": what} | closed


def machine_template() -> bytes:
    """Return the message of all the machine's fields as a %-template."""
    return _template(telemetry_fields.MACHINE).encode()


def reading_template() -> bytes:
    """Return the message of both feet's fields as a %-template, the left foot's first."""
    foot = _template(telemetry_fields.FOOT)
    return ("{" + ",".join(f'"{name}":{foot}' for name in FOOT_NAMES) + "}").encode()


def _template(rows: Sequence[_Row]) -> str:
    return "{" + ",".join(f'"{name}":%d' for name, *_ in rows) + "}"


def message_of(values: Mapping[str, Any]) -> bytes:
    """Return the message of the fields that came."""
    return json.dumps(values, separators=(",", ":")).encode()
