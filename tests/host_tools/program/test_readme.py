"""The reference of the format agrees with the code."""

import re
from pathlib import Path

import pytest

from host_tools.program import check
from host_tools.program.check import check_text
from host_tools.program.compile import compile_program
from host_tools.program.prove import max_places
from host_tools.program.techniques import SETTINGS, WAYPOINT
from instep.axes import SOLE_PRESS
from instep.stroke.program import Program

README = (Path(check.__file__).parent / "README.md").read_text()
EXAMPLES = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_valid_program(example):
    assert check_text(example, "README.md").phases


def test_the_worked_example_presses_as_firmly_as_is_said():
    (said,) = re.findall(r"sole roller presses with (\S+) N at most", README)
    program = Program(compile_program(check_text(EXAMPLES[1], "README.md")))
    assert max_places(program)[SOLE_PRESS] == float(said) * 1000


@pytest.mark.parametrize("field", sorted({*SETTINGS, *WAYPOINT}))
def test_every_field_is_described(field):
    assert re.search(rf"^\|.*`{field}`", README, re.MULTILINE)
