"""Fixtures of the emulated machine; without a MicroPython image their tests are skipped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.emulator.image import HOW_TO_GET_ONE, find_uf2
from tests.emulator.machine import Machine
from tests.emulator.pico import Pico
from tests.emulator.story import Story, up_to_closing


@pytest.fixture(scope="session")
def uf2() -> Path:
    """Return the path of MicroPython's image."""
    path = find_uf2()
    if path is None:
        pytest.skip(HOW_TO_GET_ONE)
    return path


@pytest.fixture
def machine(uf2: Path) -> Machine:
    """Return a machine with MicroPython alone on its Pico."""
    return Machine(Pico(uf2))


@pytest.fixture(scope="session")
def story(uf2: Path) -> Iterator[Story]:
    """Return the machine at its closing strokes; one run serves every test of a session."""
    story = up_to_closing(uf2)
    yield story
    story.machine.pico.stop()
