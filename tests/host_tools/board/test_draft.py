"""A board file while it is checked: numbers in the notation of their table, a missing one breaks no further rule."""

import pytest

from host_tools.board.chips import HEADER
from host_tools.board.draft import Draft, shown_number
from host_tools.board.findings import field_name
from host_tools.program.violations import Findings


@pytest.fixture
def draft():
    values = {("pins", "relay"): 0, ("pins", "light"): 1, ("addresses", "display"): 0x3C}
    return Draft(Findings("my.toml", {}, field_name), values, None)


def test_a_number_is_found_by_table_and_key(draft):
    assert draft.get("pins", "light") == 1
    assert draft.get("pins", "buzzer") is None
    assert draft.table("pins") == {"relay": 0, "light": 1}


def test_an_address_is_shown_in_hexadecimal_and_a_pin_as_a_number(draft):
    draft.add("addresses", "display", "is taken", "0x3C or 0x3D", "Choose the other")
    draft.add("pins", "light", "is taken", "a free pin", "Move it")
    draft.add("pins", "buzzer", "is missing", "a pin", "")
    assert [str(violation).removeprefix("my.toml:1: ") for violation in draft.findings.violations] == [
        "addresses.display = 0x3C: is taken; allowed: 0x3C or 0x3D. Choose the other.",
        "pins.light = 1: is taken; allowed: a free pin. Move it.",
        "pins.buzzer: is missing; allowed: a pin",
    ]
    assert f"{shown_number('addresses', 7)}" == "0x07"


def test_free_pins_are_those_of_the_header_that_nothing_uses(draft):
    free = draft.free_pins().split(", ")
    assert "GP0" not in free and "GP2" in free and len(free) == len(set(HEADER)) - 2
    full = Draft(draft.findings, {("pins", str(gpio)): gpio for gpio in HEADER}, None)
    assert full.free_pins() == "none, so swap two wires"
