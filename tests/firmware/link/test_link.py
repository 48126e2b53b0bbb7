"""The board's end of the link: a request in, its reply out, a slice at a time."""

import pytest

from instep.axes import DISPLAY_COLUMNS, DISPLAY_ROWS
from instep.link import protocol
from instep.link.frames import DATA_AT, DATA_MAX, Decoder, Encoder
from instep.link.link import Link
from tests.firmware.link.dispatcher_board import Board
from tests.link_line import MemoryLine

SLICES = 60


class Rig:
    """A link over a line in memory that takes `room` bytes at a time."""

    def __init__(self, room=64):
        self.board = Board()
        self.line = MemoryLine(room)
        self.rows = [bytearray(b" " * DISPLAY_COLUMNS) for _ in range(DISPLAY_ROWS)]
        self.link = Link(self.line, self.board.dispatcher, self.board.telemetry, self.rows)
        self.sequence = 0

    def write(self, kind, data=b""):
        """Put a request on the line; return its sequence number."""
        self.sequence += 1
        encoder = Encoder()
        body = bytearray(bytes(DATA_AT) + data + bytes(2))
        encoder.begin(body, kind, self.sequence, len(data))
        while not encoder.is_done():
            end = encoder.fill()
            self.line.to_board += encoder.piece[:end]
        return self.sequence

    def run(self, slices=SLICES):
        """Let slices pass; return the frames that came, as (kind, sequence, data)."""
        for _ in range(slices):
            self.link.receive(1)
            self.link.send(1)
        return self.frames()

    def frames(self):
        decoder, found, at = Decoder(), [], 0
        received = bytes(self.line.to_laptop)
        while at >= 0:
            at = decoder.feed(received, at, len(received))
            if at >= 0:
                data = bytes(decoder.body[DATA_AT : DATA_AT + decoder.data_bytes])
                found.append((decoder.kind, decoder.sequence, data))
        return found


@pytest.fixture
def rig():
    return Rig()


def test_there_is_nothing_to_do_on_a_silent_line(rig):
    assert rig.link.receive(1) is False
    assert rig.link.send(1) is False


def test_a_request_is_answered_with_its_kind_and_sequence(rig):
    sequence = rig.write(protocol.HELLO)
    ((kind, answered, data),) = rig.run()
    assert (kind, answered, data[0]) == (protocol.HELLO | protocol.REPLY, sequence, protocol.ANSWER_DONE)


def test_requests_one_after_the_other_each_get_their_reply(rig):
    for _ in range(3):
        rig.write(protocol.HELLO)
        rig.run()
    assert [sequence for _, sequence, _ in rig.frames()] == [1, 2, 3]


@pytest.mark.parametrize("room", [1, 3, 64])
def test_a_line_with_little_room_gets_the_same_bytes(rig, room):
    rig.write(protocol.HELLO)
    rig.run()
    slow = Rig(room)
    slow.write(protocol.HELLO)
    slow.run(400)
    assert slow.line.to_laptop == rig.line.to_laptop


def test_a_reply_that_a_full_line_holds_up_is_dropped_for_the_next_request(rig):
    rig.write(protocol.STATUS)
    ((_, _, status),) = rig.run()
    held_up = Rig(room=0)
    held_up.write(protocol.STATUS)
    held_up.run()
    second = held_up.write(protocol.STATUS)
    held_up.run()
    held_up.line.room = 64
    assert [sequence for _, sequence, _ in held_up.run()] == [second]
    assert len(held_up.line.to_laptop) < len(status) * 1.5


def test_what_is_no_frame_is_skipped(rig):
    rig.line.to_board += b">>> MicroPython\r\n~~" + bytes(range(0x20, 0x60)) * (DATA_MAX // 30)
    sequence = rig.write(protocol.HELLO)
    assert [answered for _, answered, _ in rig.run(200)] == [sequence]


def test_a_watch_that_was_asked_for_begins_behind_the_reply(rig):
    rig.write(protocol.WATCH, bytes([2]))
    found = [kind for kind, _, _ in rig.run(300)]
    assert found[0] == protocol.WATCH | protocol.REPLY
    assert {protocol.TELEMETRY, protocol.ROW} <= set(found[1:])
