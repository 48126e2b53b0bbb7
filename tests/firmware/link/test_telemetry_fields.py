"""The table of telemetry fields against the code that writes them."""

import ast
import struct

import pytest

from host_tools.data_folders import FIRMWARE
from host_tools.flash.evaluate import literals
from host_tools.flash.modules import board_modules
from instep.link import telemetry_fields

WRITER = (FIRMWARE / "instep/link/telemetry.py").read_text()
GROUPS = {
    "MACHINE_HEAD_FORMAT": [row[0] for row in telemetry_fields.MACHINE_HEAD],
    "MACHINE_REST_FORMAT": [row[0] for row in telemetry_fields.MACHINE_REST],
    "FOOT_HEAD_FORMAT": [row[0] for row in telemetry_fields.FOOT_HEAD],
    "FOOT_REST_FORMAT": [row[0] for row in telemetry_fields.FOOT_REST],
    "MOTION_HEAD_FORMAT": list(telemetry_fields.MOTION_MACHINE),
    "MOTION_FOOT_FORMAT": list(telemetry_fields.MOTION_FOOT),
}
ROWS = telemetry_fields.MACHINE + telemetry_fields.FOOT
PACE = "            choices.pace,  # pace\n"
HEAT = "            choices.heat,  # heat\n"


def written(source):
    """Return the names of the values that each `struct.pack_into` writes, by the name of its format."""
    lines = source.splitlines()
    return {
        ast.unparse(call.args[0]).rpartition(".")[2]: [
            lines[(value.end_lineno or 0) - 1].partition("  # ")[2] for value in call.args[3:]
        ]
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "struct.pack_into"
    }


def differences(source):
    """Return a sentence per expression that is missing, or that does not follow the table."""
    found = written(source)
    wrong = []
    for group, names in GROUPS.items():
        values = found.get(group, [])
        wrong += [f"{group}: no expression for {name}" for name in names if name not in values]
        wrong += [f"{group}: an expression for {name or 'no field'}" for name in values if name not in names]
        if not wrong and values != names:
            wrong.append(f"{group}: the expressions' order is {values}")
    return wrong


def test_the_firmware_writes_the_fields_of_the_table_in_its_order():
    assert differences(WRITER) == []


@pytest.mark.parametrize(
    ("lines", "instead", "found"),
    [
        (PACE, "", "MACHINE_REST_FORMAT: no expression for pace"),
        (PACE, "            choices.pace,\n", "MACHINE_REST_FORMAT: an expression for no field"),
        (PACE, "            choices.pace,  # speed\n", "MACHINE_REST_FORMAT: an expression for speed"),
        (PACE + HEAT, HEAT + PACE, "MACHINE_REST_FORMAT: the expressions' order is"),
        ("            setpoints[axis + TOE_TURN],  # turn_deci_deg\n", "", "MOTION_FOOT_FORMAT: no expression for"),
    ],
    ids=["missing", "unnamed", "unknown", "out of order", "missing motion"],
)
def test_an_expression_that_is_missing_or_out_of_order_is_named(lines, instead, found):
    assert lines in WRITER
    assert any(sentence.startswith(found) for sentence in differences(WRITER.replace(lines, instead)))


@pytest.mark.parametrize("rows", [telemetry_fields.MACHINE, telemetry_fields.FOOT], ids=["machine", "foot"])
def test_a_field_has_one_row_with_the_format_of_one_integer_and_a_source_that_exists(rows):
    assert len({row[0] for row in rows}) == len(rows)
    for name, form, _, source, meaning in rows:
        assert form in "BbHhIi" and len(struct.unpack(f"<{form}", bytes(struct.calcsize(form)))) == 1, name
        assert (FIRMWARE / "instep" / f"{source.replace('.', '/')}.py").is_file(), f"{name} comes from {source}"
        assert meaning


UNITS = {
    "_mv": "mV",
    "_mn": "mN",
    "_ma": "mA",
    "_um": "um",
    "_us": "us",
    "_s": "s",
    "_permille": "1/1000",
    "_milli": "1/1000",
    "_centi_c": "0.01 C",
    "_deci_deg": "0.1 deg",
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_name_ends_in_the_unit_of_its_row(row):
    name, _, unit, *_ = row
    by_name = [UNITS[suffix] for suffix in UNITS if name.endswith(suffix)]
    if by_name:
        assert unit == by_name[0]
    else:
        assert unit not in UNITS.values()


def test_the_fields_that_move_are_fields_of_the_table():
    assert set(telemetry_fields.MOTION_MACHINE) <= {row[0] for row in telemetry_fields.MACHINE}
    assert set(telemetry_fields.MOTION_FOOT) <= {row[0] for row in telemetry_fields.FOOT}
    for form, names in (("MOTION_HEAD_FORMAT", "MOTION_MACHINE"), ("MOTION_FOOT_FORMAT", "MOTION_FOOT")):
        values = struct.unpack(
            getattr(telemetry_fields, form), bytes(struct.calcsize(getattr(telemetry_fields, form)))
        )
        assert len(values) == len(getattr(telemetry_fields, names))


def test_a_board_gets_the_formats_without_the_table():
    source = literals("instep.link.telemetry_fields")
    names = {ast.unparse(node.targets[0]) for node in ast.parse(source).body if isinstance(node, ast.Assign)}
    assert {"MACHINE_HEAD_FORMAT", "MOTION_FOOT_BYTES"} <= names and "MACHINE" not in names
    core = board_modules().sources["instep.core"]
    assert telemetry_fields.FOOT_REST_FORMAT in core
    assert "duration of the longest tick" not in core
