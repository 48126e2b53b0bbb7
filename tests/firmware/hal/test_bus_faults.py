"""Chips that fall silent and a bus that is held: reported, freed, and never slow."""

import pytest

from tests.firmware.hal.board_rig import BOARD, BoardRig


@pytest.fixture
def machine(monkeypatch):
    return BoardRig(monkeypatch)


def test_a_sound_bus_reports_no_fault(machine):
    machine.tick(300)
    assert machine.hal.bus_faults() == 0


@pytest.mark.parametrize(
    ("name", "bit"),
    [("servos", 1), ("heat_adc", 2), ("force_adc_left", 4), ("force_adc_right", 4), ("expander", 8), ("display", 16)],
)
def test_a_silent_chip_is_reported_within_20_ms_and_its_return_as_soon(machine, name, bit):
    machine.tick(10)
    model = machine.chip.bus.chips[BOARD.addresses[name]]
    model.is_silent = True
    machine.tick(2)
    assert machine.hal.bus_faults() == bit
    machine.tick(20)
    assert machine.hal.bus_faults() == bit
    model.is_silent = False
    machine.tick(2)
    assert machine.hal.bus_faults() == 0


def test_a_bus_without_any_chip_raises_nothing(monkeypatch):
    machine = BoardRig(monkeypatch, is_complete=False)
    machine.tick(50)
    assert machine.hal.bus_faults() == 63
    assert not machine.work()


def test_a_held_bus_is_reported_and_freed(machine):
    machine.tick(10)
    machine.hal.encoders[0].read_counts()
    machine.chip.bus.is_held = True
    machine.tick(1)
    assert machine.hal.bus_faults()
    made = len(machine.chip.i2c_options)
    free = machine.exchange._bus._free

    def free_and_let_go():
        free()
        machine.chip.bus.is_held = False

    machine.exchange._bus._free = free_and_let_go
    machine.tick(4)
    assert machine.hal.bus_faults() == 0
    assert len(machine.chip.i2c_options) == made + 1


def test_a_bus_that_stays_held_costs_a_tick_less_than_4_ms(machine):
    machine.tick(10)
    machine.chip.bus.is_held = True
    for _ in range(200):
        before = machine.chip.bus.now_ns
        machine.hal.begin_tick()
        machine.hal.end_tick()
        machine.work()
        assert machine.chip.bus.now_ns - before < 4_000_000
        machine.chip.pass_us(8_000)
