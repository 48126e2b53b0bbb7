"""How many bytes surely fit, by what the USB controller shows: packets taken, frames passed, bus reset."""

import pytest

from instep.link.usb_room import UsbRoom


class Line:
    """A USB controller whose registers the test sets; a packet of -1 waits for the laptop."""

    def __init__(self):
        self.opened, self.number, self.frames = True, 0, 0

    def is_open(self):
        return self.opened

    def packet(self):
        return self.number

    def frame(self):
        return self.frames


@pytest.fixture
def line():
    return Line()


def idle_room(line):
    """Return the room after the bus was reset: nothing is queued."""
    room = UsbRoom(line)
    line.opened = False
    assert room.free() == 0
    line.opened = True
    line.frames += 1
    return room


def test_what_the_start_may_have_printed_counts_as_queued(line):
    room = UsbRoom(line)
    line.frames += 1
    assert room.free() == 192 - 128


def test_nothing_is_written_on_a_closed_line(line):
    line.opened = False
    assert UsbRoom(line).free() == 0


def test_an_idle_line_has_room_for_the_queue_less_a_packet(line):
    assert idle_room(line).free() == 192


def test_one_packet_is_the_most_while_the_laptop_has_not_taken_the_last(line):
    room = idle_room(line)
    room.take(40)
    line.number = -1
    assert room.free() == 64 - 40
    room.take(24)
    assert room.free() == 0


def test_a_taken_packet_frees_the_bytes_of_one_packet(line):
    room = idle_room(line)
    room.take(100)
    line.number = 1
    assert room.free() == 64 - 36
    line.number = 2
    assert room.free() == 64


def test_after_a_write_without_a_packet_the_next_one_waits_for_a_frame(line):
    room = idle_room(line)
    room.take(50)
    assert room.free() == 0
    line.frames += 1
    assert room.free() == 192 - 50


def test_a_reset_of_the_bus_empties_the_queue(line):
    room = idle_room(line)
    room.take(192)
    line.frames += 1
    assert room.free() == 0
    line.opened = False
    room.free()
    line.opened = True
    assert room.free() == 192
