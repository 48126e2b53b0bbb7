"""A missing package: its pin is the project's own."""

import sys
import tomllib

import pytest

from host_tools.docs.imports import ROOT
from sim.extras import missing


@pytest.mark.parametrize("extra", ["environment", "search"])
def test_the_command_installs_what_the_project_pins(extra):
    pins = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"][extra]
    error = missing(extra, "This")
    assert error.message == f"This needs {' and '.join(pins)}, which is not installed."
    assert error.advice == f"Install it: {sys.executable} -m pip install {' '.join(pins)}"
