"""The doctor says whether a machine is well, and what to do where it is not."""

import pytest

from tests.host_tools.virtual_machine import VirtualMachine


def test_the_doctor_finds_a_sound_machine_well_and_moves_nothing(machine, call):
    before = [roller.position_um for roller in machine.app.drives.rollers]
    code, said, _ = call(machine, "doctor")
    assert code == 0 and "All is well." in said
    for what in ("safety relay opens", "safety relay closes", "left skin temperature", "supply", "buttons"):
        assert what in said
    assert [roller.position_um for roller in machine.app.drives.rollers] == before


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("emergency_stop@0s", "The emergency stop was pressed."),
        ("supply_low@0s", "supply"),
        ("skin_sensor_open@0s,left", "left skin temperature"),
        ("relay_welded@0s", "The safety relay does not open."),
    ],
)
def test_the_doctor_names_the_problem_and_its_remedy(call, fault, words):
    machine = VirtualMachine(faults=[fault])
    machine.pass_ticks(30)
    code, said, _ = call(machine, "doctor")
    assert code == 1 and "FAILED" in said and words in said


def test_what_is_to_be_reported_comes_with_the_way_to_report_it(machine, call):
    assert "open an issue" not in call(machine, "doctor")[1]
    machine.app.note_late_ticks(3)
    machine.pass_ticks(1)
    said = call(machine, "doctor")[1]
    assert "report it." in said and "open an issue where you got Instep" in said
