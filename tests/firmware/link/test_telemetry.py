"""Telemetry as a STATUS reply and as blocks."""

import struct

import pytest

from host_tools.link.telemetry import read_telemetry
from instep.link import protocol as m
from instep.link import telemetry_fields
from instep.link.frames import BODY_MAX
from instep.link.telemetry import BLOCK_PARTS, STATUS_BYTES, STATUS_PARTS
from instep.session import states
from tests.firmware.link.dispatcher_board import Board

MACHINE_BYTES = telemetry_fields.MACHINE_BYTES

FOOT_BYTES = telemetry_fields.FOOT_BYTES


def test_a_status_holds_the_values_of_the_machine():
    board = Board("run")
    _, data = board.ask(m.STATUS)
    assert len(data) == STATUS_BYTES
    values = read_telemetry(data)
    assert (values.state, values["supply_mv"], values["intensity"]) == (states.RUN, 12_000, 3)


@pytest.mark.parametrize("roller", [-1, 0, 3])
def test_a_status_has_a_flag_for_the_roller_of_the_latched_fault(roller):
    board = Board("run")
    board.bench.guard.fault_roller = roller
    _, data = board.ask(m.STATUS)
    flags = read_telemetry(data)["flags"] & 15 * m.FLAG_ROLLER
    assert flags == (0 if roller < 0 else m.FLAG_ROLLER << roller)


def test_a_status_is_written_in_parts_and_another_request_ends_it():
    board = Board("run")
    board.dispatcher.handle(bytearray([m.STATUS, 1, *bytes(BODY_MAX)]), 0, 0)
    assert board.dispatcher.complete_reply()
    assert board.ask(m.WATCH, b"\5") == (m.ANSWER_DONE, b"")
    assert board.parts == 0
    board.ask(m.STATUS)
    assert board.parts == STATUS_PARTS


def test_a_status_that_is_repeated_while_it_is_written_is_written_once():
    board = Board("run")
    board.dispatcher.handle(bytearray([m.STATUS, 1, *bytes(BODY_MAX)]), 0, 0)
    assert board.dispatcher.complete_reply()
    answer, data = board.ask(m.STATUS, sequence=1)
    assert (answer, len(data), board.parts) == (m.ANSWER_DONE, STATUS_BYTES, STATUS_PARTS - 1)


@pytest.mark.parametrize(
    ("block", "at", "size"),
    [
        (m.BLOCK_MACHINE, 0, MACHINE_BYTES),
        (m.BLOCK_LEFT, MACHINE_BYTES, FOOT_BYTES),
        (m.BLOCK_RIGHT, MACHINE_BYTES + FOOT_BYTES, FOOT_BYTES),
    ],
)
def test_a_block_is_the_same_as_in_a_status(block, at, size):
    board = Board("run")
    _, whole = board.ask(m.STATUS)
    into = bytearray(b"\xee" * BODY_MAX)
    for part in range(BLOCK_PARTS):
        assert board.telemetry.write_block_part(block, part, into, 3, 0) == size
    assert bytes(into[3 : 3 + size]) == whole[at : at + size]
    assert set(into[:3]) | set(into[3 + size :]) == {0xEE}


def test_the_motion_block_has_the_values_of_a_status():
    board = Board("run")
    board.ticks(200)
    _, whole = board.ask(m.STATUS)
    status = read_telemetry(whole)
    into = bytearray(BODY_MAX)
    sizes = {board.telemetry.write_block_part(m.BLOCK_MOTION, part, into, 0, 7) for part in range(BLOCK_PARTS)}
    assert len(sizes) == 1
    assert struct.unpack_from(telemetry_fields.MOTION_HEAD_FORMAT, into) == (7,)
    at = struct.calcsize(telemetry_fields.MOTION_HEAD_FORMAT)
    for foot in status.feet:
        values = struct.unpack_from(telemetry_fields.MOTION_FOOT_FORMAT, into, at)
        assert values == tuple(foot[name] for name in telemetry_fields.MOTION_FOOT)
        at += struct.calcsize(telemetry_fields.MOTION_FOOT_FORMAT)
    assert sizes == {at} and any(values)
