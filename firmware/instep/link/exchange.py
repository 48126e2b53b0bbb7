"""The request at hand and the reply to it, in buffers made at start-up."""

from instep.link.frames import BODY_MAX, DATA_AT

ANSWER_AT = DATA_AT
MORE_AT = DATA_AT + 1
_CHECK_BYTES = 2


class Exchange:
    """A request's `body` with `size` bytes of data, and `reply`: its answer, and `more` bytes behind that.

    `parts_left` of them are still to be written; `ticks` since power-up were counted when it came.
    """

    def __init__(self) -> None:
        self.body = self.reply = bytearray(BODY_MAX)
        self.size = 0
        self.more = 0
        self.parts_left = 0
        self.ticks = 0

    def take(self, body: bytearray, size: int, ticks: int) -> None:
        """Begin with another request; nothing is said yet."""
        self.body = body
        self.size = size
        self.ticks = ticks
        self.more = 0
        self.parts_left = 0

    def byte(self, index: int) -> int:
        """Return a byte of the data."""
        return self.body[DATA_AT + index]

    def u16(self, index: int) -> int:
        """Return a number of two bytes of the data."""
        return self.byte(index) | self.byte(index + 1) << 8

    def text(self) -> str:
        """Return the data as text; UnicodeError. At rest only: it allocates."""
        return bytes(self.body[DATA_AT : DATA_AT + self.size]).decode()

    def say(self, text: str) -> None:
        """Put a text behind the answer, cut where there is no more room. At rest only: it allocates."""
        for letter in text.encode()[: BODY_MAX - MORE_AT - _CHECK_BYTES]:
            self.reply[MORE_AT + self.more] = letter
            self.more += 1
