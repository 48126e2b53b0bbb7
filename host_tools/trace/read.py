"""Read a trace back: what the machine reports as series over time, the events, and the session's facts."""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from mcap.exceptions import McapError
from mcap.reader import McapReader, make_reader
from numpy.typing import NDArray
from zstandard import ZstdError

from host_tools.errors import InstepError
from host_tools.trace import told
from host_tools.trace.mcap_file import EVENT_TOPIC, NS_PER_TICK, SESSION
from host_tools.trace.recording import Event
from instep.units import NS_PER_S

Floats = NDArray[np.float64]

_AGAIN = "Give a trace that `instep sim`, `run` or `monitor` wrote with --trace FILE.mcap."
# What a damaged file makes the reader raise: the MCAP library's own, and those of its parts and of JSON.
_DAMAGES = (
    McapError,
    ZstdError,
    struct.error,
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    AttributeError,
    RuntimeError,
)


class TraceError(InstepError):
    """A file that is no trace, or one without what the machine reports."""


@dataclass(frozen=True)
class Series:
    """A field over time: seconds from the trace's time 0, and the values as the machine reports them."""

    time_s: Floats
    values: Floats


@dataclass(frozen=True)
class Trace:
    """A session; `series` by `machine.FIELD`, `left.FIELD` or `right.FIELD`."""

    path: Path
    facts: dict[str, str]
    series: dict[str, Series]
    events: tuple[Event, ...]


def read_trace(path: Path) -> Trace:
    """Return the trace in a file; raise TraceError."""
    try:
        with path.open("rb") as stream:
            return _read(path, make_reader(stream, validate_crcs=True))
    except OSError as error:
        raise TraceError(f"{path} cannot be read: {error.strerror or error}.", _AGAIN) from None
    except _DAMAGES as error:
        raise TraceError(f"{path} is no whole MCAP file: {error}.", _AGAIN) from None


def _read(path: Path, reader: McapReader) -> Trace:
    columns: dict[str, tuple[list[int], list[float]]] = {}
    events = []
    topics = [told.MACHINE_TOPIC, told.READING_TOPIC, EVENT_TOPIC]
    for _, channel, message in reader.iter_messages(topics=topics):
        content = json.loads(message.data)
        if channel.topic == EVENT_TOPIC:
            tick = message.log_time // NS_PER_TICK
            events.append(Event(tick, str(content["kind"]), str(content["foot"]), str(content["text"])))
            continue
        for name, value in _fields(channel.topic, content):
            times, values = columns.setdefault(name, ([], []))
            times.append(message.log_time)
            values.append(float(value))
    if not columns:
        raise TraceError(f"{path} holds nothing that a machine of Instep reports.", _AGAIN)
    facts = {entry.name: entry.metadata for entry in reader.iter_metadata()}
    return Trace(path, dict(facts.get(SESSION, {})), _as_series(columns), tuple(events))


def _fields(topic: str, content: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the full name and value of each field of a message."""
    parts = {topic: content} if topic == told.MACHINE_TOPIC else content
    for part, fields in parts.items():
        for name, value in fields.items():
            yield f"{part}.{name}", value


def _as_series(columns: dict[str, tuple[list[int], list[float]]]) -> dict[str, Series]:
    return {
        name: Series(np.array(times, dtype=np.float64) / NS_PER_S, np.array(values, dtype=np.float64))
        for name, (times, values) in columns.items()
    }
