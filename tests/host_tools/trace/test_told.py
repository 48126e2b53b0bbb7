"""The channels of what a machine reports: schema, template and the board's own bytes name the same fields."""

import json

import numpy as np
import pytest

from host_tools.trace import told
from instep.axes import FOOT_NAMES
from instep.link import telemetry_fields

MACHINE = [row[0] for row in telemetry_fields.MACHINE]
FOOT = [row[0] for row in telemetry_fields.FOOT]


def test_a_filled_template_is_a_message_of_its_schema():
    message = json.loads(told.machine_template() % tuple(range(len(MACHINE))))
    assert message == {name: number for number, name in enumerate(MACHINE)}
    assert set(told.machine_schema()["properties"]) == set(message)


def test_both_feet_stand_in_one_message_the_left_one_first():
    message = json.loads(told.reading_template() % tuple(range(2 * len(FOOT))))
    assert list(message) == list(FOOT_NAMES)
    assert list(message["right"].values()) == list(range(len(FOOT), 2 * len(FOOT)))
    for name in FOOT_NAMES:
        assert set(told.reading_schema()["properties"][name]["properties"]) == set(message[name])


@pytest.mark.parametrize("rows", [telemetry_fields.MACHINE, telemetry_fields.FOOT])
def test_a_description_has_the_meaning_and_the_unit(rows):
    schema = told.machine_schema() if rows is telemetry_fields.MACHINE else told.reading_schema()["properties"]["left"]
    for name, _, unit, _, meaning in rows:
        description = schema["properties"][name]["description"]
        assert description.startswith(meaning) and (not unit or description.endswith(f"({unit})"))


def test_the_data_of_a_status_reply_is_the_machine_s_block_and_then_each_foot_s():
    assert told.STATUS.names == ("machine", *FOOT_NAMES)
    assert told.STATUS["machine"].names == tuple(MACHINE)
    assert told.STATUS["left"] == told.STATUS["right"] and told.STATUS["left"].names == tuple(FOOT)
    assert np.zeros(1, told.STATUS).nbytes == told.STATUS.itemsize
