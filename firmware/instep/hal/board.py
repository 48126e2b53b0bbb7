"""The compiled board file: the only place that knows its layout.

    header   26 bytes   magic, version, size, chip, reserved, name
    wiring    1 byte each, in the order of PINS, EXPANDER, CHANNELS, ADDRESSES, SENSES
    ratings   4 bytes each, signed, in the order of RATINGS
    machine   4 bytes each, signed, in the order of calibration.FIELDS
    CRC-32    4 bytes   over everything before it

All numbers are little-endian. The laptop writes the file (`host_tools/board/compile.py`) after it has checked that
the wiring can work (`instep board check`); the board reads it once, at start.
"""

import struct
from binascii import crc32

from instep.hal.calibration import FIELDS, Calibration

MAGIC = b"ISBD"
# 4: as 3, but only pulses hold the relay; a machine whose relay follows a level must not run with this firmware.
VERSION = 4
HEADER_FORMAT = "<4sHHBB16s"
HEADER_BYTES = 26
NUMBER_FORMAT = "<i"
NUMBER_BYTES = 4
CRC_FORMAT = "<I"
CRC_BYTES = 4
NAME_BYTES = 16

CHIPS = ("rp2040", "rp2350")

# The rollers in the order in which they stand in every list.
ROLLER_NAMES = ("left_top", "left_sole", "right_top", "right_sole")

# GPIO numbers. IN1 high drives away from the toe tips, and then A leads B, unless SENSES say otherwise.
GPIO_MAX = 29
PINS = (
    "i2c_sda",
    "i2c_scl",
    "bridge_left_top_in1",
    "bridge_left_top_in2",
    "bridge_left_sole_in1",
    "bridge_left_sole_in2",
    "bridge_right_top_in1",
    "bridge_right_top_in2",
    "bridge_right_sole_in1",
    "bridge_right_sole_in2",
    "encoder_left_top_a",
    "encoder_left_top_b",
    "encoder_left_sole_a",
    "encoder_left_sole_b",
    "encoder_right_top_a",
    "encoder_right_top_b",
    "encoder_right_sole_a",
    "encoder_right_sole_b",
    "heater_left",
    "heater_right",
    "servo_disable",  # low enables the servo chip's outputs
    "relay",  # a rising edge in every tick closes
    "emergency_stop",  # low when pressed or when its wire is broken
    "current_left",  # analogue, through the multiplexer
    "current_right",
    "supply",  # analogue
    "status_light",
)

# Bits of the button expander, 0..7 = GPA0..GPA7, 8..15 = GPB0..GPB7. A contact reads low when it is closed.
EXPANDER_MAX = 15
EXPANDER = (
    "button_first",  # the six buttons follow each other from here, in the order of panel/buttons.py
    "foot_left",
    "foot_right",
    "relay_contact",
    "buzzer",
    "current_select",  # high: the multiplexer passes the currents of the sole rollers, low: of the top rollers
)

# Inputs of the ADCs; the first of the eight outputs of the servo chip that a foot takes, top_press to hold_heel; the
# first of the four PIO state machines that count the encoders, in the order of ROLLER_NAMES.
CHANNEL_MAX = 15
CHANNELS = (
    "element_left",
    "skin_left",
    "element_right",
    "skin_right",
    "force_top",
    "force_sole",
    "servo_left_first",
    "servo_right_first",
    "encoder_first",
)

# Seven-bit I²C addresses; the bus itself keeps 0x00-0x07 and 0x78-0x7F.
ADDRESS_MIN = 0x08
ADDRESS_MAX = 0x77
ADDRESSES = (
    "servos",
    "heat_adc",
    "force_adc_left",
    "force_adc_right",
    "expander",
    "display",
    "thermometer_left",
    "thermometer_right",
)

# A bit per roller, from bit 0: its motor or its encoder is wired the other way round.
SENSE_MAX = 15
SENSES = ("motors_reversed", "encoders_reversed")

