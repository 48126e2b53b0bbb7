"""Messages over a serial line: found in any pieces and noise; an unplugged cable is a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.link.errors import LinkError
from host_tools.link.wire import Message, Wire, frame
from instep.link.frames import DATA_MAX

MESSAGES = st.lists(
    st.builds(Message, st.integers(1, 255), st.integers(0, 255), st.binary(max_size=DATA_MAX)), max_size=4
)


class Line:
    """A line that hands over bytes in pieces; unplugged it raises what the system raises."""

    def __init__(self, data=b"", piece=4096):
        self.data, self.piece, self.sent, self.is_unplugged, self.is_closed = data, piece, b"", False, False

    def read(self, size):
        if self.is_unplugged:
            raise OSError("Input/output error")
        found, self.data = self.data[: min(size, self.piece)], self.data[min(size, self.piece) :]
        return found

    def write(self, data):
        if self.is_unplugged:
            raise OSError("Input/output error")
        self.sent += data

    def close(self):
        self.is_closed = True


def receive_all(wire, line):
    found = []
    while line.data:
        found += wire.receive()
    return found


@given(MESSAGES, st.integers(1, 50))
def test_messages_are_received_in_order_in_any_pieces(messages, piece):
    line = Line(b"".join(frame(one.kind, one.sequence, one.data) for one in messages), piece)
    assert receive_all(Wire(line), line) == messages


@given(MESSAGES, st.text(st.characters(min_codepoint=32, max_codepoint=124)))
def test_text_of_the_repl_before_a_frame_is_skipped(messages, text):
    line = Line(text.encode() + b"".join(frame(one.kind, one.sequence, one.data) for one in messages))
    assert receive_all(Wire(line), line) == messages


def test_a_corrupted_frame_is_counted_and_the_next_one_found():
    data = bytearray(frame(7, 1, b"hello"))
    data[4] ^= 1
    line = Line(bytes(data) + frame(8, 2, b""))
    wire = Wire(line)
    assert [message.kind for message in receive_all(wire, line)] == [8]
    assert wire.damaged == 1


def test_what_is_sent_is_the_frame():
    line = Line()
    Wire(line).send(9, 3, b"\x7e\x7d\x03")
    assert line.sent == frame(9, 3, b"\x7e\x7d\x03")
    assert b"\x03" not in line.sent, "03 would interrupt the board's program"


def test_an_unplugged_cable_is_said_in_a_sentence_both_ways():
    line = Line()
    line.is_unplugged = True
    for use in (Wire(line).receive, lambda: Wire(line).send(1, 1)):
        with pytest.raises(LinkError, match="The connection to the board is lost") as lost:
            use()
        assert "Plug it in" in lost.value.advice


def test_the_socket_of_a_closed_line_is_closed_too():
    line, socket = Line(), Line()
    vars(line)["_socket"] = socket
    Wire(line).close()
    assert line.is_closed and socket.is_closed
