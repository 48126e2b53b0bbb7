"""MicroPython's USB line as its sources have it: queue, packets, suspension; a write that would wait is an error.

Sources: shared/tinyusb/mp_usbd_cdc.c of MicroPython 1.28, src/class/cdc/cdc_device.c of its TinyUSB.
"""

import select

QUEUE_BYTES = 256
PACKET_BYTES = 64
_WAITS = 1 << 10
_SECOND = 1 << 13


class UsbStack:
    """The stream, its poll and the USB controller at once; the laptop's side are the methods without underscores."""

    def __init__(self):
        self.come = bytearray()
        self.queue = bytearray()
        self.received = bytearray()
        self.is_configured = self.is_awake = self.is_port_open = True
        self._packet = b""
        self._state = 0
        self._is_second = 0
        self._frame = 0
        self._was_awake = True
        self._defers = False
        self._deferred = b""

    # What the firmware calls.

    def readinto(self, buffer):
        """Read; there have to be so many bytes."""
        assert len(buffer) <= len(self.come), "reading would wait"
        buffer[:] = self.come[: len(buffer)]
        del self.come[: len(buffer)]
        return len(buffer)

    def write(self, buffer, at, count):
        """Queue bytes, and make a packet of them if none waits."""
        is_overwritten = not (self.is_configured and self.is_port_open)
        assert is_overwritten or len(self.queue) + count <= QUEUE_BYTES, "writing would wait"
        self.queue += buffer[at : at + count]
        del self.queue[:-QUEUE_BYTES]
        self.run_task()
        return count

    def is_writable(self):
        """Answer as MicroPython does: without a laptop, or with one that sleeps, there is always room."""
        self.run_task()
        is_connected = self.is_configured and self._was_awake and self.is_port_open
        return not is_connected or len(self.queue) < QUEUE_BYTES

    def run_task(self):
        """Notice the bus, and make the next packet."""
        self._was_awake = self.is_awake
        is_busy = self._state & _WAITS or self._deferred
        if self.is_configured and self.is_awake and self.queue and not is_busy:
            packet = bytes(self.queue[:PACKET_BYTES])
            del self.queue[:PACKET_BYTES]
            if self._defers:
                self._deferred = packet
            else:
                self._start(packet)

    def _start(self, packet):
        self._packet = packet
        self._state = len(packet) | _WAITS | self._is_second
        self._is_second ^= _SECOND

    # The registers.

    def is_open(self):
        return self.is_configured

    def packet(self):
        return -1 if self._state & _WAITS else self._state

    def frame(self):
        return self._frame

    # The laptop.

    def take(self):
        """Take the packet that waits."""
        if self.is_awake and self._state & _WAITS:
            self.received += self._packet
            self._state &= ~_WAITS

    def pass_ms(self, count=1):
        """Let frames pass."""
        self._frame = (self._frame + count * self.is_awake) & 0x7FF
        if self.is_awake and self._deferred:
            self._start(self._deferred)
            self._deferred = b""
            self._defers = False

    def defer(self):
        """Start the next packet with the next frame, as near a frame's end (erratum RP2040-E15)."""
        self._defers = True

    def reset(self):
        """Reset the bus: queued bytes are lost, and the laptop has to configure the board again."""
        self.is_configured = False
        self.is_awake = True
        self.is_port_open = False
        self.queue.clear()
        self._deferred = b""
        self._state = self._is_second = 0

    def configure(self):
        """Configure the board and open the port."""
        self.is_configured = self.is_port_open = True


def poll_of(stack):
    """Return the class of polls of this one stream."""

    class Poll:
        def register(self, stream, events):
            self.events = events

        def ipoll(self, wait_ms):
            assert wait_ms == 0
            is_ready = len(stack.come) > 0 if self.events == select.POLLIN else stack.is_writable()
            return iter([(stack, self.events)] if is_ready else [])

    return Poll
