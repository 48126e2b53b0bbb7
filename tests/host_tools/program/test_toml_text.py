"""A program written as text reads back as itself."""

import pytest
from hypothesis import given, settings

from host_tools.program.check import check_text
from host_tools.program.load import load_program, shipped
from host_tools.program.toml_text import to_toml
from tests.strategies import programs


@settings(max_examples=40)
@given(programs())
def test_a_program_written_as_text_reads_back_as_itself(drawn):
    program, _ = drawn
    again = check_text(to_toml(program), "my.toml")
    assert again.phases == program.phases
    assert (again.name, again.minutes, again.heat) == (program.name, program.minutes, program.heat)


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_program_written_as_text_keeps_its_title(name):
    program = load_program(name).program
    assert check_text(to_toml(program), "my.toml") == program
