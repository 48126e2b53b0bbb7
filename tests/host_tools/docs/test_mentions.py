"""Where a name is used, read from the source: functions of the firmware, tables, tests that expect it."""

from host_tools.docs import mentions
from host_tools.docs.mentions import Place, functions_that_use, tables_that_name

FAULT = "FAULT_ROLLER_BLOCKED"


def test_a_function_that_uses_a_name_is_found_with_its_class():
    places = functions_that_use("LIFT_FIRST_TICKS")
    assert Place("firmware/instep/guard/back_off.py", "BackOff.tick") in places
    assert places and not functions_that_use("LIFT_FIRST_TICKS", outside="firmware/instep/guard/back_off.py")


def test_a_table_that_names_a_value_is_found():
    assert tables_that_name("TOP_PRESS", "host_tools/machine/calibration.py") == ["SERVO_TABLES"]
    assert tables_that_name("NO_SUCH_NAME", "host_tools/machine/calibration.py") == []


def test_only_tests_that_expect_a_name_count():
    places = mentions.tests_that_expect(frozenset({FAULT}))
    assert any(place.path == "tests/firmware/guard/test_motion_monitor.py" for place in places)
    assert all(place.function.startswith("test_") for place in places)
    assert mentions.tests_that_expect(frozenset({"NO" + "WHERE"})) == []
