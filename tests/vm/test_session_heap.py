"""On MicroPython no tick allocates, nor its slack while the relay is closed: the whole firmware, storage included."""

from pathlib import Path
from typing import Any

import pytest

from host_tools.flash.image import Image
from instep.guard import faults
from instep.hal.calibration import FIELDS
from instep.session import outcome, states
from instep.session.jog import JOG_CLEANING, JOG_OFF
from instep.stroke.program import PATH
from tests.firmware.sessions import CALIBRATION, image
from tests.vm.harness import VmError, run_on_vm

PROGRAMS = ("demo", "gentle")
DRIVERS = ("board", "session_ticks")
# What the self-test reads before it closes the relay.
INSTALLED = Image({"instep/core.mpy": bytes(range(256)) * 7, "board.bin": b"board"}, {})
NEVER_SEEN = {"refused", "fault", "off"}


def run(session: str, before: str = "") -> Any:
    """Run a session of `session_ticks` on the VM; return what it says."""
    files = {f"/lib/tests/vm/{name}.py": Path(__file__).with_name(f"{name}.py").read_bytes() for name in DRIVERS}
    files |= {f"/slot/{path}": data for path, data in INSTALLED.files.items()}
    files["/slot/manifest"] = INSTALLED.manifest.encode()
    files |= {f"/{name}.bin": image(name) for name in PROGRAMS}
    calibration = {name: getattr(CALIBRATION, name) for name, _, _ in FIELDS}
    code = [
        before,
        "from tests.vm import session_ticks",
        f"programs = [open('/' + name + '.bin', 'rb').read() for name in {PROGRAMS}]",
        f"print(session_ticks.{session}({calibration}, programs))",
    ]
    return eval(run_on_vm("\n".join(code), files))


def test_a_session_through_all_its_states_allocates_nothing_and_is_in_the_journal():
    said = run("whole")
    assert (said["state"], said["fault"]) == (states.DONE, faults.NO_FAULT)
    assert set(said["seen"]) == set(states.NAMES) - NEVER_SEEN
    entry = said["entry"]
    assert (entry["program"], entry["result"]) == ("demo", outcome.RESULT_DONE)
    assert (entry["intensity"], entry["heat"], entry["late_ticks"]) == (3, 1, 1)
    assert entry["duration_s"] > 20 and entry["highest_force_mn"] > 5_000


def test_a_session_that_loses_its_heat_and_ends_in_a_fault_allocates_nothing():
    said = run("faulty")
    assert (said["state"], said["fault"]) == (states.FAULT, faults.FAULT_EMERGENCY_STOP)
    assert said["entry"]["result"] == outcome.RESULT_FAULT
    assert said["entry"]["fault"] == faults.FAULT_EMERGENCY_STOP


def test_choosing_being_refused_and_needing_care_allocate_nothing():
    said = run("menu")
    assert (said["state"], said["fault"]) == (states.DONE, faults.NO_FAULT)
    assert said["refused"] and said["off"]
    assert said["title"] == b"gentle"
    assert said["entry"]["program"] == "demo"


def test_the_page_of_choices_and_cleaning_allocate_nothing():
    said = run("page")
    assert said["fault"] == faults.NO_FAULT
    assert (said["cleaning"], said["after"]) == (JOG_CLEANING, JOG_OFF)
    chosen = dict(line.split("=") for line in said["settings"].split())
    assert (chosen["who"], chosen["pace"], chosen["balance"], chosen["feet"]) == ("1", "3", "1", "2")


def test_skipping_a_technique_and_leaving_it_out_allocate_nothing():
    said = run("skipping")
    assert (said["fault"], said["offered"]) == (faults.NO_FAULT, 1 << PATH)
    chosen = dict(line.split("=") for line in said["settings"].split())
    assert (chosen["skipped_twice"], chosen["left_out"]) == ("0", str(1 << PATH))


ALLOCATES_IN_THE_TICK = """
from instep.persistence.session_log import SessionLog
tick = SessionLog.tick
SessionLog.tick = lambda self: (tick(self), bytearray(9))
"""
ALLOCATES_IN_THE_SLACK = """
from instep.panel.display import Screen
slice = Screen.slice
Screen.slice = lambda self, ticks: (bytearray(9), slice(self, ticks))[1]
"""


@pytest.mark.parametrize("harm", [ALLOCATES_IN_THE_TICK, ALLOCATES_IN_THE_SLACK], ids=["tick", "slack"])
def test_an_allocation_is_found(harm):
    try:
        said = run("whole", harm)
    except VmError as error:
        assert "MemoryError" in str(error)
    else:
        assert "fault" in said["seen"]
