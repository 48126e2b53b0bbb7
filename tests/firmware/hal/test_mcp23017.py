"""The port expander, on a model of its registers: contacts, outputs, and settings that were lost."""

import pytest

from instep.hal.bus import Bus, Port
from instep.hal.mcp23017 import ButtonRow, Contact, Expander
from tests.emulator.chips.mcp23017 import Mcp23017
from tests.firmware.hal.wires import ChipBus

_ADDRESS = 0x20
_BUZZER = 7
_SELECT = 15


class Rig:
    def __init__(self):
        self.wire = ChipBus()
        self.model = Mcp23017(_ADDRESS)
        self.wire.chips[_ADDRESS] = self.model
        self.bus = Bus(self.wire, lambda: None)
        self.chip = Expander(Port(self.bus, _ADDRESS, 8), 1 << _BUZZER | 1 << _SELECT)
        self.tick()
        self.tick()

    def tick(self):
        self.chip.read()
        self.chip.flush()

    def close(self, *pins):
        self.model.driven = dict.fromkeys(pins, False)


@pytest.fixture
def rig():
    return Rig()


def test_only_its_two_outputs_are_driven(rig):
    assert [pin for pin in range(16) if rig.model.is_output(pin)] == [_BUZZER, _SELECT]
    assert not rig.model.level(_BUZZER)


@pytest.mark.parametrize("pin", [pin for pin in range(16) if pin not in (_BUZZER, _SELECT)])
def test_a_closed_contact_and_no_other_reads_true(rig, pin):
    contact = Contact(rig.chip, pin)
    rig.tick()
    assert not contact.read()
    rig.close(pin)
    rig.tick()
    assert contact.read()
    assert rig.chip.closed == 1 << pin


def test_buttons_are_read_as_a_mask_in_their_order(rig):
    row = ButtonRow(rig.chip, 0)
    rig.close(0, 3, 5, 6, 8)
    rig.tick()
    assert row.read_mask() == 0b101001


def test_an_output_takes_its_command_and_is_sent_once(rig):
    rig.wire.transfers.clear()
    rig.chip.set(_BUZZER, True)
    rig.tick()
    assert rig.model.level(_BUZZER)
    assert not rig.model.level(_SELECT)
    rig.tick()
    # The read's register number is a write of one byte.
    assert [len(data) for data in rig.wire.writes(_ADDRESS) if len(data) > 1] == [3]
    rig.chip.set(_BUZZER, False)
    rig.chip.set(_SELECT, True)
    rig.tick()
    assert not rig.model.level(_BUZZER)
    assert rig.model.level(_SELECT)


def test_outputs_are_read_with_the_rest_and_press_no_button(rig):
    row = ButtonRow(rig.chip, 0)
    rig.chip.set(_BUZZER, True)
    rig.tick()
    rig.tick()
    assert rig.chip.closed == 1 << _BUZZER
    assert row.read_mask() == 0


def test_a_silent_chip_keeps_what_it_said_last(rig):
    rig.close(2)
    rig.tick()
    rig.model.is_silent = True
    rig.close()
    rig.tick()
    assert rig.chip.closed == 1 << 2
    assert rig.bus.faults() == 8
    rig.model.is_silent = False
    rig.tick()
    rig.tick()
    assert rig.chip.closed == 0
    assert rig.bus.faults() == 0


def test_a_chip_that_was_reset_presses_no_button_and_is_set_up_again(rig):
    rig.chip.set(_SELECT, True)
    rig.tick()
    rig.model.power_up()
    rig.model.driven = {0: False, 1: False}
    rig.chip.read()
    assert rig.bus.faults() == 0x0800
    assert rig.chip.closed == 0
    rig.chip.flush()
    rig.chip.read()
    assert rig.bus.faults() == 0
    assert rig.chip.closed == 3 | 1 << _SELECT
    assert rig.model.level(_SELECT)


_SETTINGS = {"direction": 0x00, "inversion": 0x02, "pull-up": 0x0C}


@pytest.mark.parametrize("setting", _SETTINGS)
def test_a_setting_that_was_disturbed_is_restored_before_its_pins_are_believed(rig, setting):
    rig.close(2)
    rig.tick()
    rig.model.registers[_SETTINGS[setting]] ^= 0b100
    rig.chip.check()
    assert rig.bus.faults() == 0x0800
    rig.tick()
    assert rig.chip.closed == 1 << 2
    rig.chip.check()
    assert rig.chip._is_kept
    rig.tick()
    assert rig.bus.faults() == 0
    assert rig.chip.closed == 1 << 2


@pytest.mark.parametrize("setting", _SETTINGS)
def test_a_setting_that_stays_disturbed_is_nonsense_all_along(rig, setting):
    """The pins of such a chip are never taken: a held STOP would read as free."""
    write = rig.model.write_register
    rig.close(2)
    rig.tick()

    def disturbed(register, value):
        write(register, value ^ 0b100 if register == _SETTINGS[setting] else value)

    rig.model.write_register = disturbed
    rig.model.registers[_SETTINGS[setting]] ^= 0b100
    rig.chip.check()
    for tick in range(10):
        rig.tick()
        assert rig.bus.faults() == 0x0800
        assert rig.chip.closed == 1 << 2
        if tick & 1:
            rig.chip.check()


@pytest.mark.parametrize("stuck", [0x00, 0xFF])
def test_a_line_that_is_stuck_is_nonsense_and_not_buttons(rig, stuck):
    rig.model.read_register = lambda register: stuck
    for _ in range(3):
        rig.tick()
        assert rig.bus.faults() == 0x0800
    assert rig.chip.closed == 0
