"""The serial line between the page and the firmware's end of the link: bytes in memory that both sides see."""

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
        """Note that the page takes all of `outgoing`; return how many bytes those are."""
        count = self.outgoing_count
        self.outgoing_count = 0
        return count

    def is_read(self) -> bool:
        """Return True if the firmware has read everything."""
        return self._taken == self.incoming_count

    def read_into(self, buffer: bytearray) -> int:
        """Put the bytes that have come into `buffer`; return how many."""
        count = min(len(buffer), self.incoming_count - self._taken)
        for at in range(count):
            buffer[at] = self.incoming[self._taken + at]
        self._taken += count
        return count

    def write(self, buffer: bytearray, start: int, end: int) -> int:
        """Send bytes as far as there is room."""
        count = min(end - start, _BYTES - self.outgoing_count)
        for at in range(count):
            self.outgoing[self.outgoing_count + at] = buffer[start + at]
        self.outgoing_count += count
        return count
