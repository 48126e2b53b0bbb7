"""The computer at the other end of the emulated USB cable.

The emulator's own host answers every buffer that the chip offers with an empty packet, for ever; a real host sends
nothing when it has nothing to send. The chip would spend two thirds of its time on those packets.
"""

from collections.abc import Callable

from rp2040py.peripherals.usb import RPUSBController
from rp2040py.usb.cdc import USBCDC

_PACKET_BYTES = 64
_PACKET_US = 50
_NOTHING_OFFERED = -1


class UsbHost(USBCDC):
    """A host that sends when there is something; what the chip sends gathers in `received` until `take`."""

    def __init__(self, usb: RPUSBController) -> None:
        super().__init__(usb)
        self.is_enumerated = False
        self.received = bytearray()
        self.listener: Callable[[bytes], None] | None = None
        self._outbox = bytearray()
        self._offered = _NOTHING_OFFERED
        self._serve_control = usb.on_endpoint_read
        usb.on_endpoint_read = self._on_offer
        self.on_serial_data = self._on_data
        self.on_device_connected = self._on_connected

    def send(self, data: bytes) -> None:
        """Send bytes as soon as the chip takes them."""
        self._outbox += data
        self._serve()

    @property
    def unsent(self) -> int:
        """How many bytes wait for the chip."""
        return len(self._outbox)

    def take(self) -> bytes:
        """Return what has come, and forget it."""
        data = bytes(self.received)
        self.received.clear()
        return data

    def _on_offer(self, endpoint: int, size: int) -> None:
        """The chip offers a buffer for bytes of ours."""
        if endpoint == self._out_endpoint:
            self._offered = size
            self._serve()
        elif self._serve_control is not None:
            self._serve_control(endpoint, size)

    def _serve(self) -> None:
        if self._offered == _NOTHING_OFFERED or not self._outbox:
            return
        size = min(self._offered, len(self._outbox), _PACKET_BYTES)
        self._offered = _NOTHING_OFFERED
        packet = bytes(self._outbox[:size])
        del self._outbox[:size]
        self.usb.endpoint_read_done(self._out_endpoint, packet, _PACKET_US)

    def _on_data(self, data: "bytes | bytearray") -> None:
        self.received += data
        if self.listener is not None:
            self.listener(bytes(data))

    def _on_connected(self) -> None:
        self.is_enumerated = True

    def _on_controller_reset(self) -> None:
        """The chip has gone from the bus: what was on its way is lost."""
        super()._on_controller_reset()
        self.is_enumerated = False
        self._offered = _NOTHING_OFFERED
        self._outbox.clear()
