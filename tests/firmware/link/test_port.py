"""The board's serial line: nothing that is read or written ever waits, whatever the laptop does."""

from random import Random

import pytest

from instep.link.port import UsbPort
from instep.link.usb_room import UsbRoom
from tests.firmware.link.usb_stack import PACKET_BYTES, QUEUE_BYTES, UsbStack, poll_of

PIECE = bytearray(range(26))


def made(stack=None):
    stack = stack or UsbStack()
    return stack, UsbPort(UsbRoom(stack), stack, poll_of(stack))


def running():
    """Return a line over which some pieces have gone."""
    stack, port = made()
    send(stack, port, 10)
    return stack, port


def send(stack, port, count, is_taken=True):
    """Write as a loop does for `count` ms, one piece each ms; return how many bytes were taken."""
    sent = 0
    for _ in range(count):
        stack.pass_ms()
        sent += port.write(PIECE, 0, len(PIECE))
        stack.run_task()
        if is_taken:
            stack.take()
    return sent


@pytest.mark.parametrize("come", [b"", b"a", b"0123456789abcdef", b"0123456789abcdefg"])
def test_what_has_come_is_read_as_far_as_the_buffer_goes(come):
    stack, port = made()
    stack.come += come
    buffer = bytearray(16)
    count = port.read_into(buffer)
    assert count == min(16, len(come))
    assert bytes(buffer[:count]) == come[:16]
    assert bytes(stack.come) == come[16:]


def test_bytes_arrive_in_order():
    stack, port = running()
    stack.received.clear()
    assert port.write(bytearray(b"__data__"), 2, 6) == 4
    stack.take()
    assert port.write(bytearray(b"more"), 0, 4) == 4
    stack.take()
    assert bytes(stack.received) == b"datamore"


def test_a_laptop_that_reads_gets_a_piece_in_every_ms():
    stack, port = running()
    assert send(stack, port, 100) == 100 * len(PIECE)


def test_what_the_start_has_printed_is_not_overrun():
    stack = UsbStack()
    stack.queue += bytes(100)
    stack.run_task()
    stack, port = made(stack)
    send(stack, port, 100, is_taken=False)
    assert len(stack.queue) <= QUEUE_BYTES


def test_a_laptop_that_stops_reading_gets_no_more_than_a_packet_and_the_next():
    stack, port = running()
    assert send(stack, port, 1_000, is_taken=False) <= 64
    assert send(stack, port, 20) >= 15 * len(PIECE)


def test_a_laptop_that_sleeps_gets_nothing_and_then_everything_again():
    stack, port = running()
    stack.is_awake = False
    assert send(stack, port, 1_000) <= len(PIECE)
    stack.is_awake = True
    assert send(stack, port, 20) >= 15 * len(PIECE)


def test_a_laptop_that_stops_reading_and_then_sleeps_makes_nothing_wait():
    stack, port = running()
    send(stack, port, 10, is_taken=False)
    stack.is_awake = False
    assert send(stack, port, 1_000) == 0


def test_a_full_queue_of_others_is_not_written_to():
    stack, port = running()
    stack.queue += bytes(PACKET_BYTES + QUEUE_BYTES)
    stack.run_task()
    assert send(stack, port, 3, is_taken=False) == 0


def test_a_laptop_that_is_plugged_in_again_gets_bytes():
    stack, port = running()
    send(stack, port, 10, is_taken=False)
    stack.reset()
    assert send(stack, port, 100) == 0
    stack.configure()
    assert send(stack, port, 20) >= 15 * len(PIECE)


def test_a_reset_that_no_write_has_seen_is_survived():
    stack, port = running()
    stack.is_awake = False
    send(stack, port, 10)
    stack.reset()
    stack.configure()
    assert send(stack, port, 20) >= 15 * len(PIECE)


def test_a_packet_is_kept_free_and_half_of_the_queue_is_taken_for_full_at_the_start():
    stack = UsbStack()
    room = UsbRoom(stack)
    assert room.free() == 0
    stack.pass_ms()
    assert room.free() == QUEUE_BYTES - PACKET_BYTES - QUEUE_BYTES // 2


def test_one_packet_that_is_taken_frees_the_bytes_of_one_packet():
    stack = UsbStack()
    room = UsbRoom(stack)
    stack.pass_ms()
    before = room.free()
    room.take(stack.write(PIECE, 0, 10))
    stack.take()
    assert room.free() == 0
    stack.pass_ms()
    assert room.free() == before + PACKET_BYTES - 10


@pytest.mark.parametrize("seed", range(200))
def test_nothing_waits_and_bytes_flow_again_whatever_the_laptop_does(seed):
    random = Random(seed)
    stack, port = made()

    def set_awake(is_awake):
        stack.is_awake = is_awake

    def set_open(is_open):
        stack.is_port_open = is_open

    events = (
        stack.take,
        stack.take,
        stack.take,
        stack.pass_ms,
        stack.run_task,
        lambda: set_awake(False),
        lambda: set_awake(True),
        lambda: set_open(False),
        lambda: set_open(True),
        stack.defer,
        stack.reset,
        stack.configure,
    )
    for _ in range(random.randrange(2_000)):
        if random.random() < 0.3:
            random.choice(events)()
        end = random.randrange(len(PIECE) + 1)
        assert 0 <= port.write(PIECE, 0, end) <= end
    stack.is_awake = True
    stack.configure()
    assert send(stack, port, 50) >= 40 * len(PIECE)
