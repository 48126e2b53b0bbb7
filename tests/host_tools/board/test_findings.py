"""The broken rules of a board file: named as in the file, with what to do."""

import pytest

from host_tools.board.findings import BoardFileError, field_name
from host_tools.program.violations import Violation


@pytest.mark.parametrize(
    ("place", "name"), [((), "the file"), (("pins", "relay"), "pins.relay"), (("pins", "\x1b["), r"pins.\x1b[")]
)
def test_a_field_is_named_as_in_the_file(place, name):
    assert field_name(place) == name


def test_the_error_has_the_lines_in_order_and_says_that_nothing_was_used():
    violations = [Violation("my.toml", line, "pins.relay", "", "is missing", "a pin") for line in (9, 2)]
    error = BoardFileError(violations)
    assert [line.split(":")[1] for line in error.message.splitlines()] == ["2", "9"]
    assert error.advice.startswith("Nothing was used of it.")
