"""Count how many bytes surely fit into MicroPython's USB queue, so that a write never waits.

A write to a full queue waits up to 500 ms (shared/tinyusb/mp_usbd_cdc.c, MICROPY_HW_USB_CDC_TX_TIMEOUT). A poll does
not show that the queue is full while the laptop sleeps or is unplugged: MicroPython then takes the line for one
without a laptop and says that there is room. So the bytes are counted here, against what the USB controller shows:

- A write puts its bytes in the queue. If the line is idle and awake, TinyUSB makes a packet of them at once, otherwise
  when the laptop has taken the packet before. A packet takes everything that is queued, up to 64 bytes.
- So a new packet that the laptop has taken shows that all but the next packet's bytes have left the queue.
- If no packet was made, the bus slept. The next write makes one, but only after the bus has shown a new frame.
- A reset of the bus, as by plugging in, empties the queue.
"""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.hal.interface import UsbLine

# Of the queue's 256 bytes (shared/tinyusb/tusb_config.h, CFG_TUD_CDC_TX_BUFSIZE) 64 are left for the next packet's,
# which are no longer counted.
_QUEUE_BYTES = const(256 - 64)
_PACKET_BYTES = const(64)
# What the start may have printed.
_START_BYTES = const(128)


class UsbRoom:
    """The room in the queue behind `line`."""

    def __init__(self, line: "UsbLine") -> None:
        self._line = line
        self._queued = _START_BYTES
        self._packet = line.packet()
        self._frame = line.frame()

    def free(self) -> int:
        """Return how many bytes a write may hand over now."""
        line = self._line
        if not line.is_open():
            self._queued = 0
            return 0
        packet = line.packet()
        limit = _PACKET_BYTES
        if packet >= 0:
            if packet != self._packet:
                self._packet = packet
                self._queued = max(0, self._queued - _PACKET_BYTES)
            elif line.frame() == self._frame:
                return 0
            else:
                limit = _QUEUE_BYTES
        return max(0, limit - self._queued)

    def take(self, count: int) -> None:
        """Note that `count` bytes were handed over."""
        self._queued += count
        self._frame = self._line.frame()
