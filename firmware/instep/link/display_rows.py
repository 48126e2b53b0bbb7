"""The rows of the display that the laptop has not seen yet."""

import struct

from instep.link.frames import DATA_AT


class DisplayRows:
    """Find changed rows of `shown`, one after the other."""

    def __init__(self, shown: "list[bytearray]") -> None:
        self._shown = shown
        self._sent = [bytearray(len(row)) for row in shown]
        self._format = "%ds" % len(shown[0])  # copies a row in one call
        self._next = 0

    def resend(self) -> None:
        """Treat every row as changed."""
        for row in self._sent:
            row[0] = 0

    def write_next(self, body: bytearray) -> int:
        """Look at the next row; if it has changed, write it as a ROW's data into `body` and return their length."""
        number = self._next
        self._next = number + 1 if number + 1 < len(self._shown) else 0
        row = self._shown[number]
        sent = self._sent[number]
        if row == sent:
            return 0
        body[DATA_AT] = number
        struct.pack_into(self._format, sent, 0, row)
        struct.pack_into(self._format, body, DATA_AT + 1, row)
        return 1 + len(row)
