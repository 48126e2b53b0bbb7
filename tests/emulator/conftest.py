"""An emulated machine for each test that asks for one; without a MicroPython image such tests are skipped."""

from pathlib import Path

import pytest

from tests.emulator.image import HOW_TO_GET_ONE, find_uf2
from tests.emulator.machine import Machine
from tests.emulator.pico import Pico


@pytest.fixture(scope="session")
def uf2() -> Path:
    """MicroPython's image."""
    path = find_uf2()
    if path is None:
        pytest.skip(HOW_TO_GET_ONE)
    return path


@pytest.fixture
def machine(uf2: Path) -> Machine:
    """A machine whose Pico has nothing but MicroPython."""
    return Machine(Pico(uf2))
