"""Free an I2C bus on which a chip holds the data line, as after a reset in the middle of a transfer.

NXP's UM10204, 3.1.16: up to nine clocks let the chip finish its byte, then a STOP ends the transfer.
"""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from instep.hal.wires import Pin

_CLOCKS = const(9)
_HALF_US = const(5)  # 100 kHz, which every chip can follow


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
