"""Tables of short texts, a table in one piece of memory: an object for each text takes a board twice the room."""

from array import array

_END = b"|"


class Texts:
    """Rows of `parts` texts each; every text ends with `|` in `text`.

    `find` sets `start` and `end` to the place of a text, without allocating.
    """

    def __init__(self, text: bytes, parts: int = 1) -> None:
        self.text = text
        self._parts = parts
        # Where each row begins, and last the end of the table.
        self._rows = array("H", [0])
        for number in range(parts, text.count(_END) + 1, parts):
            at = self._rows[number // parts - 1]
            for _ in range(parts):
                at = text.find(_END, at) + 1
            self._rows.append(at)
        self.start = self.end = 0

    def find(self, row: int, part: int = 0) -> None:
        """Set `start` and `end` to the place of a text; raise IndexError if there is no such row."""
        self.start = self._rows[row]
        self.end = self.text.find(_END, self.start)
        while part:
            self.start = self.end + 1
            self.end = self.text.find(_END, self.start)
            part -= 1

    def get(self, row: int, part: int = 0) -> str:
        """Return a text (allocates)."""
        self.find(row, part)
        return self.text[self.start : self.end].decode()

    def count(self) -> int:
        """Return the number of rows."""
        return len(self._rows) - 1
