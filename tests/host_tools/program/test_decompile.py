"""A compiled program is shown as the file that compiles to it, or refused with the reason."""

import struct
from binascii import crc32

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from host_tools.errors import InstepError
from host_tools.program.check import check_text
from host_tools.program.compile import compile_program
from host_tools.program.decompile import decompile
from host_tools.program.load import load_program, read_compiled, shipped
from instep.axes import (
    HOLD_HEEL,
)
from instep.stroke.program import (
    CRC_BYTES,
    LANE_BYTES,
    LANE_FORMAT,
    Program,
)
from tests.strategies import programs


@settings(max_examples=40)
@given(programs())
def test_compile_show_compile_is_the_identity(drawn):
    program, data = drawn
    text = read_compiled(data, "drawn.bin")
    assert compile_program(check_text(text, "shown.toml")) == data
    assert decompile(Program(data)) == program


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_program_is_shown_as_a_file_that_compiles_to_the_same_bytes(name):
    data = load_program(name).data
    assert compile_program(check_text(read_compiled(data, "shipped.bin"), "shown.toml")) == data


def sealed(data: bytes) -> bytes:
    return data + crc32(data).to_bytes(CRC_BYTES, "little")


CLASSIC = load_program("classic").data


PULL_HOLD = Program(CLASSIC).enter_lane(3)


@settings(max_examples=400)
@given(st.lists(st.tuples(st.integers(0, len(CLASSIC) - CRC_BYTES - 1), st.integers(0, 255)), min_size=1, max_size=3))
@example([(26, 9)])
def test_a_changed_compiled_program_is_refused_or_shown_as_what_compiles_to_it(changes):
    body = bytearray(CLASSIC[:-CRC_BYTES])
    for at, value in changes:
        body[at] = value
    data = sealed(bytes(body))
    try:
        text = read_compiled(data, "changed.bin")
    except InstepError as error:
        assert error.message.startswith("changed.bin")
        assert error.advice
    else:
        assert compile_program(check_text(text, "shown.toml")) == data


def lane_changed(lane: int, **fields: int) -> bytes:
    at = Program(CLASSIC).lane_offset(lane)
    axis, flags, target, rate = struct.unpack_from(LANE_FORMAT, CLASSIC, at)
    old = {"axis": axis, "flags": flags, "target": target, "rate": rate}
    new = struct.pack(LANE_FORMAT, *(old | fields).values())
    return sealed(CLASSIC[:at] + new + CLASSIC[at + LANE_BYTES : -CRC_BYTES])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"ISTP", "program has 4 bytes"),
        (CLASSIC[:-1] + b"?", "its CRC-32 does not match"),
        (CLASSIC[:-1], "program has"),
        (sealed(CLASSIC[:8] + b"\xff" + CLASSIC[9:-CRC_BYTES]), "name is not text"),
        (sealed(CLASSIC[:8] + b"N" + CLASSIC[9:-CRC_BYTES]), "program's name is 'Nlassic', allowed is "),
        (lane_changed(2, target=700), "no program file compiles to it"),
        (lane_changed(13, rate=20), "is too small"),
        (lane_changed(PULL_HOLD, axis=HOLD_HEEL, target=0), "its lanes are not those of its technique"),
    ],
)
def test_a_compiled_program_that_cannot_be_shown_says_why(data, said):
    with pytest.raises(InstepError) as caught:
        read_compiled(data, "odd.bin")
    assert caught.value.message.startswith("odd.bin")
    assert said in caught.value.message
