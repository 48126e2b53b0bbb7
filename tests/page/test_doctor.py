"""The doctor of the page: the verdicts of `instep doctor`, by the same code on MicroPython."""

import json
import subprocess
from types import SimpleNamespace
from typing import Any

import pytest

from host_tools.link.diagnose import judge_readings, judge_selftest
from instep.guard import faults, selftest
from instep.link import protocol, telemetry_fields
from instep.session import states
from tests.vm.harness import NODE

HEALTHY = {"skin_code": 2048, "element_code": 2048, "skin_centi_c": 2500, "element_centi_c": 2500}
CASES = {
    "a healthy machine": ({"supply_mv": 12_000, "selftest": selftest.HOMING}, HEALTHY),
    "a low supply and a silent part": ({"supply_mv": 9_000, "bus_faults": 0x0102}, HEALTHY),
    "an open sensor and a pressed roller": ({"supply_mv": 12_000}, {**HEALTHY, "skin_code": 4095, "top_mn": 9_000}),
    "a failed self-test": (
        {"supply_mv": 14_000, "selftest": selftest.FAILED, "selftest_fault": faults.FAULT_RELAY_WELDED},
        {**HEALTHY, "element_centi_c": 6_000, "is_in": 1},
    ),
    "a fault, late ticks and a stuck button": (
        {
            "supply_mv": 12_000,
            "state": states.FAULT,
            "fault": faults.FAULT_DEVICE_SILENT,
            "late_ticks": 3,
            "longest_tick_us": 12_345,
            "flags": protocol.FLAG_BUTTON_STUCK | protocol.FLAG_LOOP_STOPPED,
        },
        HEALTHY,
    ),
}

SCRIPT = """
  const { readFileSync } = await import("node:fs");
  const { folder, cases } = JSON.parse(readFileSync(0));
  const read = (name) => JSON.parse(readFileSync(`${folder}/made/${name}`));
  const { loadMicroPython } = await import(`${folder}/parts/micropython-webassembly-pyscript/micropython.mjs`);
  const { Workshop } = await import(`${folder}/machine.js`);
  const judge = await new Workshop(loadMicroPython, read("machine.json"), read("facts.json")).doctor();
  console.log(JSON.stringify(cases.map((one) => judge(one, true))));
  process.exit(0);
"""


def telemetry(machine, foot):
    """Return a machine's telemetry with zeros in what is not given."""
    feet = {row[0]: 0 for row in telemetry_fields.FOOT} | foot
    return {"machine": {row[0]: 0 for row in telemetry_fields.MACHINE} | machine, "feet": [feet, feet]}


@pytest.fixture(scope="module")
def in_the_page(page):
    told = [telemetry(*case) for case in CASES.values()]
    run = subprocess.run(
        [NODE, "--input-type=module", "-e", SCRIPT],
        input=json.dumps({"folder": str(page), "cases": told}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return dict(zip(CASES, json.loads(run.stdout), strict=True))


class _Now(SimpleNamespace):
    def __getitem__(self, name):
        return self.machine[name]

    def has(self, flag):
        return bool(self.machine["flags"] & flag)


@pytest.mark.parametrize("name", CASES)
def test_the_pages_verdicts_are_those_of_the_command_line(in_the_page, name):
    told = telemetry(*CASES[name])
    machine = told["machine"]
    verdicts = judge_selftest(machine["selftest"], machine["selftest_fault"])
    now: Any = _Now(machine=machine, feet=told["feet"], state=machine["state"])
    verdicts += judge_readings(now)
    assert in_the_page[name] == [[one.what, one.verdict, one.found, one.advice] for one in verdicts]
