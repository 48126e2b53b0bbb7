"""The firmware's calibration of a machine has every field, each from one of the two tables."""

import pytest

from host_tools.machine.calibration import SERVO_TABLES, calibration_of, fields_of, servo_fields
from host_tools.machine.roller import roller_fields
from host_tools.machine.tables import machines, table
from instep.axes import AXES_PER_FOOT, TOP_PRESS
from instep.hal.calibration import FIELDS


@pytest.mark.parametrize("machine", machines())
def test_every_field_comes_from_one_table(machine):
    servo, roller = servo_fields(table(machine, "servo")), roller_fields(table(machine, "roller"))
    assert not servo.keys() & roller.keys()
    assert servo.keys() | roller.keys() == {name for name, _, _ in FIELDS}
    assert vars(calibration_of(machine)) == fields_of(table(machine, "roller"), table(machine, "servo"))


def test_every_servo_axis_has_a_table():
    assert set(SERVO_TABLES) == set(range(TOP_PRESS, AXES_PER_FOOT))


def test_both_presses_and_both_holds_share_theirs():
    assert sorted(SERVO_TABLES.values()).count("press") == 2
    assert sorted(SERVO_TABLES.values()).count("hold") == 2
