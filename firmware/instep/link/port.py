"""The board's USB serial line, which it shares with the REPL, without ever waiting for it.

What MicroPython's rp2 port does (shared/tinyusb/mp_usbd_cdc.c, shared/runtime/sys_stdio_mphal.c): reading waits for
every byte that is asked for, and writing waits, for up to 500 ms, as long as a laptop is connected and does not read.
Polling tells whether one byte has come, or whether there is room for at least one. So bytes go one by one, each after
a poll. Without a laptop there is always room: what nobody reads is overwritten. `buffer` leaves line ends alone;
`ipoll` and `readinto` allocate nothing. Byte 03 never gets here: it raises KeyboardInterrupt.
"""

import select
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NO_WAIT_MS = 0
# A byte takes 0.07 ms on an RP2040 (emulated): a slice of slow work stays near 1 ms.
_MOST_BYTES = 16


class UsbPort:
    """The line over `stream` (the board's own unless given), polled by two of `new_poll()`."""

    def __init__(self, stream: "Any" = None, new_poll: "Any" = None) -> None:
        # The stubs know CPython's buffer, which lacks `readinto` and writing a part.
        self._stream: Any = stream or sys.stdin.buffer
        make = new_poll or select.poll
        self._readable = make()
        self._readable.register(self._stream, select.POLLIN)
        self._writable = make()
        self._writable.register(self._stream, select.POLLOUT)
        self._byte = bytearray(1)
        # The first poll makes the tuple that later ones use again.
        self._is_ready(self._readable)
        self._is_ready(self._writable)

    def read_into(self, buffer: bytearray) -> int:
        """Put the bytes that have come into `buffer`; return how many."""
        count = 0
        while count < len(buffer) and self._is_ready(self._readable):
            self._stream.readinto(self._byte)
            buffer[count] = self._byte[0]
            count += 1
        return count

    def write(self, buffer: bytearray, start: int, end: int) -> int:
        """Send bytes `start`..`end` as far as there is room now, some at most; return how many were taken."""
        at = start
        end = min(end, start + _MOST_BYTES)
        while at < end and self._is_ready(self._writable):
            self._stream.write(buffer, at, 1)
            at += 1
        return at - start

    def _is_ready(self, poll: "Any") -> bool:
        for _ in poll.ipoll(_NO_WAIT_MS):
            return True
        return False
