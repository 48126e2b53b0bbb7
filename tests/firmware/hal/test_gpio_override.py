"""The last switch: pins held low by their own control registers, and given back to their PWM blocks."""

import pytest

from instep.hal.gpio_override import GpioOverride

IO_BANK = 0x4001_4000
PINS = [2, 9, 22]
PWM = 4


def control(pin):
    return IO_BANK + 8 * pin + 4


@pytest.mark.parametrize("override_shift", [8, 12])
def test_held_pins_keep_their_function_and_are_driven_low(override_shift):
    registers = {control(pin): PWM for pin in range(30)}
    override = GpioOverride(registers, IO_BANK, override_shift, PINS)
    assert all(value == PWM for value in registers.values()), "nothing is held before it is asked for"
    override.hold()
    for pin in range(30):
        held = PWM | 2 << override_shift if pin in PINS else PWM
        assert registers[control(pin)] == held, pin
    override.release()
    assert all(value == PWM for value in registers.values())
