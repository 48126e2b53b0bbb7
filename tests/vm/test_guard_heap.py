"""On MicroPython the guard's watches find what they must with the heap locked."""

from pathlib import Path

import pytest

from instep.guard import faults
from tests.vm.harness import run_on_vm

_DRIVER = Path(__file__).with_name("guard_ticks.py")
EXPECTED = {
    "motion": [
        faults.NO_FAULT,
        faults.FAULT_ROLLER_BLOCKED,
        faults.FAULT_ROLLER_BLOCKED,
        faults.FAULT_ENCODER_LOST,
        faults.FAULT_ENCODER_REVERSED,
        faults.FAULT_ROLLER_RUNAWAY,
        faults.FAULT_ROLLER_RUNAWAY,
    ],
    "force": [
        faults.NO_FAULT,
        faults.FAULT_PRESS_HIGH,
        faults.FAULT_FORCE_FROZEN,
        faults.FAULT_FOOT_MOVED,
        faults.FAULT_FOOT_MOVED,
        faults.FAULT_FOOT_MOVED,
        faults.FAULT_FOOT_TOO_HIGH,
        faults.FAULT_ROLLER_PRESSES,
    ],
    "heat": [
        faults.NO_FAULT,
        faults.FAULT_HEAT_SENSOR_LOST,
        faults.FAULT_HEAT_READING_WILD,
        faults.FAULT_HEAT_SENSORS_DIFFER,
        faults.FAULT_HEAT_WITHOUT_RISE,
        faults.FAULT_HEAT_READING_FROZEN,
        faults.FAULT_HEAT_SENSOR_LOST,
        faults.FAULT_HEAT_SENSORS_DIFFER,
    ],
    "deadman": [0, 17],
}


@pytest.mark.parametrize("watch", EXPECTED)
def test_a_watch_works_without_a_heap(watch):
    files = {"/lib/guard_ticks.py": _DRIVER.read_bytes()}
    assert run_on_vm(f"import guard_ticks\nprint(guard_ticks.{watch}())", files) == f"{EXPECTED[watch]}\n"
