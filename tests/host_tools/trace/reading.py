"""Read a trace back, for tests."""

import json
from typing import Any

from mcap.reader import make_reader


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
