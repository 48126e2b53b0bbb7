"""The line between page and firmware: bytes in shared memory, in order, none lost and none invented."""

from hypothesis import given
from hypothesis import strategies as st

from sim.page.vm.line import PageLine

ROOM = 4_096


@given(st.binary(max_size=200), st.integers(1, 30))
def test_what_the_page_gives_is_read_in_pieces(data, piece):
    line = PageLine()
    line.incoming[: len(data)] = data
    line.give(len(data))
    found = b""
    for _ in range(len(data) // piece + 1):
        buffer = bytearray(piece)
        found += buffer[: line.read_into(buffer)]
    assert found == data and line.is_read()
    assert line.read_into(bytearray(piece)) == 0


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=10))
def test_what_the_firmware_writes_is_taken_at_once(pieces):
    line = PageLine()
    for piece in pieces:
        buffer = bytearray(b"##" + piece)
        assert line.write(buffer, 2, len(buffer)) == len(piece)
    count = line.empty()
    assert bytes(line.outgoing[:count]) == b"".join(pieces)
    assert line.empty() == 0


def test_a_full_line_takes_no_more_until_the_page_has_emptied_it():
    line = PageLine()
    assert line.write(bytearray(ROOM + 10), 0, ROOM + 10) == ROOM
    assert line.write(bytearray(1), 0, 1) == 0
    line.empty()
    assert line.write(bytearray(1), 0, 1) == 1
