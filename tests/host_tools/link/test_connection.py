"""Requests and replies between the laptop and the whole firmware, over a line that loses frames."""

import struct
from typing import Any

import pytest

from host_tools.link.client import Client
from host_tools.link.errors import LinkError, RefusedError
from host_tools.link.wire import Wire, frame
from instep.link import protocol
from instep.link.frames import VERSION
from instep.session import states
from tests.fakes import stand_in
from tests.host_tools.link.memory_board import Board, InstantClock

# The stock image shows its first picture after 2.1 s.
_BOOTS_S = 2.5


@pytest.mark.parametrize("room", [1, 7, 64])
def test_a_board_answers_however_little_the_line_takes_at_once(room):
    client = Board(room=room).client()
    assert client.status().state == states.IDLE
    assert [program.name for program in client.programs()] == ["classic", "gentle"]


@pytest.mark.parametrize("losses", [1, 2])
def test_a_lost_request_is_repeated_and_carried_out_once(losses):
    board = Board()
    client = board.client()
    board.losses = losses
    client.ask(protocol.LEVEL, bytes([protocol.LEVEL_INTENSITY, 5]))
    assert board.app.session.selection.choices.intensity == 5


def test_a_lost_reply_does_not_make_the_board_act_twice():
    board = Board()
    client = board.client()
    done: list[int] = []

    def choose():
        done.append(1)
        return protocol.ANSWER_DONE

    handle = board.app.requests._requests[protocol.PROGRAM]
    board.app.requests._requests[protocol.PROGRAM] = (choose, *handle[1:])
    receive = client._wire.receive
    lost: list[Any] = []

    def receive_or_lose():
        found = receive()
        if found and not lost:
            lost.extend(found)
            return []
        return found

    client._wire.receive = receive_or_lose
    client.ask(protocol.PROGRAM, b"gentle")
    assert len(lost) == 1 and done == [1]


def test_a_board_that_falls_silent_is_reported():
    board = Board()
    client = board.client()
    board.losses = 99
    with pytest.raises(LinkError, match="has stopped answering"):
        client.ask(protocol.STATUS)


def test_a_port_without_an_answer_is_reported_with_advice():
    silent = stand_in(read=lambda size: b"", write=lambda data: len(data), close=lambda: None)
    with pytest.raises(LinkError, match="does not answer") as raised:
        Client("memory", lambda port: Wire(silent), InstantClock())
    assert "instep flash" in raised.value.advice


def test_a_board_that_was_just_switched_on_is_waited_for():
    clock = InstantClock()
    asked: list[int] = []
    hello = struct.pack(protocol.HELLO_FORMAT, VERSION, 0, 1, 1, 8192)

    def read(size):
        if clock.now_s() < _BOOTS_S or not asked:
            return b""
        return frame(protocol.HELLO | protocol.REPLY, asked[-1], bytes([0]) + hello)

    def write(data):
        if clock.now_s() >= _BOOTS_S:  # what arrives before is lost
            asked.append(data[2])
        return len(data)

    booting = stand_in(read=read, write=write, close=lambda: None)
    Client("memory", lambda port: Wire(booting), clock).close()
    assert clock.now_s() >= _BOOTS_S


def test_another_version_of_the_firmware_is_reported():
    answers = bytearray()

    def write(data):
        sequence = data[2]
        hello = struct.pack(protocol.HELLO_FORMAT, 9, 0, 1, 1, 8192)
        answers.extend(frame(protocol.HELLO | protocol.REPLY, sequence, bytes([0]) + hello))

    other = stand_in(read=lambda size: bytes(answers), write=write, close=lambda: None)
    with pytest.raises(LinkError, match="speaks version 9 of the link"):
        Client("memory", lambda port: Wire(other), InstantClock())


def test_a_cut_line_is_reported_and_the_board_found_again():
    board = Board()
    client = board.client()
    board.line.is_cut = True
    with pytest.raises(LinkError, match="connection to the board is lost"):
        client.status()
    board.line.is_cut = False
    client.reconnect()
    assert client.status().state == states.IDLE


@pytest.mark.parametrize("answer", range(1, protocol.ANSWERS))
def test_every_refusal_has_a_message_and_advice(answer):
    error = RefusedError(answer)
    assert error.message.endswith(".") and error.advice.endswith((".", "`"))
    assert "answer" not in error.message
