"""Every message of a trace keeps to the schema of its channel."""

from typing import Any

import numpy as np

from tests.host_tools.trace.reading import SAMPLED, read

JSON_TYPES: dict[str, Any] = {"object": dict, "integer": int, "number": (int, float), "string": str}


def problems(value, schema, where="message"):
    """Return what is wrong with `value`: the part of JSON Schema that the trace's schemas use."""
    if "oneOf" in schema:
        return [] if sum(value == choice["const"] for choice in schema["oneOf"]) == 1 else [f"{where}: {value}"]
    found = []
    if not isinstance(value, JSON_TYPES[schema["type"]]):
        return [f"{where}: {value!r} is no {schema['type']}"]
    if (
        not schema.get("minimum", -np.inf)
        <= (value if schema["type"] == "integer" else 0)
        <= schema.get("maximum", np.inf)
    ):
        found.append(f"{where}: {value!r} is out of range")
    found += [f"{where} lacks {name}" for name in schema.get("required", ()) if name not in value]
    properties = schema.get("properties", {})
    if schema.get("additionalProperties") is False:
        found += [f"{where} has {name} too much" for name in value if name not in properties]
    for name in properties:
        if name in value:
            found += problems(value[name], properties[name], f"{where}.{name}")
    return found


def test_every_message_keeps_to_its_channels_schema(trace):
    messages, schemas = read(trace)
    assert set(messages) == {*SAMPLED, "event"}
    for topic, entries in messages.items():
        schema = schemas[topic][1]
        assert schema["type"] == "object"
        assert [wrong for _, message in entries for wrong in problems(message, schema)] == []
