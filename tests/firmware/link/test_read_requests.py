"""Requests that change nothing."""

import struct

from instep.link import protocol as m
from instep.link.frames import VERSION
from tests.firmware.link.dispatcher_board import Board
from tests.firmware.sessions import image


def test_hello_replies_with_version_and_schemas():
    answer, data = Board().ask(m.HELLO)
    assert (answer, data[0]) == (m.ANSWER_DONE, VERSION)
    assert struct.unpack(m.HELLO_FORMAT, data)[4] == 4096


def test_programs_are_listed_with_their_checks():
    board = Board()
    _, data = board.ask(m.PROGRAMS, b"\1")
    assert data[:16].rstrip(b"\0") == b"gentle"
    size, minutes, heat, low, high = struct.unpack_from(m.PROGRAM_FIGURES_FORMAT, data, 16)
    program = board.session.selection.library.programs[1]
    assert (size, minutes, heat, low | high << 16) == (len(image("gentle")), 10, 0, program.crc32)
    assert board.ask(m.PROGRAMS, b"\2")[0] == m.ANSWER_NO_PROGRAM


def test_the_journal_is_read_in_parts_with_its_revision():
    board = Board()
    _, data = board.ask(m.JOURNAL, b"\0\0")
    assert struct.unpack_from(m.JOURNAL_FORMAT, data) == (70_000 % m.MODULUS, 200)
    assert data[4:] == bytes(range(64))
    assert board.ask(m.JOURNAL, struct.pack("<H", 150))[1][4:] == bytes(range(150, 200))
    assert board.ask(m.JOURNAL, struct.pack("<H", 60_000))[1][4:] == b""
