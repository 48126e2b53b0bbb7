"""Send and receive messages as frames over a serial line, without waiting."""

from dataclasses import dataclass
from typing import Protocol

from host_tools.link.errors import LinkError
from host_tools.ports import find_port, open_port
from instep.link.frames import BODY_MAX, DATA_AT, Decoder, Encoder

_READ_BYTES = 4096


class Line(Protocol):
    """The part of a serial port that is used: reading does not wait; both ways raise OSError when it is unplugged."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes that have arrived."""

    def write(self, data: bytes, /) -> object:
        """Send all of `data`."""

    def close(self) -> None:
        """Close the port."""


@dataclass(frozen=True)
class Message:
    """The content of a frame."""

    kind: int
    sequence: int
    data: bytes


def frame(kind: int, sequence: int, data: bytes) -> bytes:
    """Return the bytes of a message on the line."""
    encoder = Encoder()
    body = bytearray(BODY_MAX)
    body[DATA_AT : DATA_AT + len(data)] = data
    encoder.begin(body, kind, sequence, len(data))
    pieces = bytearray()
    while count := encoder.fill():
        pieces += encoder.piece[:count]
    return bytes(pieces)


class Wire:
    """Both directions of a line; bytes that form no valid frame are skipped."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._decoder = Decoder()

    @property
    def damaged(self) -> int:
        """Return the number of corrupted frames."""
        return self._decoder.damaged

    def send(self, kind: int, sequence: int, data: bytes = b"") -> None:
        """Send a message; raise LinkError if the line is unplugged."""
        try:
            self._line.write(frame(kind, sequence, data))
        except OSError as error:
            raise _lost(error) from None

    def receive(self) -> list[Message]:
        """Return the messages that have arrived; raise LinkError if the line is unplugged."""
        try:
            data = self._line.read(_READ_BYTES)
        except OSError as error:
            raise _lost(error) from None
        found = []
        at = self._decoder.feed(data, 0, len(data))
        while at >= 0:
            decoder = self._decoder
            end = DATA_AT + decoder.data_bytes
            found.append(Message(decoder.kind, decoder.sequence, bytes(decoder.body[DATA_AT:end])))
            at = decoder.feed(data, at, len(data))
        return found

    def close(self) -> None:
        """Close the line."""
        # pyserial does not close a socket whose other end is closed.
        socket = getattr(self._line, "_socket", None)
        self._line.close()
        if socket is not None:
            socket.close()


def open_wire(port: str) -> Wire:
    """Open a port for messages; raise PortError if that fails."""
    return Wire(open_port(find_port(port)))


def _lost(error: Exception) -> LinkError:
    return LinkError(f"The connection to the board is lost: {error}.", "Plug it in again and run the command again.")
