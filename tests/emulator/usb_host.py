"""The computer at the other end of the emulated USB cable; it may sleep, stop reading, be unplugged and plugged.

The emulator's own host answers every buffer that the chip offers with an empty packet, for ever; a real host sends
nothing when it has nothing to send. The chip would spend two thirds of its time on those packets. It also takes every
packet at once, and has no frames: both are added here, for the endpoint of the serial line.
"""

from collections.abc import Callable

from rp2040py.peripherals.usb import (
    EP0_IN_BUFFER_CONTROL,
    SIE_RESUME,
    SIE_STATUS,
    SIE_SUSPENDED,
    SOF_RD,
    RPUSBController,
)
from rp2040py.usb.cdc import USBCDC

from instep.units import NS_PER_MS

_PACKET_BYTES = 64
_PACKET_US = 50
_NOTHING_OFFERED = -1
_BUFFERS_OF_AN_ENDPOINT = 8
# A device sleeps when the bus has been idle for 3 ms (USB 2.0, 7.1.7.6).
_IDLE_MS = 3
_FRAME_MASK = 0x7FF


class UsbHost(USBCDC):
    """A host that sends when there is something; what the chip sends gathers in `received` until `take`."""

    def __init__(self, usb: RPUSBController) -> None:
        super().__init__(usb)
        self.is_enumerated = False
        self.is_reading = True
        self._is_awake = True
        self._slept_ns = 0.0
        self._asleep_since_ns = 0.0
        self._held: tuple[int, int] | None = None
        self.received = bytearray()
        self.listener: Callable[[bytes], None] | None = None
        self._outbox = bytearray()
        self._offered = _NOTHING_OFFERED
        self._serve_control = usb.on_endpoint_read
        usb.on_endpoint_read = self._on_offer
        self.on_serial_data = self._on_data
        self.on_device_connected = self._on_connected
        self._clock = usb.rp2040.clock
        self._suspend_alarm = self._clock.create_alarm(self._show_suspended)
        self._hook_registers(usb)

    def _hook_registers(self, usb: RPUSBController) -> None:
        """Count frames, hold packets back, and let the chip acknowledge that the bus is suspended."""
        read, write, offer = usb.read_uint32, usb.write_uint32, usb.dpram_updated

        def read_register(offset: int) -> int:
            return self._frame() if offset == SOF_RD else int(read(offset))

        def write_register(offset: int, value: int) -> None:
            write(offset, value)
            if offset == SIE_STATUS and usb.raw_write_value & SIE_SUSPENDED:
                usb._sie_status &= ~SIE_SUSPENDED
                usb._sie_status_updated()

        def offer_packet(offset: int, value: int) -> None:
            is_serial = offset == EP0_IN_BUFFER_CONTROL + _BUFFERS_OF_AN_ENDPOINT * self._in_endpoint
            if is_serial and not (self.is_reading and self._is_awake):
                self._held = offset, value
            else:
                offer(offset, value)

        self._take_packet = offer
        usb.read_uint32, usb.write_uint32, usb.dpram_updated = (  # type: ignore[method-assign] # hooks
            read_register,
            write_register,
            offer_packet,
        )

    def _frame(self) -> int:
        """Return the number of the newest frame: one each ms while the bus is awake."""
        now_ns = self._clock.nanos if self._is_awake else self._asleep_since_ns
        return int((now_ns - self._slept_ns) / NS_PER_MS) & _FRAME_MASK

    def stop_reading(self) -> None:
        """Take no more packets, as when a program on the laptop hangs; the bus goes on."""
        self.is_reading = False

    def read_again(self) -> None:
        """Take packets again."""
        self.is_reading = True
        self._take_held()

    def _take_held(self) -> None:
        if self._held is not None and self.is_reading and self._is_awake:
            held, self._held = self._held, None
            self._take_packet(*held)

    def sleep(self) -> None:
        """Suspend the bus, as a laptop that sleeps, or a cable that is unplugged: to this chip they are the same."""
        self._is_awake = False
        self._asleep_since_ns = self._clock.nanos
        self._suspend_alarm.schedule(_IDLE_MS * NS_PER_MS)

    unplug = sleep

    def _show_suspended(self) -> None:
        self.usb._sie_status |= SIE_SUSPENDED
        self.usb._sie_status_updated()

    def _show_frames(self) -> None:
        self._suspend_alarm.cancel()
        self._is_awake = True
        self._slept_ns += self._clock.nanos - self._asleep_since_ns

    def wake(self) -> None:
        """Resume the bus; everything is as before."""
        self._show_frames()
        self.usb._sie_status |= SIE_RESUME
        self.usb._sie_status_updated()
        self._take_held()
        self._serve()

    def plug(self) -> None:
        """Reset the bus and configure the chip, as when a cable is plugged in."""
        self._show_frames()
        self._on_controller_reset()
        self.usb.reset_device()

    def send(self, data: bytes) -> None:
        """Send bytes as soon as the chip takes them."""
        self._outbox += data
        self._serve()

    @property
    def unsent(self) -> int:
        """How many bytes wait for the chip."""
        return len(self._outbox)

    def take(self) -> bytes:
        """Return the received bytes and clear them."""
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
        if self._offered == _NOTHING_OFFERED or not self._outbox or not self._is_awake:
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
        """The chip has left the bus: bytes in transit are lost."""
        super()._on_controller_reset()
        self.is_enumerated = False
        self._offered = _NOTHING_OFFERED
        self._held = None
        self._outbox.clear()
