"""The flashed firmware on an emulated board: it boots, it hears buttons, it is safe when it must be.

Booting takes the host minutes, so all tests use one board, in the order in which they stand here.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from instep.hal.power_outputs import WATCHDOG_MS
from tests.emulator.installed import install
from tests.emulator.machine import Machine
from tests.emulator.pico import Pico

pytestmark = pytest.mark.xdist_group("emulated board")

# What the display's first frame is drawn with.
_WHOLE_FRAME_BYTES = 1024
_BOOT_MS = 8_000
_TICK_MS = 10
# The rig looks ten times a tick.
_LOOK_US = 1_000
_PRESS_MS = 60
_TIMER_GUARD_MS = 50


@pytest.fixture(scope="module")
def board(uf2: Path) -> Iterator[Machine]:
    """A board that has booted the firmware."""
    pico = Pico(uf2)
    install(pico)
    machine = Machine(pico)
    pico.run_until(lambda: machine.display.data_bytes >= _WHOLE_FRAME_BYTES, _BOOT_MS, 50_000)
    pico.run_ms(500)
    yield machine
    pico.stop()


def _press(board: Machine, button: str) -> None:
    board.press(button)
    board.pico.run_ms(_PRESS_MS)
    board.release(button)
    board.pico.run_ms(_PRESS_MS)


def test_it_boots_to_a_safe_rest_and_shows_it(board: Machine):
    assert not board.pico.resets
    assert board.is_safe
    assert not any(board.servos.pulses_us())
    assert board.display.is_on
    assert not board.display.unknown
    assert board.display.picture().getbbox() is not None


def test_a_button_reaches_the_firmware(board: Machine):
    before = bytes(board.display.memory)

    _press(board, "start")
    board.pico.run_ms(300)

    assert bytes(board.display.memory) != before
    assert board.is_safe


def test_a_loop_that_hangs_is_cut_off_by_the_timer_then_reset_by_the_watchdog(board: Machine):
    pico = board.pico
    pico.hang()

    is_cut = board.bridges[0].is_held
    assert pico.run_until(is_cut, _TIMER_GUARD_MS + _TICK_MS, _LOOK_US) <= _TIMER_GUARD_MS
    assert all(bridge.is_held() for bridge in board.bridges)
    assert board.is_safe

    pico.run_until(lambda: bool(pico.resets), WATCHDOG_MS, _LOOK_US)
    assert board.is_safe


def test_the_emergency_stop_is_reported_at_once(board: Machine):
    pico = board.pico
    pico.run_until(lambda: pico.usb.is_enumerated, _BOOT_MS, 50_000)
    board.display.data_bytes = 0
    pico.run_until(lambda: board.display.data_bytes >= _WHOLE_FRAME_BYTES, _BOOT_MS, 50_000)
    pico.run_ms(500)
    before = bytes(board.display.memory)

    board.set_emergency_stop(True)
    board.pico.run_ms(300)

    assert bytes(board.display.memory) != before
    assert board.is_safe
    board.set_emergency_stop(False)
