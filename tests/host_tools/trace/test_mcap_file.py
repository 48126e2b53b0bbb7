"""An MCAP file while it is written: messages by tick, events as logs with their level, the facts at the end."""

import json

from mcap.reader import make_reader

from host_tools.trace.mcap_file import EVENT_TOPIC, NS_PER_TICK, SESSION, McapFile
from host_tools.trace.recording import Event
from host_tools.trace.schemas import LOG_LEVELS

SCHEMA = {"type": "object", "properties": {"x": {"type": "integer"}}}


def written(path, *events):
    with path.open("wb") as stream:
        file = McapFile(stream)
        channel = file.channel("small", SCHEMA)
        for tick in (0, 250):
            file.add(channel, tick, b'{"x":%d}' % tick, tick)
        for event in events:
            file.add_event(event)
        file.finish({"program": "demo"})
    return path


def read(path):
    with path.open("rb") as stream:
        reader = make_reader(stream, validate_crcs=True)
        messages = [
            (schema.name if schema else "", channel.topic, message)
            for schema, channel, message in reader.iter_messages()
        ]
        return messages, {entry.name: entry.metadata for entry in reader.iter_metadata()}


def test_a_message_is_at_the_time_of_its_tick(tmp_path):
    messages, facts = read(written(tmp_path / "a.mcap"))
    assert [(name, topic, message.log_time) for name, topic, message in messages] == [
        ("instep.small", "small", 0),
        ("instep.small", "small", 250 * NS_PER_TICK),
    ]
    assert NS_PER_TICK == 10_000_000 and facts == {SESSION: {"program": "demo"}}


def test_events_are_logs_whose_level_is_that_of_their_kind(tmp_path):
    events = [Event(123, "fault", "", "hot"), Event(123, "stroke", "left", "2"), Event(124, "display", "", "HELLO")]
    messages, _ = read(written(tmp_path / "a.mcap", *events))
    logs = [json.loads(message.data) for _, topic, message in messages if topic == EVENT_TOPIC]
    assert [log["level"] for log in logs] == [LOG_LEVELS[name] for name in ("ERROR", "INFO", "DEBUG")]
    assert logs[0]["timestamp"] == {"sec": 1, "nsec": 230_000_000}
    assert (logs[1]["name"], logs[1]["message"]) == ("left foot", "stroke: 2")
    assert (logs[0]["name"], logs[0]["text"]) == ("machine", "hot")
