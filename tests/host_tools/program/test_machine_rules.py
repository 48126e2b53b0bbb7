"""A program whose fields are in range is still refused if the firmware or the time of a session does not take it."""

import re

from hypothesis import given, settings

from instep.stroke import verify as firmware
from instep.stroke.program import Program, ProgramError
from tests.host_tools.program.files import PHASE, violations
from tests.strategies import programs


def test_a_cycle_longer_than_the_longest_session_is_refused():
    (violation,) = violations(PHASE + "repeats = 60\n")
    said = r"my.toml:3: phase: one cycle lasts 3\d{3}(\.\d+)? s at the slowest; allowed: at most 1800 s"
    assert re.fullmatch(said, violation)


def test_a_stroke_that_can_last_too_long_is_refused():
    (violation,) = violations(PHASE + "speed_out_mm_s = 5\nspeed_back_mm_s = 5\n")
    said = r"my.toml:3: phase 1: a stroke lasts 1[45]\d(\.\d+)? s at the slowest; allowed: at most 120 s"
    assert re.fullmatch(said, violation)


def test_a_closing_that_can_last_too_long_is_refused():
    (violation,) = violations(PHASE + '[[closing]]\ntechnique = "smooth"\nrepeats = 9\n')
    assert violation.startswith("my.toml:5: closing: the closing lasts 3")
    assert violation.endswith(" s at the slowest; allowed: at most 180 s")


def test_what_the_firmware_refuses_is_refused(monkeypatch):
    def refuse(program: Program) -> None:
        raise ProgramError("phase 1, lane 2: no")

    monkeypatch.setattr("host_tools.program.machine_rules.verify", refuse)
    (violation,) = violations(PHASE)
    assert "is refused by the firmware (phase 1, lane 2: no)" in violation


@settings(max_examples=40)
@given(programs())
def test_every_valid_program_is_accepted_by_the_firmware(drawn):
    firmware.verify(Program(drawn[1]))
