"""What the chip's USB controller shows of the endpoint that carries the serial line's bytes to the laptop.

Addresses and bits are the same on both chips: RP2040 data sheet 4.1.2.5 (the USB memory) and 4.1.4 (its registers),
RP2350 data sheet 12.7. MicroPython sends the serial line's bytes by endpoint 2
(shared/tinyusb/tusb_config.h, USBD_CDC_EP_IN).
"""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.machine_api import Registers

# Halves of registers: a whole one with bit 30 or 31 set would be an object on the heap.
_CONTROL_HIGH = const(0x5010_0012)
_BUFFER = const(0x5010_0090)
_FRAME = const(0x5011_0048)
_ENABLE = const(1 << 15)
# Set while a packet waits for the laptop to take it. The other bits keep the packet's length and its number, 0 or 1.
_WAITS = const(1 << 10)


class UsbEndpoint:
    """The endpoint's state over `halves`, which is `machine.mem16`; nothing here allocates or waits."""

    def __init__(self, halves: "Registers") -> None:
        self._halves = halves

    def is_open(self) -> bool:
        """Return True if a laptop has configured the board since the last reset of the bus."""
        return self._halves[_CONTROL_HIGH] & _ENABLE != 0

    def packet(self) -> int:
        """Return a mark of the last packet that the laptop has taken, other than that before; -1 while one waits."""
        state = self._halves[_BUFFER]
        return -1 if state & _WAITS else state

    def frame(self) -> int:
        """Return the number of the bus's newest frame: one each ms, none while the bus is suspended or unplugged."""
        return self._halves[_FRAME]
