"""The bar of many simulations: on a terminal alone, with what is said behind it."""

from io import StringIO

import pytest
from rich.console import Console

from sim.progress import counted


@pytest.mark.parametrize("is_terminal", [True, False])
def test_the_bar_counts_runs_on_a_terminal_and_is_silent_elsewhere(is_terminal):
    said = StringIO()
    with counted(Console(file=said, force_terminal=is_terminal, width=100), "search", 40, 2) as advance:
        advance(5, "nearest: 12 %")
    text = said.getvalue()
    assert all((part in text) == is_terminal for part in ("search", "7/40", "nearest: 12 %"))
