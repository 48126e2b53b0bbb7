"""The board's serial line: a byte is read or written only after a poll that allows it, so that nothing waits."""

import select

import pytest

from instep.link.port import UsbPort


class Stream:
    """The board's stream; it fails where the real one would wait: nothing to read, or no room to write."""

    def __init__(self, room=0):
        self.come = bytearray()
        self.sent = bytearray()
        self.room = room

    def readinto(self, buffer):
        assert len(buffer) <= len(self.come), "reading would wait"
        buffer[:] = self.come[: len(buffer)]
        del self.come[: len(buffer)]
        return len(buffer)

    def write(self, buffer, at, count):
        assert count <= self.room, "writing would wait"
        self.sent += buffer[at : at + count]
        self.room -= count
        return count


class Poll:
    """The board's poll of one stream."""

    def register(self, stream, events):
        self.stream = stream
        self.events = events

    def ipoll(self, wait_ms):
        assert wait_ms == 0
        is_ready = len(self.stream.come) > 0 if self.events == select.POLLIN else self.stream.room > 0
        return iter([(self.stream, self.events)] if is_ready else [])


@pytest.mark.parametrize("come", [b"", b"a", b"0123456789abcdef", b"0123456789abcdefg"])
def test_bytes_are_read_as_far_as_they_fit_the_buffer(come):
    stream = Stream()
    port = UsbPort(stream, Poll)
    stream.come += come
    buffer = bytearray(16)
    count = port.read_into(buffer)
    assert count == min(16, len(come))
    assert bytes(buffer[:count]) == come[:16]
    assert bytes(stream.come) == come[16:]


@pytest.mark.parametrize(("room", "taken"), [(0, 0), (1, 1), (4, 4), (100, 4)])
def test_bytes_are_written_as_far_as_there_is_room(room, taken):
    stream = Stream(room)
    port = UsbPort(stream, Poll)
    assert port.write(bytearray(b"__data__"), 2, 6) == taken
    assert bytes(stream.sent) == b"data"[:taken]


def test_a_slice_sends_no_more_than_a_slice_has_time_for():
    port = UsbPort(Stream(1_000), Poll)
    assert port.write(bytearray(200), 0, 200) == 12
    assert port.write(bytearray(200), 190, 200) == 10
