"""The settings of the techniques: every default is allowed, and the ranges are those of the board."""

import pytest

from host_tools.program.techniques import DEFAULTS, SETTINGS, WAYPOINT, Number, Selection
from host_tools.program.values import read_number, read_selection
from host_tools.program.violations import Findings
from instep.stroke.program import TECHNIQUES


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_every_default_is_in_its_range(technique):
    findings = Findings("defaults", {})
    for key, value in DEFAULTS[technique].items():
        kind = SETTINGS[key]
        if isinstance(kind, Selection):
            assert read_selection(findings, (key,), value, kind) is not None
        else:
            assert read_number(findings, (key,), value, kind) is not None
    assert findings.violations == []


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Number("N", 100, 0, 3_500), "0 to 35 N in steps of 0.01"),
        (Number("", 1, 1, 9), "1 to 9"),
        (Number("degrees", 10, -100, 100), "-10 to 10 degrees in steps of 0.1"),
    ],
)
def test_a_range_is_told_in_the_unit_of_the_file(number, text):
    assert number.allowed == text


def test_a_selection_tells_its_range():
    assert Selection(4).allowed == "a list of different whole numbers, 1 to 4"


def test_a_force_means_the_same_in_a_path_and_in_a_technique():
    assert WAYPOINT["top_n"] == SETTINGS["force_out_n"]
    assert WAYPOINT["grip_n"] == SETTINGS["grip_n"]
