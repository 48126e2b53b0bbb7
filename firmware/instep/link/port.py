"""Read and write the board's USB serial line, which it shares with the REPL, without waiting.

MicroPython's rp2 port (shared/tinyusb/mp_usbd_cdc.c, shared/runtime/sys_stdio_mphal.c) waits for every byte that is
read, and waits up to 500 ms to write while a laptop is connected and does not read. A poll returns whether one byte
has arrived, or whether there is room for at least one: so bytes go one by one, each after a poll. Without a laptop
there is always room, as unread bytes are overwritten. `buffer` leaves line ends unchanged; `ipoll` and `readinto`
allocate nothing. Byte 03 never arrives here: it raises KeyboardInterrupt.
"""

import select
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NO_WAIT_MS = 0
# Bytes that one slice of slow work has time for: a byte takes an RP2040 50 us, 45 of them in MicroPython's USB stack.
_MAX_BYTES = 12


class UsbPort:
    """The line over `stream` (the board's own unless given), polled by two objects of `new_poll()`."""

    def __init__(self, stream: "Any" = None, new_poll: "Any" = None) -> None:
        # The type stubs describe CPython's buffer, which lacks `readinto` and partial writes.
        stream = stream or sys.stdin.buffer
        # Bound here: binding a method allocates. The loops below poll in place: a call costs as much as a poll.
        self._read: Any = stream.readinto
        self._write: Any = stream.write
        self._is_readable: Any = _ask(stream, select.POLLIN, new_poll or select.poll)
        self._is_writable: Any = _ask(stream, select.POLLOUT, new_poll or select.poll)
        self._byte = bytearray(1)

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
        """Send bytes `start`..`end` as far as there is room now, at most _MAX_BYTES; return how many were taken."""
        is_writable = self._is_writable
        write = self._write
        end = min(end, start + _MAX_BYTES)
        at = start
        while at < end:
            for _ in is_writable(_NO_WAIT_MS):
                at += write(buffer, at, 1)
                break
            else:
                break
        return at - start


def _ask(stream: "Any", event: int, new_poll: "Any") -> "Any":
    """Return a function that yields once, called with 0, if reading or writing a byte would not wait."""
    poll = new_poll()
    poll.register(stream, event)
    ask = poll.ipoll
    # The first call allocates the tuple that later calls use again.
    for _ in ask(_NO_WAIT_MS):
        break
    return ask
