"""The wires at the Pico: one for each signal, at the pin that the header has for it."""

import pytest

from host_tools.board.chips import HEADER
from host_tools.board.wires import BUS, wires_of
from tests.host_tools.board.wirings import WIRINGS


@pytest.mark.parametrize("name", WIRINGS)
def test_every_signal_has_one_wire_at_its_gpio(name):
    wiring = WIRINGS[name]
    at_gpio = [wire for wire in wires_of(wiring) if wire.gpio is not None]
    assert sorted(str(wire.gpio) for wire in at_gpio) == sorted(map(str, wiring.pins.values()))
    for wire in at_gpio:
        assert wiring.pins[wire.signal] == wire.gpio and wire.place == f"GP{wire.gpio}"


@pytest.mark.parametrize("name", WIRINGS)
def test_no_pin_of_the_header_has_two_wires(name):
    pins = [wire.pin for wire in wires_of(WIRINGS[name]) if wire.pin is not None]
    assert len(set(pins)) == len(pins)
    for wire in wires_of(WIRINGS[name]):
        if wire.gpio is not None and wire.pin is not None:
            assert HEADER[wire.gpio] == wire.pin


def test_two_wires_are_the_bus():
    assert sorted(wire.signal for wire in wires_of(WIRINGS["pico"]) if wire.kind == BUS) == ["i2c_scl", "i2c_sda"]
