"""An MCAP file of Instep while it is written: channels of JSON messages by tick, and events as Foxglove logs."""

import json
from typing import Any, BinaryIO

from mcap.writer import Writer

from host_tools.trace import schemas
from host_tools.trace.recording import Event
from instep.axes import TICK_MS
from instep.units import NS_PER_MS, NS_PER_S

SESSION = "session"
EVENT_TOPIC = "event"
NS_PER_TICK = TICK_MS * NS_PER_MS

_LEVEL_OF_KIND = {"display": schemas.LOG_LEVELS["DEBUG"], "fault": schemas.LOG_LEVELS["ERROR"]}


class McapFile:
    """Write messages and events in time order; `finish` completes the file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._writer = Writer(stream)
        self._writer.start(profile="", library="instep")
        self._events = self._register(EVENT_TOPIC, schemas.LOG_NAME, schemas.LOG_SCHEMA)
        self._event_number = 0

    def channel(self, topic: str, schema: dict[str, Any]) -> int:
        """Register a channel of JSON messages and return its number."""
        return self._register(topic, f"instep.{topic}", schema)

    def _register(self, topic: str, schema_name: str, schema: dict[str, Any]) -> int:
        schema_id = self._writer.register_schema(schema_name, "jsonschema", json.dumps(schema).encode())
        return int(self._writer.register_channel(topic, "json", schema_id))

    def add(self, channel: int, tick: int, message: bytes, number: int) -> None:
        """Add a message of a channel; `number` counts its messages."""
        time_ns = tick * NS_PER_TICK
        self._writer.add_message(channel, time_ns, message, time_ns, number)

    def add_event(self, event: Event) -> None:
        """Add an event."""
        sec, nsec = divmod(event.tick * NS_PER_TICK, NS_PER_S)
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
        self.add(self._events, event.tick, json.dumps(message).encode(), self._event_number)
        self._event_number += 1

    def finish(self, metadata: dict[str, str]) -> None:
        """Add the session's facts and complete the file."""
        self._writer.add_metadata(SESSION, metadata)
        self._writer.finish()  # type: ignore[no-untyped-call] # mcap has no types there
