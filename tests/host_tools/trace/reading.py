"""Read a trace back, for tests."""

import csv
import json
from typing import Any

from mcap.reader import make_reader

SAMPLED = ("setpoint", "measured", "force", "temperature", "drive")


def messages_of(path):
    """Return {topic: [(time_ns, message)]} of a trace."""
    messages: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    with path.open("rb") as stream:
        for _, channel, message in make_reader(stream, validate_crcs=True).iter_messages(log_time_order=False):
            messages.setdefault(channel.topic, []).append((message.log_time, json.loads(message.data)))
    return messages


def facts_in(path):
    """Return the session's facts."""
    with path.open("rb") as stream:
        return {entry.name: entry.metadata for entry in make_reader(stream).iter_metadata()}["session"]


def read(path):
    """Return {topic: [(time_ns, message)]} and {topic: (schema name, schema)}."""
    messages: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    schemas = {}
    with path.open("rb") as stream:
        for schema, channel, message in make_reader(stream, validate_crcs=True).iter_messages():
            assert schema is not None
            assert (channel.message_encoding, schema.encoding) == ("json", "jsonschema")
            schemas[channel.topic] = (schema.name, json.loads(schema.data))
            messages.setdefault(channel.topic, []).append((message.log_time, json.loads(message.data)))
    return messages, schemas


def rows_of(path):
    """Return the rows of a CSV trace."""
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
