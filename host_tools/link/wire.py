"""Messages over a line: frames out, frames in; neither waits."""

from dataclasses import dataclass
from typing import Protocol

from host_tools.link.errors import LinkError
from host_tools.ports import find_port, open_port
from instep.link.frames import BODY_MAX, DATA_AT, Decoder, Encoder

_READ_BYTES = 4096


class Line(Protocol):
    """What is needed of a serial port: reading does not wait; both raise OSError when it is gone."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes that have come."""

    def write(self, data: bytes, /) -> object:
        """Send all of `data`."""

    def close(self) -> None:
        """Let the port go."""


@dataclass(frozen=True)
class Message:
    """One frame's content."""

    kind: int
    sequence: int
    data: bytes


def frame(kind: int, sequence: int, data: bytes) -> bytes:
    """Return a message as it goes over the line."""
    encoder = Encoder()
    body = bytearray(BODY_MAX)
    body[DATA_AT : DATA_AT + len(data)] = data
    encoder.begin(body, kind, sequence, len(data))
    pieces = bytearray()
    while count := encoder.fill():
        pieces += encoder.piece[:count]
    return bytes(pieces)


class Wire:
    """Both directions of a line; what is no whole frame is skipped."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._decoder = Decoder()

    @property
    def damaged(self) -> int:
        """Return how many frames came damaged."""
        return self._decoder.damaged

    def send(self, kind: int, sequence: int, data: bytes = b"") -> None:
        """Send a message; raise LinkError when the line is gone."""
        try:
            self._line.write(frame(kind, sequence, data))
        except OSError as error:
            raise _lost(error) from None

    def receive(self) -> list[Message]:
        """Return the messages that have come; raise LinkError when the line is gone."""
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
        """Let the line go."""
        # pyserial drops a socket whose other end has gone without closing it.
        socket = getattr(self._line, "_socket", None)
        self._line.close()
        if socket is not None:
            socket.close()


def open_wire(port: str) -> Wire:
    """Open a port for messages; raise PortError with the cause and the next step."""
    return Wire(open_port(find_port(port)))


def _lost(error: Exception) -> LinkError:
    return LinkError(f"The connection to the board is lost: {error}.", "Plug it in again and run the command again.")
