"""Write a recording as MCAP: JSON messages with schemas, so that Foxglove shows them without set-up.

Times count from the session's start (time 0), a tick being 10 ms. The same recording gives the same bytes.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
from mcap.writer import Writer
from numpy.typing import NDArray

from host_tools.trace import schemas
from host_tools.trace.recording import Event, Recording
from instep.axes import FOOT_NAMES, TICK_MS
from instep.units import NS_PER_MS, NS_PER_S

_NS_PER_TICK = TICK_MS * NS_PER_MS
_ROWS_AT_ONCE = 4096  # rows converted to Python numbers at once: limits the memory for an every-tick trace

_LEVEL_OF_KIND = {"display": schemas.LOG_LEVELS["DEBUG"], "fault": schemas.LOG_LEVELS["ERROR"]}

# Facts of the summary that describe the session rather than the computer it was simulated on.
_METADATA_KEYS = ("program", "program_crc32", "seed", "person", "result", "reason", "duration_s", "setpoint_crc32")


def write_mcap(recording: Recording, stream: BinaryIO) -> None:
    """Write `recording` to `stream` as a complete MCAP file, chunked and compressed as the library does by default."""
    writer = Writer(stream)
    writer.start(profile="", library="instep")
    event_channel = _register(writer, "event", schemas.LOG_NAME, schemas.LOG_SCHEMA)
    channels = _sampled_channels(writer, recording)
    events = sorted(recording.events, key=lambda event: event.tick)
    at = 0
    ticks = recording.tick.tolist()
    for row, tick in enumerate(ticks):
        while at < len(events) and events[at].tick <= tick:
            _add_event(writer, event_channel, at, events[at])
            at += 1
        time_ns = tick * _NS_PER_TICK
        for channel, template, rows in channels:
            writer.add_message(channel, time_ns, template % tuple(next(rows)), time_ns, row)
    for number in range(at, len(events)):
        _add_event(writer, event_channel, number, events[number])
    writer.add_metadata("session", _metadata(recording))
    writer.finish()  # type: ignore[no-untyped-call]


def _sampled_channels(writer: Writer, recording: Recording) -> list[tuple[int, bytes, Iterator[list[float]]]]:
    said_c = (recording.said_skin_c, recording.said_element_c)
    tables = (
        (schemas.SETPOINT, recording.setpoint),
        (schemas.MEASURED, recording.measured),
        (schemas.FORCE, _by_foot(recording.force_mn, recording.track_mn, recording.said_mn)),
        (schemas.TEMPERATURE, _by_foot(recording.skin_c, recording.element_c, recording.foot_c, *said_c)),
        (schemas.DRIVE, _by_foot(recording.duty_permille, recording.current_ma, recording.heat_permille)),
    )
    channels = []
    for sampled, table in tables:
        channel = _register(writer, sampled.topic, f"instep.{sampled.topic}", sampled.schema())
        channels.append((channel, sampled.template(), _rows(table)))
    return channels


def _register(writer: Writer, topic: str, schema_name: str, schema: dict[str, Any]) -> int:
    schema_id = writer.register_schema(schema_name, "jsonschema", json.dumps(schema).encode())
    return int(writer.register_channel(topic, "json", schema_id))


def _by_foot(*columns: NDArray[Any]) -> NDArray[Any]:
    """Return the columns side by side, all of the left foot's before all of the right foot's."""
    left = [column[:, : column.shape[1] // 2] for column in columns]
    right = [column[:, column.shape[1] // 2 :] for column in columns]
    return np.hstack(left + right)


def _rows(table: NDArray[Any]) -> Iterator[list[float]]:
    for start in range(0, len(table), _ROWS_AT_ONCE):
        yield from table[start : start + _ROWS_AT_ONCE].tolist()


def _add_event(writer: Writer, channel: int, number: int, event: Event) -> None:
    time_ns = event.tick * _NS_PER_TICK
    sec, nsec = divmod(time_ns, NS_PER_S)
    message = {
        "timestamp": {"sec": sec, "nsec": nsec},
        "level": _LEVEL_OF_KIND.get(event.kind, schemas.LOG_LEVELS["INFO"]),
        "message": f"{event.kind.replace('_', ' ')}: {event.text}",
        "name": f"{event.foot} foot" if event.foot else "machine",
        "file": "",
        "line": 0,
        "kind": event.kind,
        "foot": event.foot,
        "text": event.text,
    }
    writer.add_message(channel, time_ns, json.dumps(message).encode(), time_ns, number)


def _metadata(recording: Recording) -> dict[str, str]:
    facts = {key: str(recording.summary[key]) for key in _METADATA_KEYS if key in recording.summary}
    lengths = {
        f"{foot}_length_mm": "not measured" if length is None else f"{length:.1f}"
        for foot, length in zip(FOOT_NAMES, recording.length_mm, strict=True)
    }
    return facts | lengths | {"target_c": f"{recording.target_c:.2f}"}
