"""The drawings and lists of the shipped boards are those that their files give."""

import pytest

from host_tools.board.document import documents


@pytest.mark.parametrize("path", sorted(documents()), ids=str)
def test_the_files_generated_from_the_boards_are_current(path):
    assert path.read_text(encoding="utf-8") == documents()[path], "run `make wiring`"
