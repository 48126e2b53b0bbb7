"""A compiled program is read in place; one that is cut, altered, of another version or no program is refused."""

import struct
from binascii import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.program.load import load_program
from instep.stroke.program import (
    AT_NAME,
    CRC_BYTES,
    FEET_ALTERNATE,
    FEET_EACH,
    HEADER_BYTES,
    MAX_BYTES,
    PHASE_BYTES,
    PULL,
    SOLE,
    Program,
    ProgramError,
)
from tests.firmware.playing import SOLE_ALTERNATE, compiled

DATA = load_program("demo").data
PULL_EACH = '[[phase]]\ntechnique = "pull"\nfeet = "each"\nrepeats = 2\ntoes = [1, 2]\n'


def sealed(data):
    """Return `data` with its own CRC-32."""
    return data[:-CRC_BYTES] + struct.pack("<I", crc32(data[:-CRC_BYTES]))


def test_the_phases_are_read_as_they_were_written():
    program = compiled(SOLE_ALTERNATE + PULL_EACH, minutes=10)
    assert (program.name, program.title, program.minutes, program.phase_count) == ("test", b"test", 10, 3)
    assert [program.technique(phase) for phase in range(2)] == [SOLE, PULL]
    assert [program.feet(phase) for phase in range(2)] == [FEET_ALTERNATE, FEET_EACH]
    assert [program.repeats(phase) for phase in range(2)] == [3, 2]
    # A program without closing strokes ends with those of the compiler.
    assert [program.is_closing(phase) for phase in range(3)] == [False, False, True]


def test_the_lanes_of_the_phases_follow_on_from_each_other():
    program = Program(DATA)
    lane = 0
    for phase in range(program.phase_count):
        assert program.enter_lane(phase) == lane
        lane = program.end_lane(phase)
        assert program.enter_lane(phase) <= program.stroke_lane(phase) <= program.leave_lane(phase) <= lane
        assert program.stroke_count(phase) >= 1
    assert lane == program.lane_count
    assert program.lane_offset(lane) == len(DATA) - CRC_BYTES


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_any_altered_byte_is_noticed(at, flip):
    data = bytearray(DATA)
    data[at] ^= flip
    with pytest.raises(ProgramError):
        Program(bytes(data))


@pytest.mark.parametrize("size", [0, 1, HEADER_BYTES + CRC_BYTES - 1, len(DATA) - 1])
def test_a_cut_program_is_refused(size):
    with pytest.raises(ProgramError, match="bytes"):
        Program(sealed(DATA[:size]) if size > CRC_BYTES else DATA[:size])


def test_a_program_that_is_too_large_is_refused_before_it_is_read():
    with pytest.raises(ProgramError, match=f"{MAX_BYTES + 1} bytes"):
        Program(bytes(MAX_BYTES + 1))


@pytest.mark.parametrize(
    ("at", "new", "message"),
    [
        (0, b"PK\3\4", "does not start with ISTP"),
        (4, b"\2\0", "has version 2, this firmware reads 1"),
        (24, b"\0", "its header says"),
        (AT_NAME, b"\xff", "name is not text"),
    ],
)
def test_a_refusal_says_what_is_wrong_even_if_the_check_fits(at, new, message):
    with pytest.raises(ProgramError, match=message):
        Program(sealed(DATA[:at] + new + DATA[at + len(new) :]))


def test_a_damaged_program_is_told_from_a_foreign_one():
    with pytest.raises(ProgramError, match="CRC-32"):
        Program(DATA[:-1] + bytes([DATA[-1] ^ 1]))


def test_the_header_is_as_long_as_its_parts():
    program = Program(DATA)
    assert program.lanes_at == HEADER_BYTES + program.phase_count * PHASE_BYTES