# name, least, greatest.
RATINGS = (
    ("core_mhz", 125, 200),
    ("i2c_hz", 100_000, 400_000),
    ("bridge_pwm_hz", 16_000, 50_000),
    ("heater_pwm_hz", 200, 1_000),  # "off" reaches the pin at the end of a period: half a tick at most
    ("servo_clock_khz", 23_000, 27_000),  # the servo chip's own oscillator, 25 MHz on paper
    ("adc_reference_mv", 3_000, 3_600),  # the reference of the chip's own ADC
    ("current_ma_per_v", 100, 5_000),  # bridge current per volt at the ADC
    ("supply_mv_per_v", 4_000, 10_000),  # supply per volt at the ADC
    ("ntc_reference_mv", 2_000, 4_000),  # what feeds the pull-ups of the thermistors
    # Code of the force ADC without load, and force per 1024 codes more, for each roller.
    ("force_zero_left_top", -4_000, 16_000),
    ("force_zero_left_sole", -4_000, 16_000),
    ("force_zero_right_top", -4_000, 16_000),
    ("force_zero_right_sole", -4_000, 16_000),
    ("force_mn_per_1024_left_top", 1_000, 40_000),
    ("force_mn_per_1024_left_sole", 1_000, 40_000),
    ("force_mn_per_1024_right_top", 1_000, 40_000),
    ("force_mn_per_1024_right_sole", 1_000, 40_000),
)

WIRING_BYTES = len(PINS) + len(EXPANDER) + len(CHANNELS) + len(ADDRESSES) + len(SENSES)
SIZE_BYTES = HEADER_BYTES + WIRING_BYTES + NUMBER_BYTES * (len(RATINGS) + len(FIELDS)) + CRC_BYTES


class BoardError(ValueError):
    """A board file that must not be used; the text gives the reason."""


class Board:
    """Read a compiled board file; raise BoardError unless size, magic, version, CRC-32 and every range are right.

    `chip` and `name` are texts; `pins`, `expander`, `channels`, `addresses`, `senses` and `ratings` hold an integer
    per name; `calibration` is the machine's.
    """

    def __init__(self, data: "bytes | bytearray") -> None:
        self.crc32 = _intact(data)
        _, _, _, chip, _, name = struct.unpack_from(HEADER_FORMAT, data)
        if chip >= len(CHIPS):
            raise BoardError("board file is for chip %d, this firmware knows %s" % (chip, " and ".join(CHIPS)))
        self.chip = CHIPS[chip]
        self.name = _text(name)
        self._data = data
        self._at = HEADER_BYTES
        self.pins = self._bytes(PINS, 0, GPIO_MAX)
        self.expander = self._bytes(EXPANDER, 0, EXPANDER_MAX)
        self.channels = self._bytes(CHANNELS, 0, CHANNEL_MAX)
        self.addresses = self._bytes(ADDRESSES, ADDRESS_MIN, ADDRESS_MAX)
        self.senses = self._bytes(SENSES, 0, SENSE_MAX)
        self.ratings = self._numbers(RATINGS)
        self.calibration = Calibration(self._numbers(FIELDS))

    def _bytes(self, names: "tuple[str, ...]", minimum: int, greatest: int) -> "dict[str, int]":
        values = {}
        for name in names:
            values[name] = _checked(name, self._data[self._at], minimum, greatest)
            self._at += 1
        return values

    def _numbers(self, fields: "tuple[tuple[str, int, int], ...]") -> "dict[str, int]":
        values = {}
        for name, minimum, greatest in fields:
            (value,) = struct.unpack_from(NUMBER_FORMAT, self._data, self._at)
            values[name] = _checked(name, value, minimum, greatest)
            self._at += NUMBER_BYTES
        return values


def _intact(data: "bytes | bytearray") -> int:
    """Return the CRC-32 of a board file that is whole and of this version; raise BoardError for any other."""
    size = len(data)
    if bytes(data[:4]) != MAGIC:
        raise BoardError("not a compiled board file (it does not start with ISBD)")
    if size < HEADER_BYTES:
        raise BoardError("board file has %d bytes, expected %d" % (size, SIZE_BYTES))
    _, version, said, _, _, _ = struct.unpack_from(HEADER_FORMAT, data)
    if version != VERSION:
        raise BoardError("board file has version %d, this firmware reads %d" % (version, VERSION))
    if size != SIZE_BYTES or said != size:
        raise BoardError("board file has %d bytes and says %d, expected %d" % (size, said, SIZE_BYTES))
    crc: int = crc32(data[: size - CRC_BYTES]) & 0xFFFFFFFF
    if crc != struct.unpack_from(CRC_FORMAT, data, size - CRC_BYTES)[0]:
        raise BoardError("board file is damaged (its CRC-32 does not match)")
    return crc


def _text(field: bytes) -> str:
    try:
        return bytes(field).rstrip(b"\0").decode()
    except UnicodeError:
        raise BoardError("board's name is not text") from None


def _checked(name: str, value: int, minimum: int, greatest: int) -> int:
    if not minimum <= value <= greatest:
        raise BoardError("%s is %d, allowed %d to %d" % (name, value, minimum, greatest))
    return value
