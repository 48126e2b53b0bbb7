"""Write a board in the compiled form whose layout `instep/hal/board.py` defines."""

import struct
from binascii import crc32
from collections.abc import Mapping
from dataclasses import dataclass

from instep.hal.board import (
    ADDRESSES,
    CHANNELS,
    CHIPS,
    CRC_FORMAT,
    EXPANDER,
    HEADER_FORMAT,
    MAGIC,
    NAME_BYTES,
    NUMBER_FORMAT,
    PINS,
    RATINGS,
    SENSES,
    SIZE_BYTES,
    VERSION,
    Board,
)
from instep.hal.calibration import FIELDS, Calibration

_RESERVED = 0


@dataclass(frozen=True)
class Wiring:
    """What a board file holds, by the names of `instep/hal/board.py`; `machine` names its mechanics."""

    name: str
    title: str
    chip: str
    machine: str
    pins: Mapping[str, int]
    expander: Mapping[str, int]
    channels: Mapping[str, int]
    addresses: Mapping[str, int]
    senses: Mapping[str, int]
    ratings: Mapping[str, int]


def compile_board(wiring: Wiring, calibration: Calibration) -> bytes:
    """Return the compiled form of a checked board; BoardError is raised for one that the firmware would refuse."""
    groups = (
        (PINS, wiring.pins),
        (EXPANDER, wiring.expander),
        (CHANNELS, wiring.channels),
        (ADDRESSES, wiring.addresses),
        (SENSES, wiring.senses),
    )
    name = wiring.name.encode().ljust(NAME_BYTES, b"\0")
    chip = CHIPS.index(wiring.chip)
    body = struct.pack(HEADER_FORMAT, MAGIC, VERSION, SIZE_BYTES, chip, _RESERVED, name)
    body += bytes(values[name] for names, values in groups for name in names)
    body += b"".join(struct.pack(NUMBER_FORMAT, wiring.ratings[name]) for name, _, _ in RATINGS)
    body += b"".join(struct.pack(NUMBER_FORMAT, getattr(calibration, name)) for name, _, _ in FIELDS)
    data = body + struct.pack(CRC_FORMAT, crc32(body))
    Board(data)
    return data
