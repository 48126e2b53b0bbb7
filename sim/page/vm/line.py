"""The serial line between the page and the firmware's end of the link: bytes in shared memory."""

_BYTES = 4096


class PageLine:
    """The board's port; `incoming` and `outgoing` are shared with JavaScript, the counts are their fill levels."""

    def __init__(self) -> None:
        self.incoming = bytearray(_BYTES)
        self.outgoing = bytearray(_BYTES)
        self.incoming_count = 0
        self.outgoing_count = 0
        self._taken = 0

    def give(self, count: int) -> None:
        """Note that the page has put `count` bytes into `incoming`."""
        self.incoming_count = count
        self._taken = 0

    def empty(self) -> int:
        """Return the number of bytes in `outgoing`, which the page takes now, and mark it as empty."""
        count = self.outgoing_count
        self.outgoing_count = 0
        return count

    def is_read(self) -> bool:
        """Return True if the firmware has read everything."""
        return self._taken == self.incoming_count

    def read_into(self, buffer: bytearray) -> int:
        """Copy the received bytes into `buffer`; return their number."""
        count = min(len(buffer), self.incoming_count - self._taken)
        for at in range(count):
            buffer[at] = self.incoming[self._taken + at]
        self._taken += count
        return count

    def write(self, buffer: bytearray, start: int, end: int) -> int:
        """Send bytes while there is room."""
        count = min(end - start, _BYTES - self.outgoing_count)
        for at in range(count):
            self.outgoing[self.outgoing_count + at] = buffer[start + at]
        self.outgoing_count += count
        return count
