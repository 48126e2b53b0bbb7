"""The outputs' last switch: overrides that hold pins low, whatever the PWM blocks or the firmware say.

RP2040 data sheet, 2.19.6.1, and RP2350 data sheet, 9.11.1: `OUTOVER` of a pin's CTRL register. Addresses are kept
ready, because they are too large for MicroPython's small integers and would be allocated at every use.
"""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.machine_api import Registers

_CTRL = const(4)
_STRIDE = const(8)
_FUNCTION_PWM = const(4)
_DRIVE_LOW = const(2)


class GpioOverride:
    """The pins of bridges and heaters; `io_bank` and `override_shift` are the chip's."""

    def __init__(self, registers: "Registers", io_bank: int, override_shift: int, pins: "list[int]") -> None:
        self._registers = registers
        self._addresses = tuple([io_bank + pin * _STRIDE + _CTRL for pin in pins])
        self._held = _FUNCTION_PWM | _DRIVE_LOW << override_shift

    def hold(self) -> None:
        """Hold all pins low from now on; it neither allocates nor raises."""
        registers = self._registers
        held = self._held
        for address in self._addresses:
            registers[address] = held

    def release(self) -> None:
        """Give all pins back to their PWM blocks."""
        registers = self._registers
        for address in self._addresses:
            registers[address] = _FUNCTION_PWM
