"""The faults read from the source of the catalogue are those of the catalogue as it runs."""

from host_tools.docs.injected import injected_faults
from sim.faults import FAULTS


def test_every_fault_is_found_with_its_danger_and_time():
    rows = {name.strip("`"): (danger, time) for name, danger, time, _, _ in injected_faults()}
    assert rows.keys() == {fault.name for fault in FAULTS.values()}
    for fault in FAULTS.values():
        danger, time = rows[fault.name]
        assert danger == fault.danger
        budget_ms = fault.budget_ms
        number, _, unit = time.partition(":")[0].partition(" ")
        told = None if time.startswith("never") else int(number) * {"ms": 1, "s": 1_000}[unit]
        assert told == budget_ms
