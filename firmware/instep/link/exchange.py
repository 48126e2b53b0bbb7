"""The request being handled and the reply to it, in buffers made at start-up."""

from instep.link.frames import BODY_MAX, DATA_AT

ANSWER_AT = DATA_AT
REPLY_DATA_AT = DATA_AT + 1
_CHECK_BYTES = 2


class Exchange:
    """A request with `data_bytes` of data in `body`, and its reply: an answer and `reply_data_bytes` of data.

    `parts_left` parts of the reply are still to be written; the request arrived at tick `ticks`.
    """

    def __init__(self) -> None:
        self.body = self.reply = bytearray(BODY_MAX)
        self.data_bytes = 0
        self.reply_data_bytes = 0
        self.parts_left = 0
        self.ticks = 0

    def begin(self, body: bytearray, data_bytes: int, ticks: int) -> None:
        """Begin with a request; its reply is empty."""
        self.body = body
        self.data_bytes = data_bytes
        self.ticks = ticks
        self.reply_data_bytes = 0
        self.parts_left = 0

    def u8(self, index: int) -> int:
        """Return byte `index` of the data."""
        return self.body[DATA_AT + index]

    def u16(self, index: int) -> int:
        """Return the number in bytes `index` and `index` + 1 of the data."""
        return self.u8(index) | self.u8(index + 1) << 8

    def text(self) -> str:
        """Return the data as text; raise UnicodeError. At rest only: it allocates."""
        return bytes(self.body[DATA_AT : DATA_AT + self.data_bytes]).decode()

    def append_text(self, text: str) -> None:
        """Append a text to the reply, cut at the end of the buffer. At rest only: it allocates."""
        for letter in text.encode()[: BODY_MAX - REPLY_DATA_AT - _CHECK_BYTES]:
            self.reply[REPLY_DATA_AT + self.reply_data_bytes] = letter
            self.reply_data_bytes += 1
