"""The notebook in docs/ runs from top to bottom, is short, and is kept without outputs."""

import json
import os

import matplotlib
import matplotlib.pyplot as plt
import pytest

from host_tools.docs.imports import ROOT
from host_tools.program.check import check_text
from tests.sim.search.planned import planned_session

_LINES_MAX = 40
NOTEBOOK = json.loads((ROOT / "docs" / "simulate.ipynb").read_text(encoding="utf-8"))
CODE = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


@pytest.fixture
def _fast(monkeypatch):
    """Draw without a window, and plan the sessions of a search: tests of their own simulate them."""
    matplotlib.use("Agg")
    monkeypatch.setattr("sim.search.search.simulate", lambda _setting, _code, text: planned_session(text, 10.0))
    yield
    plt.close("all")


@pytest.mark.usefixtures("_fast")
def test_every_cell_runs_and_shows_what_its_heading_says(capsys):
    names: dict[str, object] = {}
    for number, cell in enumerate(CODE):
        exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
    said = capsys.readouterr().out
    program = said[said.index("format = 1") :]
    assert "after power-up: " in said and "softer: intensity 1, at most" in said
    assert "nearest: " in said and check_text(program.strip(), "my-arch.toml").name == "my-arch"
    (figure,) = (plt.figure(number) for number in plt.get_fignums())
    assert [axes.get_title() for axes in figure.axes][:2] == ["as it is", "softer"]
    assert all(axes.get_images()[0].get_clim()[1] > 0 for axes in figure.axes[:2])


def test_it_is_short_and_has_no_outputs():
    lines = [line for cell in CODE for line in cell["source"] if line.strip()]
    assert 0 < len(lines) <= _LINES_MAX
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in CODE)


def test_it_names_no_place_of_the_computer_on_which_it_was_written():
    assert set(NOTEBOOK["metadata"]) == {"kernelspec", "language_info"}
    assert os.sep + "home" + os.sep not in json.dumps(NOTEBOOK)
