"""The compiled board file: what it holds, and that nothing but a whole one is read."""

import json
import struct
from binascii import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from host_tools.board.compile import ratings_of
from host_tools.board.load import load_board
from host_tools.machine.calibration import calibration_of
from instep.hal.board import (
    ADDRESSES,
    CHANNELS,
    CRC_BYTES,
    EXPANDER,
    GPIO_MAX,
    HEADER_BYTES,
    PINS,
    RATINGS,
    SENSES,
    SIZE_BYTES,
    WIRING_BYTES,
    Board,
    BoardError,
)
from instep.hal.calibration import FIELDS
from tests.vm.harness import run_on_vm

PICO = load_board("pico").data
EXAMPLES = 10_000


def shown(board):
    return {
        "name": board.name,
        "chip": board.chip,
        "crc32": board.crc32,
        "tables": [board.pins, board.expander, board.channels, board.addresses, board.senses, board.ratings],
        "calibration": {name: getattr(board.calibration, name) for name, _, _ in FIELDS},
    }


def sealed(data):
    """Return the data with a CRC-32 that fits."""
    body = bytes(data[:-CRC_BYTES])
    return body + struct.pack("<I", crc32(body))


def with_bytes(at, content):
    return PICO[:at] + content + PICO[at + len(content) :]


def refusal(data):
    with pytest.raises(BoardError) as caught:
        Board(data)
    return str(caught.value)


def test_the_firmware_reads_what_the_laptop_has_compiled():
    loaded = load_board("pico2")
    board = Board(loaded.data)
    assert (board.name, board.chip) == ("pico2", "rp2350")
    assert board.pins == loaded.wiring.pins
    assert board.expander == loaded.wiring.table("expander")
    assert board.channels == loaded.wiring.table("channels")
    assert board.addresses == loaded.wiring.table("addresses")
    assert board.ratings == ratings_of(loaded.wiring)
    assert vars(board.calibration) == vars(calibration_of(loaded.wiring.machine))
    assert len(loaded.data) == SIZE_BYTES


def test_micropython_reads_the_same():
    code = """
import json
from instep.hal.board import Board
from instep.hal.calibration import FIELDS
board = Board(open("/board.bin", "rb").read())
tables = [board.pins, board.expander, board.channels, board.addresses, board.senses, board.ratings]
calibration = {name: getattr(board.calibration, name) for name, _, _ in FIELDS}
shown = {"name": board.name, "chip": board.chip, "crc32": board.crc32, "tables": tables, "calibration": calibration}
print(json.dumps(shown))
"""
    assert json.loads(run_on_vm(code, {"/board.bin": PICO})) == shown(Board(PICO))


def test_a_file_that_is_no_board_file_is_refused():
    assert refusal(b"") == "not a compiled board file (it does not start with ISBD)"
    assert refusal(b"ISTP" + PICO[4:]) == "not a compiled board file (it does not start with ISBD)"


def test_a_short_or_long_file_is_refused():
    assert refusal(PICO[:10]) == f"board file has 10 bytes, expected {SIZE_BYTES}"
    assert refusal(PICO[:-1]) == f"board file has {SIZE_BYTES - 1} bytes and says {SIZE_BYTES}, expected {SIZE_BYTES}"
    assert refusal(PICO + b"\0") == (
        f"board file has {SIZE_BYTES + 1} bytes and says {SIZE_BYTES}, expected {SIZE_BYTES}"
    )


def test_a_file_of_another_version_is_refused():
    assert refusal(sealed(with_bytes(4, b"\2\0"))) == "board file has version 2, this firmware reads 4"


def test_a_damaged_file_is_refused():
    assert refusal(with_bytes(HEADER_BYTES, b"\x63")) == "board file is damaged (its CRC-32 does not match)"


def test_a_file_for_an_unknown_chip_is_refused():
    assert refusal(sealed(with_bytes(8, b"\2"))) == "board file is for chip 2, this firmware knows rp2040 and rp2350"


def test_a_name_that_is_no_text_is_refused():
    assert refusal(sealed(with_bytes(10, b"\xff"))) == "board's name is not text"


WIRES = (*PINS, *EXPANDER, *CHANNELS, *ADDRESSES, *SENSES)


@pytest.mark.parametrize("name", WIRES)
def test_every_wire_out_of_range_is_refused_by_name(name):
    damaged = sealed(with_bytes(HEADER_BYTES + WIRES.index(name), b"\xff"))
    assert refusal(damaged).startswith(f"{name} is 255, allowed ")


NUMBERS = (*RATINGS, *FIELDS)


@pytest.mark.parametrize("index", range(len(NUMBERS)))
def test_every_number_out_of_range_is_refused_by_name(index):
    name, minimum, greatest = NUMBERS[index]
    for value in (minimum - 1, greatest + 1):
        damaged = sealed(with_bytes(HEADER_BYTES + WIRING_BYTES + 4 * index, struct.pack("<i", value)))
        assert refusal(damaged) == f"{name} is {value}, allowed {minimum} to {greatest}"


def test_the_ends_of_every_range_are_read():
    for end in (1, 2):
        numbers = b"".join(struct.pack("<i", number[end]) for number in NUMBERS)
        board = Board(sealed(with_bytes(HEADER_BYTES + WIRING_BYTES, numbers)))
        assert board.ratings == {rating[0]: rating[end] for rating in RATINGS}
    assert Board(sealed(with_bytes(HEADER_BYTES, bytes([GPIO_MAX])))).pins["i2c_sda"] == GPIO_MAX


MUTATION = st.tuples(st.integers(0, SIZE_BYTES - 1), st.integers(0, 255))


def mutated(changes, size, is_sealed):
    data = bytearray(PICO)
    for at, value in changes:
        data[at] = value
    data = data[:size] + bytes(max(0, size - len(data)))
    return sealed(data) if is_sealed else bytes(data)


@settings(max_examples=EXAMPLES)
@given(st.lists(MUTATION, max_size=4), st.just(SIZE_BYTES) | st.integers(0, SIZE_BYTES + 8), st.booleans())
def test_a_mutated_file_is_refused_or_read_as_it_stands(changes, size, is_sealed):
    data = mutated(changes, size, is_sealed)
    try:
        board = Board(data)
    except BoardError:
        assert data != PICO
        return
    assert is_sealed or data == PICO
    assert list(board.pins.values()) == list(data[HEADER_BYTES : HEADER_BYTES + len(PINS)])
