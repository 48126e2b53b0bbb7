"""Read and write the board's USB serial line, which it shares with the REPL, without waiting.

MicroPython's rp2 port (shared/tinyusb/mp_usbd_cdc.c, shared/runtime/sys_stdio_mphal.c) waits for every byte that is
read: a poll returns whether one byte has arrived, so bytes are read one by one, each after a poll. A write waits up to
500 ms when its queue is full; `UsbRoom` counts how much surely fits. `buffer` leaves line ends unchanged; `ipoll` and
`readinto` allocate nothing. Byte 03 never arrives here: it raises KeyboardInterrupt.
"""

import select
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from instep.link.usb_room import UsbRoom

_NO_WAIT_MS = 0


class UsbPort:
    """The line over `stream` (the board's own unless given), polled by two objects of `new_poll()`."""

    def __init__(self, room: "UsbRoom", stream: "Any" = None, new_poll: "Any" = None) -> None:
        # The type stubs describe CPython's buffer, which lacks `readinto` and partial writes.
        stream = stream or sys.stdin.buffer
        # Bound here: binding a method allocates. The loop below polls in place: a call costs as much as a poll.
        self._read: Any = stream.readinto
        self._write: Any = stream.write
        self._is_readable: Any = _ask(stream, select.POLLIN, new_poll or select.poll)
        self._is_writable: Any = _ask(stream, select.POLLOUT, new_poll or select.poll)
        self._byte = bytearray(1)
        self._room = room

    def read_into(self, buffer: bytearray) -> int:
        """Put the bytes that have arrived into `buffer`; return how many."""
        is_readable = self._is_readable
        read = self._read
        byte = self._byte
        count = 0
        while count < len(buffer):
            for _ in is_readable(_NO_WAIT_MS):
                read(byte)
                buffer[count] = byte[0]
                count += 1
                break
            else:
                break
        return count

    def write(self, buffer: bytearray, start: int, end: int) -> int:
        """Send bytes `start`..`end` as far as they surely fit; return how many were taken.

        The poll lets the USB stack do what is due, such as noticing that the bus is awake again. It also notices a
        queue that is full of what others have printed.
        """
        count = min(end - start, self._room.free())
        taken = 0
        if count > 0:
            for _ in self._is_writable(_NO_WAIT_MS):
                taken = self._write(buffer, start, count)
                self._room.take(taken)
                break
        return taken


def _ask(stream: "Any", event: int, new_poll: "Any") -> "Any":
    """Return a function that yields once, called with 0, if reading or writing a byte would not wait."""
    poll = new_poll()
    poll.register(stream, event)
    ask = poll.ipoll
    # The first call allocates the tuple that later calls use again.
    for _ in ask(_NO_WAIT_MS):
        break
    return ask
