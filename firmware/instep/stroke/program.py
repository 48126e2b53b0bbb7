"""Read the compiled form of a stroke program; its layout is defined here alone.

    header  36 bytes   magic, version, counts, name, defaults
    phases  16 bytes each
    lanes    6 bytes each
    CRC-32   4 bytes   over everything before it

All numbers are little-endian. A *lane* moves one axis to a target. The lanes of one *step* start together and
arrive together; the last one carries END_STEP. Steps make a *stroke* (END_STROKE on its last lane), which is what
pause, cut and level changes wait for. A *phase* is one technique: enter steps, strokes (repeated), leave steps.
The board reads the bytes in place; the laptop writes them through `host_tools/program/compile.py`.
"""

from binascii import crc32

MAGIC = b"ISTP"
VERSION = 1
# Five times the longest program that is installed; a board keeps that much memory for one that is sent.
MAX_BYTES = 4096

HEADER_FORMAT = "<4sHH16sBBBBHHHH"
HEADER_BYTES = 36
PHASE_FORMAT = "<BBBBHHHHHH"
PHASE_BYTES = 16
LANE_FORMAT = "<BBhH"
LANE_BYTES = 6
CRC_BYTES = 4

# Offsets of the header's fields.
_AT_VERSION = 4
_AT_SIZE = 6
AT_NAME = 8
NAME_BYTES = 16
_AT_PHASES = 24
_AT_MINUTES = 25
_AT_HEAT = 26
_AT_LANES = 28

# Offsets of a phase's fields; the four lane indices split its lanes into enter, strokes and leave.
_AT_TECHNIQUE = 0
_AT_FEET = 1
_AT_REPEATS = 2
_AT_FLAGS = 3
_AT_ENTER = 4
_AT_STROKES = 6
_AT_LEAVE = 8
_AT_END = 10
_AT_STROKE_COUNT = 12
_AT_TAPERS = 14

TECHNIQUES = ("smooth", "top", "sole", "pull", "slide", "rest", "path")
SMOOTH, TOP, SOLE, PULL, SLIDE, REST, PATH = range(7)

FEET_MODES = ("left", "right", "both", "each", "alternate")
FEET_LEFT, FEET_RIGHT, FEET_BOTH, FEET_EACH, FEET_ALTERNATE = range(5)
LEFT_MASK = 1
RIGHT_MASK = 2
BOTH_MASK = 3

# Phase flags.
PHASE_CLOSING = 1  # runs once, after the last cycle

# Lane flags.
END_STEP = 1
END_STROKE = 2

# A lane's target is in program units, so that one program fits every foot:
#   strokes    per mille of the foot's own length (0 = toe tips, 1000 = ankle or heel)
#   forces     centinewton, before intensity
#   select     station 0-8
#   reach      per mille of the selected toe (0 = base, 1000 = tip), or REACH_CLEAR
#   turn       tenths of a degree
#   AXIS_WAIT  ticks
# Its rate is in tenths of mm/s for strokes and reach, before pace; 0 = the axis's own speed.
REACH_CLEAR = -1
AXIS_WAIT = 255


class ProgramError(ValueError):
    """Raised for a compiled program that must not be run; the text says what is wrong."""


def _text(field: bytes) -> str:
    try:
        return bytes(field).rstrip(b"\0").decode()
    except UnicodeError:
        raise ProgramError("program's name is not text") from None


def turn_mask(feet_mode: int, turn: int) -> int:
    """Return the feet (bit 0 left, bit 1 right) that turn 0 or 1 of a phase treats; 0 = the phase has no such turn."""
    if feet_mode == FEET_EACH:
        return RIGHT_MASK if turn else LEFT_MASK
    if turn:
        return 0
    if feet_mode == FEET_LEFT:
        return LEFT_MASK
    if feet_mode == FEET_RIGHT:
        return RIGHT_MASK
    return BOTH_MASK


