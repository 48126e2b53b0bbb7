"""The channels of an MCAP trace: their JSON schemas and the templates that fill them.

A sampled channel nests one object per foot, so that Foxglove plots `setpoint.left.top_stroke_um` as it stands.
"""

from dataclasses import dataclass
from typing import Any

from instep.axes import FOOT_NAMES, NAMES, UNITS

AXIS_FIELDS = tuple(f"{name}_{unit}" for name, unit in zip(NAMES, UNITS, strict=True))
FORCE_FIELDS = ("top_mn", "sole_mn", "top_track_mn", "sole_track_mn", "said_top_mn", "said_sole_mn")
TEMPERATURE_FIELDS = ("skin_c", "element_c", "foot_c", "said_skin_c", "said_element_c")
DRIVE_FIELDS = ("top_duty_permille", "sole_duty_permille", "top_current_ma", "sole_current_ma", "heat_permille")

# Levels of foxglove.Log.
LOG_LEVELS = {"UNKNOWN": 0, "DEBUG": 1, "INFO": 2, "WARNING": 3, "ERROR": 4, "FATAL": 5}

_COUNT = {"type": "integer", "minimum": 0}
_TEXT = {"type": "string"}


@dataclass(frozen=True)
class Sampled:
    """A channel with one message per sample: `fields` per foot, written with the %-format `number`."""

    topic: str
    what: str
    fields: tuple[str, ...]
    number: str

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema: an object per foot that holds exactly `fields`."""
        kind = {"type": "integer" if self.number == "%d" else "number"}
        foot = closed_object(dict.fromkeys(self.fields, kind))
        return {"title": f"instep.{self.topic}", "description": self.what} | closed_object(
            dict.fromkeys(FOOT_NAMES, foot)
        )

    def template(self) -> bytes:
        """Return the message as a %-template for the left foot's fields, then the right foot's."""
        foot = ",".join(f'"{field}":{self.number}' for field in self.fields)
        return ("{" + ",".join(f'"{name}":{{{foot}}}' for name in FOOT_NAMES) + "}").encode()


SETPOINT = Sampled("setpoint", "What the scheduler asks of the ten axes of each foot.", AXIS_FIELDS, "%d")
MEASURED = Sampled("measured", "Where the axes are; strokes and presses are the plant's truth.", AXIS_FIELDS, "%d")
FORCE = Sampled(
    "force", "True forces under each roller and along its track, and what its sensor says.", FORCE_FIELDS, "%d"
)
TEMPERATURE = Sampled(
    "temperature", "True temperatures of each well and foot, and what the NTCs say.", TEMPERATURE_FIELDS, "%.3f"
)
DRIVE = Sampled("drive", "What motors and heaters are given, and the current they draw.", DRIVE_FIELDS, "%d")

# Foxglove's Log panel knows this schema by its name; kind, foot and text are ours, for programs that read the trace.
LOG_NAME = "foxglove.Log"
LOG_SCHEMA: dict[str, Any] = {
    "title": LOG_NAME,
    "description": "Something that happened during the session.",
    "type": "object",
    "properties": {
        "timestamp": {
            "type": "object",
            "title": "time",
            "properties": {"sec": _COUNT, "nsec": _COUNT | {"maximum": 999_999_999}},
            "required": ["sec", "nsec"],
        },
        "level": {
            "title": "foxglove.LogLevel",
            "oneOf": [{"title": name, "const": value} for name, value in LOG_LEVELS.items()],
        },
        "message": _TEXT,
        "name": _TEXT,
        "file": _TEXT,
        "line": _COUNT,
        "kind": _TEXT,
        "foot": _TEXT,
        "text": _TEXT,
    },
    "required": ["timestamp", "level", "message", "name", "file", "line", "kind", "foot", "text"],
}


def closed_object(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
