"""The thermometer MCP9808 against the model of its data sheet."""

import pytest

from instep.hal.bus import Bus, Port
from instep.hal.mcp9808 import Mcp9808
from tests.emulator.chips import mcp9808 as model
from tests.firmware.hal.wires import ChipBus

_ADDRESS = 0x18


class Rig:
    """The driver over the model."""

    def __init__(self):
        self.chips = ChipBus()
        self.model = model.Mcp9808(_ADDRESS)
        self.chips.chips = {_ADDRESS: self.model}
        self.bus = Bus(self.chips, lambda: None)
        self.driver = Mcp9808(Port(self.bus, _ADDRESS, 32))

    def value(self):
        """Return what it gives after two visits."""
        self.driver.visit()
        self.driver.visit()
        return self.driver.read_centi_c()


@pytest.fixture
def rig():
    return Rig()


@pytest.mark.parametrize(
    ("celsius", "centi_c"), [(0, 0), (25, 2_500), (41.0625, 4_106), (125, 12_500), (-0.0625, -7), (-25.5, -2_550)]
)
def test_a_temperature_comes_as_hundredths_of_a_degree(rig, celsius, centi_c):
    rig.model.celsius = celsius
    assert rig.value() == centi_c


def test_the_alert_flags_above_the_value_are_no_part_of_it(rig):
    rig.model.registers[model.CONFIG] = 0
    rig.model.celsius = 30.0
    read = rig.model.read
    rig.model.read = lambda: read() | 0xC0 if rig.model._reads % 2 == 0 and rig.model._pointer == 5 else read()
    assert rig.value() == 3_000


def test_a_chip_in_shutdown_repeats_its_last_value_so_it_counts_as_invalid(rig):
    rig.model.celsius = 30.0
    assert rig.value() == 3_000
    rig.model.registers[model.CONFIG] = 0x0100
    rig.model.celsius = 50.0
    assert rig.value() == 3_000
    assert rig.bus.faults() == 32 << 8
    rig.model.registers[model.CONFIG] = 0
    rig.driver.visit()
    assert rig.bus.faults() == 0
    rig.driver.visit()
    assert rig.driver.read_centi_c() == 5_000


def test_another_chip_at_its_address_does_not_pass(rig):
    rig.chips.chips = {_ADDRESS: rig.model}
    rig.model.registers[model.CONFIG] = 0xFFFF
    assert rig.value() == 0
    assert rig.bus.faults() == 32 << 8


def test_a_silent_chip_keeps_its_value_and_is_reported(rig):
    rig.model.celsius = 30.0
    rig.value()
    rig.model.is_silent = True
    rig.model.celsius = 50.0
    assert rig.value() == 3_000
    assert rig.bus.faults() == 32
    rig.model.is_silent = False
    assert rig.value() == 5_000
    assert rig.bus.faults() == 0