class Program:
    """Read a compiled program in place; raise ProgramError unless size, magic, version and CRC-32 are right."""

    def __init__(self, data: bytes) -> None:
        size = len(data)
        if size < HEADER_BYTES + CRC_BYTES or size > MAX_BYTES:
            raise ProgramError("program has %d bytes, expected %d to %d" % (size, HEADER_BYTES + CRC_BYTES, MAX_BYTES))
        if bytes(data[:4]) != MAGIC:
            raise ProgramError("not a compiled stroke program (it does not start with ISTP)")
        self.data = data
        if self._u16(_AT_VERSION) != VERSION:
            raise ProgramError("program has version %d, this firmware reads %d" % (self._u16(_AT_VERSION), VERSION))
        self.phase_count = data[_AT_PHASES]
        self.lane_count = self._u16(_AT_LANES)
        self.lanes_at = HEADER_BYTES + self.phase_count * PHASE_BYTES
        expected = self.lanes_at + self.lane_count * LANE_BYTES + CRC_BYTES
        if self._u16(_AT_SIZE) != size or expected != size:
            raise ProgramError("program has %d bytes, its header says %d" % (size, expected))
        self.crc32 = crc32(data[: size - CRC_BYTES]) & 0xFFFFFFFF
        if self.crc32 != self._u16(size - 4) | self._u16(size - 2) << 16:
            raise ProgramError("program is damaged (its CRC-32 does not match)")
        self.name = _text(data[AT_NAME : AT_NAME + NAME_BYTES])
        self.title = self.name.encode()  # made here: a program is chosen in a tick, which must not allocate
        self.minutes = data[_AT_MINUTES]
        self.heat = data[_AT_HEAT]

    def _u16(self, at: int) -> int:
        return self.data[at] | self.data[at + 1] << 8

    def technique(self, phase: int) -> int:
        """Return the phase's technique, an index of TECHNIQUES."""
        return self.data[HEADER_BYTES + phase * PHASE_BYTES + _AT_TECHNIQUE]

    def feet(self, phase: int) -> int:
        """Return the phase's feet mode, an index of FEET_MODES."""
        return self.data[HEADER_BYTES + phase * PHASE_BYTES + _AT_FEET]

    def repeats(self, phase: int) -> int:
        """Return how often the phase's strokes are repeated."""
        return self.data[HEADER_BYTES + phase * PHASE_BYTES + _AT_REPEATS]

    def is_closing(self, phase: int) -> bool:
        """Return True if the phase belongs to the closing strokes."""
        return self.data[HEADER_BYTES + phase * PHASE_BYTES + _AT_FLAGS] & PHASE_CLOSING != 0

    def enter_lane(self, phase: int) -> int:
        """Return the index of the phase's first lane."""
        return self._u16(HEADER_BYTES + phase * PHASE_BYTES + _AT_ENTER)

    def stroke_lane(self, phase: int) -> int:
        """Return the index of the first lane of the phase's first stroke."""
        return self._u16(HEADER_BYTES + phase * PHASE_BYTES + _AT_STROKES)

    def leave_lane(self, phase: int) -> int:
        """Return the index of the first lane after the phase's strokes."""
        return self._u16(HEADER_BYTES + phase * PHASE_BYTES + _AT_LEAVE)

    def end_lane(self, phase: int) -> int:
        """Return the index after the phase's last lane."""
        return self._u16(HEADER_BYTES + phase * PHASE_BYTES + _AT_END)

    def stroke_count(self, phase: int) -> int:
        """Return the number of strokes in one repeat of the phase."""
        return self._u16(HEADER_BYTES + phase * PHASE_BYTES + _AT_STROKE_COUNT)

    def tapers(self, phase: int) -> int:
        """Return by how many per cent less the phase's rollers press at the tips, and x 256 at ankle or heel."""
        return self._u16(HEADER_BYTES + phase * PHASE_BYTES + _AT_TAPERS)

    def lane_offset(self, lane: int) -> int:
        """Return the byte offset of a lane in the program."""
        return self.lanes_at + lane * LANE_BYTES
