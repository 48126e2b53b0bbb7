"""The phases of a program file: technique, feet, repeats and settings with their defaults, the closing last."""

import pytest

from host_tools.program.phases import PHASES_MAX, read_phases
from host_tools.program.techniques import DEFAULT_FEET, DEFAULT_REPEATS, DEFAULTS
from host_tools.program.violations import Findings
from instep.stroke.program import TECHNIQUES


def read(**document):
    """Return the phases that are read, and (field, problem) of each violation."""
    findings = Findings("my.toml", {})
    phases = read_phases(findings, document)
    return phases, [(violation.field, violation.problem) for violation in findings.violations]


@pytest.mark.parametrize("technique", [name for name in TECHNIQUES if name != "path"])
def test_a_technique_alone_has_its_defaults(technique):
    (phase, _), problems = read(phase=[{"technique": technique}])
    assert problems == []
    assert (phase.feet, phase.repeats) == (DEFAULT_FEET[technique], DEFAULT_REPEATS[technique])
    assert set(phase.settings) == set(DEFAULTS[technique])


def test_a_program_without_a_closing_closes_with_smooth_strokes():
    phases, _ = read(phase=[{"technique": "rest"}])
    assert [(phase.technique, phase.is_closing) for phase in phases] == [("rest", False), ("smooth", True)]


def test_the_closing_comes_last():
    phases, _ = read(closing=[{"technique": "top"}], phase=[{"technique": "sole"}, {"technique": "rest"}])
    assert [(phase.technique, phase.is_closing) for phase in phases] == [
        ("sole", False),
        ("rest", False),
        ("top", True),
    ]


def test_a_wrong_phase_is_left_out_and_the_others_are_still_checked():
    phases, problems = read(phase=[{"technique": "tap"}, {"technique": "rest", "seconds": -1}, {"technique": "rest"}])
    assert [field for field, _ in problems] == ["phase 1, technique", "phase 2, seconds"]
    assert [phase.technique for phase in phases] == ["rest", "smooth"]


@pytest.mark.parametrize(
    ("phase", "field", "problem"),
    [
        (None, "phase", "is missing"),
        ({"technique": "rest"}, "phase", "is not a list of [[phase]] tables"),
        ([], "phase", "is not a list of [[phase]] tables"),
        ([{"technique": "rest"}] * (PHASES_MAX + 1), "phase", "is not a list of [[phase]] tables"),
        (["rest"], "phase 1", "is not a table"),
        ([{}], "phase 1, technique", "is missing"),
        ([{"technique": "rest", "toes": [1]}], "phase 1, toes", "is not used here"),
        ([{"technique": "rest", "repeats": 0}], "phase 1, repeats", "is too small"),
        ([{"technique": "path"}], "phase 1, waypoints", "is missing"),
    ],
)
def test_what_is_no_phase_is_refused_at_its_place(phase, field, problem):
    assert read(phase=phase)[1] == [(field, problem)]
