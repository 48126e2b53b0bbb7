"""Every table of a board file is described."""

import pytest

from host_tools.board.schema import NUMBERS
from host_tools.data_folders import BOARDS


@pytest.mark.parametrize("table", [*NUMBERS, "name", "chip", "machine"])
def test_every_table_is_described(table):
    readme = (BOARDS / "README.md").read_text(encoding="utf-8")
    assert f"[{table}]" in readme or f"`{table}`" in readme
