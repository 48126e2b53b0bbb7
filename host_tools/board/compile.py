"""Write a board in the compiled form whose layout `instep/hal/board.py` defines."""

import struct
from binascii import crc32

from host_tools.board.model import Wiring
from host_tools.board.power_rules import current_ma_per_v, supply_mv_per_v
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
FORCES = ("force_zero", "force_mn_per_1024")


def compile_board(wiring: Wiring, calibration: Calibration) -> bytes:
    """Return the compiled form of a checked board; raise BoardError if the firmware would refuse it."""
    groups = (
        (PINS, wiring.table("pins")),
        (EXPANDER, wiring.table("expander")),
        (CHANNELS, wiring.table("channels")),
        (ADDRESSES, wiring.table("addresses")),
        (SENSES, wiring.senses),
    )
    ratings = ratings_of(wiring)
    name = wiring.name.encode().ljust(NAME_BYTES, b"\0")
    body = struct.pack(HEADER_FORMAT, MAGIC, VERSION, SIZE_BYTES, CHIPS.index(wiring.chip), _RESERVED, name)
    body += bytes(values[key] for keys, values in groups for key in keys)
    body += b"".join(struct.pack(NUMBER_FORMAT, ratings[key]) for key, _, _ in RATINGS)
    body += b"".join(struct.pack(NUMBER_FORMAT, getattr(calibration, key)) for key, _, _ in FIELDS)
    data = body + struct.pack(CRC_FORMAT, crc32(body))
    Board(data)
    return data


def ratings_of(wiring: Wiring) -> dict[str, int]:
    """Return the ratings for the firmware, derived from the board's parts."""
    bridges, adc = wiring.table("bridges"), wiring.table("adc")
    forces = {f"{name}_{roller}": value for name in FORCES for roller, value in wiring.table(name).items()}
    return forces | {
        "core_mhz": wiring.table("core")["mhz"],
        "i2c_hz": wiring.table("bus")["hz"],
        "bridge_pwm_hz": bridges["pwm_hz"],
        "heater_pwm_hz": wiring.table("heaters")["pwm_hz"],
        "servo_clock_khz": wiring.table("servos")["clock_khz"],
        "adc_reference_mv": adc["reference_mv"],
        "current_ma_per_v": current_ma_per_v(bridges["mirror_ua_per_a"], bridges["sense_ohm"]),
        "supply_mv_per_v": supply_mv_per_v(adc["supply_upper_ohm"], adc["supply_lower_ohm"]),
        "ntc_reference_mv": wiring.table("thermistors")["reference_mv"],
    }
