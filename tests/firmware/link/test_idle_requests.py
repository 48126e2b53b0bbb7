"""Requests that are accepted at the menu only: programs, settings, jogging, the self-test."""

import struct

import pytest

from instep.axes import HIGH, SOLE_PRESS, TOE_GRIP, TOP_STROKE
from instep.guard import faults
from instep.link import protocol as m
from instep.session.jog import JOG_OFF
from tests.firmware.link.dispatcher_board import CHUNK, JOG, Board
from tests.firmware.sessions import image


@pytest.mark.parametrize("name", [b"nothing", b"\xff\xfe", b"classi", b"gentle\0"])
def test_no_program_of_another_name_is_chosen(name):
    board = Board()
    assert board.ask(m.PROGRAM, name)[0] == m.ANSWER_NO_PROGRAM
    assert board.session.selection.library.index == 0


def send(board, data):
    """Upload a compiled program; return the answer to INSTALL."""
    for at in range(0, len(data), m.CHUNK_MAX):
        assert board.ask(m.CHUNK, struct.pack("<H", at) + data[at : at + m.CHUNK_MAX])[0] == m.ANSWER_DONE
    return board.ask(m.INSTALL, struct.pack("<H", len(data)))


def test_an_uploaded_program_is_checked_and_chosen():
    board = Board()
    assert send(board, image("evening")) == (m.ANSWER_DONE, b"")
    assert board.session.selection.library.chosen().name == "evening"
    assert board.session.selection.title == b"evening"
    assert len(board.session.selection.library.programs) == 3
    assert send(board, image("toes"))[0] == m.ANSWER_DONE
    assert [program.name for program in board.session.selection.library.programs] == ["demo", "gentle", "toes"]


def test_a_program_that_violates_a_rule_is_refused_in_words_and_the_others_stay():
    board = Board()
    data = bytearray(image("evening"))
    data[25] = 99
    answer, text = send(board, bytes(data))
    assert answer == m.ANSWER_BAD_PROGRAM and b"damaged" in text
    assert board.session.selection.library.chosen().name == "demo"
    assert len(board.session.selection.library.programs) == 2


def test_the_gentle_program_is_not_replaced():
    board = Board()
    answer, text = send(board, image("gentle"))
    assert answer == m.ANSWER_BAD_PROGRAM and b"must not be called gentle" in text
    assert len(board.session.selection.library.programs) == 2


def test_chunks_must_follow_on_and_fit_the_buffer():
    board = Board()
    data = image("evening")
    assert board.ask(m.CHUNK, struct.pack("<H", 0) + data[:128])[0] == m.ANSWER_DONE
    assert board.ask(m.CHUNK, struct.pack("<H", 256) + data[256:384])[0] == m.ANSWER_GAP
    assert board.ask(m.INSTALL, struct.pack("<H", 256))[0] == m.ANSWER_GAP
    for at in range(128, 4096, 128):
        assert board.ask(m.CHUNK, struct.pack("<H", at) + bytes(128))[0] == m.ANSWER_DONE
    assert board.ask(m.CHUNK, struct.pack("<H", 4096) + b"x")[0] == m.ANSWER_GAP


def test_the_next_upload_first_drops_the_program_before():
    board = Board()
    send(board, image("evening"))
    board.ask(m.CHUNK, CHUNK)
    assert [program.name for program in board.session.selection.library.programs] == ["demo", "gentle"]
    assert board.session.selection.library.chosen().name == "demo" and board.session.selection.title == b"demo"


def test_an_uploaded_program_is_chosen_before_one_of_the_machine_with_the_same_name():
    board = Board()
    send(board, image("demo"))
    board.ask(m.PROGRAM, b"gentle")
    board.ask(m.PROGRAM, b"demo")
    assert board.session.selection.library.index == 2


def test_settings_are_read_changed_and_refused_in_words():
    board = Board()
    assert b"intensity=2\n" in board.ask(m.SETTINGS)[1]
    assert board.ask(m.SETTING, b"intensity=5")[0] == m.ANSWER_DONE
    assert board.store.settings["intensity"] == 5
    for text in (b"intensity=9", b"intensity", b"nothing=1", b"\xff=1", b"heat=-2"):
        answer, words = board.ask(m.SETTING, text)
        assert answer == m.ANSWER_RANGE and words
    assert board.store.settings["intensity"] == 5


def test_a_changed_setting_takes_effect_at_once_and_a_refused_one_does_not():
    board = Board()
    board.ask(m.SETTING, b"intensity=9")
    assert board.restored == 0
    board.ask(m.SETTING, b"intensity=4")
    assert board.restored == 1


def test_only_a_program_that_survives_a_restart_is_stored_as_the_setting():
    board = Board()
    send(board, image("evening"))
    for name in (b"evening", b"nothing"):
        assert board.ask(m.SETTING, b"program=" + name)[0] == m.ANSWER_NO_PROGRAM
    assert board.ask(m.SETTING, b"program=gentle")[0] == m.ANSWER_DONE


@pytest.mark.parametrize(
    ("axis", "value"),
    [
        (20, 0),
        (255, 0),
        (TOP_STROKE, 201),
        (TOP_STROKE, -201),
        (SOLE_PRESS, HIGH[SOLE_PRESS]),
        (SOLE_PRESS, -1),
        (TOE_GRIP, 2_001),
        (10 + SOLE_PRESS, 5_001),
        (TOP_STROKE, 2**31 - 1),
        (TOP_STROKE, -(2**31)),
    ],
)
def test_an_axis_is_not_jogged_beyond_its_range_for_jogging(axis, value):
    board = Board()
    assert board.ask(m.JOG, struct.pack(m.JOG_FORMAT, axis, value))[0] == m.ANSWER_RANGE
    assert board.jog.state == JOG_OFF


def test_while_an_axis_is_jogged_other_requests_of_the_menu_are_refused():
    board = Board()
    assert board.ask(m.JOG, JOG)[0] == m.ANSWER_DONE
    assert board.ask(m.JOG, struct.pack(m.JOG_FORMAT, TOP_STROKE, -50))[0] == m.ANSWER_DONE
    assert board.ask(m.JOG, struct.pack(m.JOG_FORMAT, TOE_GRIP, 50))[0] == m.ANSWER_BUSY
    for kind, data in ((m.CHECK, b""), (m.CHUNK, CHUNK), (m.PROGRAM, b"demo"), (m.SETTING, b"pace=1")):
        assert board.ask(kind, data)[0] == m.ANSWER_BUSY
    assert board.ask(m.MAINTENANCE, b"\0")[0] == m.ANSWER_NOT_IDLE
    assert board.ask(m.SETTINGS)[0] == m.ANSWER_NOT_IDLE


def test_no_axis_is_jogged_while_a_fault_is_latched():
    board = Board()
    board.bench.guard.trip(faults.FAULT_SUPPLY_LOW)
    assert board.ask(m.JOG, JOG)[0] == m.ANSWER_FAULT


@pytest.mark.parametrize("foot", [0, 1])
def test_no_axis_is_jogged_while_a_foot_is_in(foot):
    board = Board()
    board.wells[foot].is_on = True
    assert board.ask(m.JOG, JOG)[0] == m.ANSWER_FOOT_IN
    assert board.jog.state == JOG_OFF
    assert board.ask(m.CHECK)[0] == m.ANSWER_DONE
