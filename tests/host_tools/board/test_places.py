"""The chips on the bus: each terminal once, in the order of the chip, with the straps of its address."""

import pytest

from host_tools.board.places import bus_chips, power_wires
from host_tools.board.wires import ohm_text
from instep.axes import SERVOS
from tests.host_tools.board.wirings import WIRINGS


def chips(name):
    return {chip.key: chip for chip in bus_chips(WIRINGS[name])}


@pytest.mark.parametrize("name", WIRINGS)
def test_every_chip_has_an_address_of_its_own(name):
    addresses = [chip.address for chip in chips(name).values()]
    assert len(set(addresses)) == len(addresses)


@pytest.mark.parametrize("name", WIRINGS)
def test_no_terminal_of_a_chip_is_used_twice(name):
    for chip in chips(name).values():
        terminals = [terminal for terminal, _, _ in chip.rows]
        assert len(set(terminals)) == len(terminals)
        assert len({goes_to for _, goes_to, _ in chip.rows}) == len(terminals)


@pytest.mark.parametrize(
    ("name", "key", "straps"),
    [
        ("moved", "servos", "A5-A0 110111"),
        ("moved", "expander", "A2-A0 111"),
        ("moved", "display", "D/C to 3V3"),
        ("pico", "display", "D/C to GND"),
    ],
)
def test_the_straps_are_the_address_in_the_pins_of_the_chip(name, key, straps):
    assert chips(name)[key].straps == straps


def test_moved_signals_are_at_their_new_terminals():
    rows = {terminal: goes_to for terminal, goes_to, _ in chips("moved")["expander"].rows}
    assert (rows["GPB0"], rows["GPA0"], rows["GPA1"]) == ("button START", "right foot switch", "relay, second contact")
    servos = chips("moved")["servos"].rows
    assert [int(terminal) for terminal, _, _ in servos] == list(range(SERVOS))
    assert servos[0][1].startswith("right") and servos[8][1].startswith("left")


def test_the_power_wires_name_the_sense_resistor_of_the_board():
    for wiring in WIRINGS.values():
        sense = ohm_text(wiring.table("bridges")["sense_ohm"])
        assert any(goes_to.startswith(f"{sense} to AGND") for _, goes_to, _ in power_wires(wiring))
