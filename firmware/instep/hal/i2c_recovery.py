"""The I2C controller, and the recovery of a bus whose data line a chip holds, as after a reset within a transfer.

NXP's UM10204, 3.1.16: up to nine clocks let the chip finish its byte, then a STOP ends the transfer.
"""

from instep.units import US_PER_S
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.hal.machine_api import Chip, I2c, Pin

_CLOCKS = const(9)
_HALF_US = const(5)  # 100 kHz, which every chip can follow

# Longest transfer: 65 bytes and the address, each of 9 bits; twice that is a bus that is held.
_LONGEST_BITS = const(66 * 9)


class Controller:
    """An I2C controller on two pins, which `free` recovers; `pause_us` waits."""

    def __init__(
        self, chip: "Chip", block: int, clock: int, data: int, hz: int, pause_us: "Callable[[int], None]"
    ) -> None:
        self._chip = chip
        self._block = block
        self._clock = clock
        self._data = data
        self._hz = hz
        self._pause_us = pause_us

    def set_up(self) -> "I2c":
        """Clock the bus free and set the controller up; whenever it is called it returns the same object."""
        pin = self._chip.Pin
        clock = pin(self._clock, pin.OPEN_DRAIN, pin.PULL_UP, value=1)
        data = pin(self._data, pin.OPEN_DRAIN, pin.PULL_UP, value=1)
        clock_free(clock, data, self._pause_us)
        held_us = 2 * US_PER_S // self._hz * _LONGEST_BITS
        i2c: I2c = self._chip.I2C(self._block, scl=clock, sda=data, freq=self._hz, timeout=held_us)
        return i2c

    def free(self) -> None:
        """Set it up again; takes less than 0.5 ms and allocates nothing."""
        self.set_up()


def clock_free(clock: "Pin", data: "Pin", pause_us: "Callable[[int], None]") -> None:
    """Clock until `data` is released, then make a STOP; both are open-drain outputs. Takes about 0.2 ms."""
    for _ in range(_CLOCKS):
        if data.value():
            break
        clock.off()
        pause_us(_HALF_US)
        clock.on()
        pause_us(_HALF_US)
    clock.off()
    pause_us(_HALF_US)
    data.off()
    pause_us(_HALF_US)
    clock.on()
    pause_us(_HALF_US)
    data.on()
    pause_us(_HALF_US)
