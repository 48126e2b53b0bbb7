"""The mechanics of a board stay within the firmware's limits."""

import copy

import pytest

from host_tools.board import machine_rules
from host_tools.board.check import check_text
from host_tools.board.findings import BoardFileError, field_name
from host_tools.board.machine_rules import check_tables
from host_tools.machine.tables import TABLES, machines, table
from host_tools.program.violations import Findings
from tests.host_tools.board_files import edited


def violations(text):
    with pytest.raises(BoardFileError) as caught:
        check_text(text, "my.toml")
    return caught.value.violations


def figures():
    return {name: copy.deepcopy(table("reference", name)) for name in TABLES}


MACHINE_CASES = {
    "a carriage shorter than the strokes": (
        ("roller", "carriage", "sole_travel_m", 0.3),
        "roller.toml has carriage.sole_travel_m = 0.3, less than strokes ask for: the roller would hit its stop; "
        "allowed: at least 0.34 m. Correct boards/reference/roller.toml.",
    ),
    "a drive that pulls too hard": (
        ("roller", "drive", "limit_a", 2.5),
        "roller.toml has drive.limit_a = 2.5, which pulls harder than the guard's 60000 mN; "
        "allowed: at most 2.18 A. Correct boards/reference/roller.toml.",
    ),
    "a press whose spring goes too far": (
        ("servo", "press", "spring_mn_per_mm", 1_500),
        "servo.toml has press.travel_max_um = 60000, where the spring presses harder than the guard's 60000 mN; "
        "allowed: at most 54000 um. Correct boards/reference/servo.toml.",
    ),
    "a servo that is asked for too much": (
        ("servo", "grip", "us_per_kilo", 400),
        "servo.toml has grip.us_per_kilo = 400, so that toe_grip asks for 1000 to 3000 us; "
        "allowed: pulses of 500 to 2500 us. Correct boards/reference/servo.toml.",
    ),
    "a cut-out above the guard's trip": (
        ("heater", "cut_out", "opens_c", 70.0),
        "heater.toml has cut_out.opens_c = 70.0, which must be between the skin's trip and the element's; "
        "allowed: above 43.0 and under 60.0 °C (set points end at 41.0 °C). Correct boards/reference/heater.toml.",
    ),
    "another thermistor": (
        ("heater", "ntc", "beta_k", 3_435.0),
        "heater.toml has ntc = 10000 ohm, B3435, with which the firmware reads 3.01 °C at 0 °C; "
        "allowed: 10 k, B3950, 10 k. Correct boards/reference/heater.toml.",
    ),
    "a figure that the firmware refuses": (
        ("servo", "press", "probe_travel_um", 50_000),
        "gives probe_travel_um = 50000, which the firmware refuses; allowed: 1000 to 40000. Correct boards/reference.",
    ),
}


@pytest.mark.parametrize("case", MACHINE_CASES)
def test_a_machine_beyond_the_firmware_s_limits_is_refused(case):
    (name, group, key, value), expected = MACHINE_CASES[case]
    tables = figures()
    tables[name][group][key] = value
    findings = Findings("my.toml", {}, field_name)
    check_tables(findings, "reference", tables)
    assert [str(found) for found in findings.violations] == [f'my.toml:1: machine = "reference": {expected}']


@pytest.mark.parametrize("machine", machines())
def test_every_machine_stays_within_the_firmware_s_limits(machine):
    findings = Findings("my.toml", {}, field_name)
    check_tables(findings, machine, {name: table(machine, name) for name in TABLES})
    assert not findings.violations


def test_a_board_whose_machine_goes_too_far_is_refused(monkeypatch):
    tables = figures()
    tables["roller"]["drive"]["limit_a"] = 2.5
    monkeypatch.setattr(machine_rules, "table", lambda machine, name: tables[name])
    assert [found.field for found in violations(edited({}))] == ["machine"]


MACHINE_ENDS = {
    "stroke": ("roller", "carriage", "sole_travel_m", 0.34),
    "spring": ("servo", "press", "spring_mn_per_mm", 1_304),
    "pulse": ("servo", "grip", "us_per_kilo", 300),
}


@pytest.mark.parametrize("case", MACHINE_ENDS)
def test_a_machine_at_the_firmware_s_limits_is_accepted(case):
    name, group, key, value = MACHINE_ENDS[case]
    tables = figures()
    tables[name][group][key] = value
    findings = Findings("my.toml", {}, field_name)
    check_tables(findings, "reference", tables)
    assert not findings.violations
