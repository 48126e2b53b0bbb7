"""Emergency stop, status light, relay and supply, over recording pins."""

import pytest

from instep.hal.bus import Bus, Port
from instep.hal.mcp23017 import Contact, Expander
from instep.hal.switches import EmergencyStop, Light, SafetyRelay, SupplyMeter
from tests.emulator.chips.mcp23017 import Mcp23017
from tests.firmware.hal.wires import ChipBus, WireAdc, WirePin

ADDRESS = 0x20
CONTACT = 9


def test_the_emergency_stop_is_pressed_when_its_line_is_dead():
    pin = WirePin(1)
    assert EmergencyStop(pin).read() is False
    pin.level = 0
    assert EmergencyStop(pin).read() is True


def test_the_light_follows_its_pin():
    pin = WirePin(0)
    light = Light(pin)
    light.set(True)
    assert pin.level == 1
    light.set(False)
    assert pin.level == 0


def test_the_relay_is_driven_and_its_second_contact_read():
    wire = ChipBus()
    wire.chips[ADDRESS] = model = Mcp23017(ADDRESS)
    expander = Expander(Port(Bus(wire, lambda: None), ADDRESS, 8), 0)
    pin = WirePin(0)
    relay = SafetyRelay(pin, Contact(expander, CONTACT))
    relay.set(True)
    assert pin.level == 1
    expander.flush()
    expander.read()
    assert not relay.read()
    model.driven[CONTACT] = False
    expander.read()
    assert relay.read()
    relay.set(False)
    assert pin.level == 0


def test_the_supply_is_scaled_by_its_divider():
    adc = WireAdc(round(12_000 / 5.7 / 3_300 * 65_536))
    meter = SupplyMeter(adc, 3_300 * 5_700 // 1_000)
    assert meter.read_mv() == 0
    meter.sample()
    assert meter.read_mv() == pytest.approx(12_000, abs=5)
