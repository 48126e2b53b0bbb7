"""The layout for Foxglove and Lichtblick shows fields that a trace has, each panel once."""

import json

from host_tools.trace.layout import layout
from host_tools.trace.told import machine_schema, reading_schema


def test_every_path_of_the_layout_is_a_field_of_the_channels():
    document = json.loads(layout())
    schemas = {"machine": machine_schema(), "reading": reading_schema()}
    paths = [path["value"] for panel in document["configById"].values() for path in panel.get("paths", ())]
    assert len(paths) > 20
    for path in paths:
        topic, *names = path.split(".")
        schema = schemas[topic]
        for name in names:
            schema = schema["properties"][name]
        assert schema["type"] == "integer"


def test_the_layout_shows_each_of_its_panels_once():
    document = json.loads(layout())

    def leaves(node):
        return [node] if isinstance(node, str) else leaves(node["first"]) + leaves(node["second"])

    assert sorted(leaves(document["layout"])) == sorted(document["configById"])
