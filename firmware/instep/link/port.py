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
# What a slice of slow work has time for: a byte takes an RP2040 50 us, all but 5 of them in MicroPython's USB stack.
_MAX_BYTES = 12


class UsbPort:
    """The line over `stream` (the board's own unless given), polled by two of `new_poll()`."""

    def __init__(self, stream: "Any" = None, new_poll: "Any" = None) -> None:
        # The stubs know CPython's buffer, which lacks `readinto` and writing a part.
        stream = stream or sys.stdin.buffer
        # Bound here: binding a method allocates. Polls are asked in place, byte by byte: a call more costs as much.
        self._read: Any = stream.readinto
        self._write: Any = stream.write
        self._is_readable: Any = _ask(stream, select.POLLIN, new_poll or select.poll)
        self._is_writable: Any = _ask(stream, select.POLLOUT, new_poll or select.poll)
        self._byte = bytearray(1)

    def read_into(self, buffer: bytearray) -> int:
        """Put the bytes that have come into `buffer`; return how many."""
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
        """Send bytes `start`..`end` as far as there is room now, some at most; return how many were taken."""
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
    """Return what tells, called with 0, whether reading or writing a byte would not wait: by one round of a loop."""
    poll = new_poll()
    poll.register(stream, event)
    ask = poll.ipoll
    # The first time makes the tuple that later ones use again.
    for _ in ask(_NO_WAIT_MS):
        break
    return ask
