"""The list of a board's wiring: every signal and every place on the bus once, where it is."""

import pytest

from host_tools.board.chips import HEADER
from host_tools.board.listing import listings
from host_tools.board.places import bus_chips
from host_tools.board.wires import wires_of
from tests.host_tools.board.wirings import WIRINGS


@pytest.mark.parametrize("name", WIRINGS)
def test_every_signal_is_listed_once_with_its_pin(name):
    wiring = WIRINGS[name]
    listed = {wire.signal: (wire.gpio, wire.pin) for wire in wires_of(wiring) if wire.signal}
    assert listed == {signal: (gpio, HEADER.get(gpio)) for signal, gpio in wiring.pins.items()}
    pins = [wire.pin for wire in wires_of(wiring) if wire.pin]
    assert pins == sorted(set(pins))


@pytest.mark.parametrize("name", WIRINGS)
def test_every_place_on_the_bus_is_listed_once(name):
    chips = {chip.key: [row[0] for row in chip.rows] for chip in bus_chips(WIRINGS[name])}
    assert len(chips["expander"]) == 11
    assert sorted(chips["servos"], key=int) == [str(output) for output in range(16)]
    assert [len(chips[key]) for key in ("heat_adc", "force_adc_left", "force_adc_right")] == [4, 2, 2]
    for terminals in chips.values():
        assert len(terminals) == len(set(terminals))


def test_moved_wires_are_listed_where_they_are():
    rows = {row[1]: row for listing in listings(WIRINGS["moved"])[:1] for row in listing.rows}
    assert rows["GP20"][3] == "I²C bus, SDA"
    chips = {chip.key: chip for chip in bus_chips(WIRINGS["moved"])}
    assert chips["display"].straps == "D/C to 3V3"
    assert chips["expander"].straps == "A2-A0 111"
    assert chips["servos"].straps == "A5-A0 110111"
    assert dict((row[0], row[1]) for row in chips["expander"].rows)["GPB0"] == "button START"
    assert dict((row[0], row[1]) for row in chips["servos"].rows)["0"] == "right top press"
