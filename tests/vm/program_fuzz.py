"""Mutate compiled programs, and play those that the firmware accepts; the same code on CPython and on MicroPython.

A mutant is corrupted in its header, its phases, its lanes or anywhere. Most get a new CRC-32, so that they reach the
checks behind it. An accepted program is played with the heap locked, on feet and levels at their
ends, with commands between.
"""

import struct
from binascii import crc32

import micropython
from instep.axes import AXES_PER_FOOT, HIGH, HOME
from instep.levels import FORCE_PERMILLE, GENTLE_PRESS_MAX_MN, PACE_PERMILLE
from instep.stroke.foot_scaling import FOOT_MAX_UM, FOOT_MIN_UM, FootLengths
from instep.stroke.program import AXIS_WAIT, CRC_BYTES, HEADER_BYTES, LANE_BYTES, PHASE_BYTES, Program, ProgramError
from instep.stroke.scheduler import IDLE, Scheduler
from instep.stroke.verify import verify
from instep.units import PERMILLE
from tests.vm.chance import Chance

# Where the header and a phase keep what can be changed: byte offset, bytes.
_HEADER_FIELDS = ((0, 1), (4, 2), (6, 2), (8, 1), (12, 1), (24, 1), (25, 1), (26, 1), (27, 1), (28, 2), (30, 2))
_PHASE_FIELDS = ((0, 1), (1, 1), (2, 1), (3, 1), (4, 2), (6, 2), (8, 2), (10, 2), (12, 2), (14, 2))
_AT_SIZE = 6
_AT_PHASES = 24
_AT_LANES = 28
_AT_PHASE_LANES = (4, 6, 8, 10)

_WHOLE_NUMBERS = (0, 1, 2, 3, 4, 5, 7, 10, 30, 100, 127, 128, 255, 256, 1_000, 32_767, 32_768, 65_535)
_TARGETS = (0, 1, 8, 9, 100, 500, 501, 1_000, 1_001, 1_500, 3_500, 3_501, 6_000, 6_001, 32_767, -1, -2, -100, -101)
_RATES = (0, 1, 20, 50, 600, 999, 1_000, 1_001, 65_535)
_AXES = bytes(range(AXES_PER_FOOT + 1)) + bytes((AXIS_WAIT,))
_LANE_FLAGS = (0, 1, 2, 3, 4, 255)

_DEEDS_MAX = 3
_HURT_MIN_BYTES = HEADER_BYTES + PHASE_BYTES + LANE_BYTES + CRC_BYTES
_SEALED_OF_8 = 7

_LENGTHS_UM = ((FOOT_MIN_UM, FOOT_MAX_UM), (FOOT_MAX_UM, FOOT_MIN_UM), (261_011, 262_347))
_MASKS = (3, 3, 1, 2)
_PRESSES_MN = (HIGH[2], GENTLE_PRESS_MAX_MN)
_COMMANDS_MAX = 4

# The ticks whose setpoints make the figure that both runtimes have to agree on.
FOLDED_TICKS = 400


def _nothing():
    """Stand in for locking the heap, which only MicroPython can."""


_lock = getattr(micropython, "heap_lock", _nothing)
_unlock = getattr(micropython, "heap_unlock", _nothing)


def _u16(data, at):
    return data[at] | data[at + 1] << 8


def _put(data, at, count, value):
    """Write a little-endian number of one or two bytes."""
    data[at] = value & 0xFF
    if count == 2:
        data[at + 1] = value >> 8 & 0xFF


class Mutator:
    """Make mutants of sound programs; each is defined by its number."""

    def __init__(self, seeds, seed):
        self._seeds = seeds
        self._seed = seed
        self._deeds = (
            self._hurt_a_byte,
            self._hurt_the_header,
            self._hurt_a_phase,
            self._swap_lanes,
            self._copy_a_lane,
            self._double_a_lane,
            self._drop_a_lane,
            self._cut_or_lengthen,
        )
        self.chance = Chance(0)

    def mutant(self, number):
        """Return the bytes of a mutant."""
        self.chance = chance = Chance((number * 2_003 + self._seed * 7_919) % 30_000)
        self.chance.second = 1 + number % 30_000
        self.chance.third = 1 + number // 30_000 * 37 + self._seed
        for _ in range(4):
            chance.below(2)
        data = bytearray(chance.among(self._seeds))
        for _ in range(1 + chance.below(_DEEDS_MAX)):
            if len(data) < _HURT_MIN_BYTES:
                break
            # Half of all deeds leave the structure as it is: they are what gets through.
            deed = self._hurt_a_lane if chance.below(2) else chance.among(self._deeds)
            data = deed(data)
        if chance.below(8) < _SEALED_OF_8 and len(data) > CRC_BYTES:
            end = len(data) - CRC_BYTES
            data[end:] = struct.pack("<I", crc32(memoryview(data)[:end]) & 0xFFFFFFFF)
        return data

    def _lane_at(self, data):
        """Return the byte offset of some lane, or of some byte if there is none."""
        first = HEADER_BYTES + data[_AT_PHASES] * PHASE_BYTES
        lanes = (len(data) - CRC_BYTES - first) // LANE_BYTES
        return first + self.chance.below(lanes) * LANE_BYTES if lanes > 0 else HEADER_BYTES

    def _hurt_a_lane(self, data):
        """Change axis, flags, target or rate: mostly to something in range."""
        chance = self.chance
        at = self._lane_at(data)
        how = chance.below(10)
        if at + LANE_BYTES > len(data):
            return data
        if how == 0:
            data[at] = chance.among(_AXES)
        elif how == 1:
            data[at + 1] = chance.among(_LANE_FLAGS)
        elif how == 2:
            _put(data, at + 2, 2, chance.among(_TARGETS))
        elif how < 7:
            axis = data[at]
            maximum = PERMILLE + 1 if axis < 2 or axis == 5 else HIGH[axis] // 10 + 2 if axis < AXES_PER_FOOT else 400
            _put(data, at + 2, 2, chance.below(maximum + 1) if axis != 6 else chance.below(204) - 102)
        elif how < 9:
            _put(data, at + 4, 2, chance.below(1_002))
        else:
            _put(data, at + 4, 2, chance.among(_RATES))
        return data

    def _hurt_a_byte(self, data):
        chance = self.chance
        at = chance.below(len(data))
        data[at] = chance.below(256) if chance.below(2) else data[at] ^ 1 << chance.below(8)
        return data

    def _hurt_the_header(self, data):
        at, count = self.chance.among(_HEADER_FIELDS)
        _put(data, at, count, self.chance.among(_WHOLE_NUMBERS))
        return data

    def _hurt_a_phase(self, data):
        at, count = self.chance.among(_PHASE_FIELDS)
        at += HEADER_BYTES + self.chance.below(max(1, data[_AT_PHASES])) * PHASE_BYTES
        if at + count <= len(data):
            _put(data, at, count, self.chance.below(8) if self.chance.below(2) else self.chance.among(_WHOLE_NUMBERS))
        return data

    def _swap_lanes(self, data):
        one, other = self._lane_at(data), self._lane_at(data)
        if max(one, other) + LANE_BYTES <= len(data):
            kept = data[one : one + LANE_BYTES]
            data[one : one + LANE_BYTES] = data[other : other + LANE_BYTES]
            data[other : other + LANE_BYTES] = kept
        return data

    def _copy_a_lane(self, data):
        one, other = self._lane_at(data), self._lane_at(data)
        if max(one, other) + LANE_BYTES <= len(data):
            data[one : one + LANE_BYTES] = data[other : other + LANE_BYTES]
        return data

    def _double_a_lane(self, data):
        at = self._lane_at(data)
        return self._renumbered(data[:at] + data[at : at + LANE_BYTES] + data[at:], at, 1)

    def _drop_a_lane(self, data):
        at = self._lane_at(data)
        return self._renumbered(data[:at] + data[at + LANE_BYTES :], at, -1)

    def _renumbered(self, data, at, by):
        """Let header and phases know of a lane more or less at byte `at`."""
        first = HEADER_BYTES + data[_AT_PHASES] * PHASE_BYTES
        if len(data) < first:
            return data
        _put(data, _AT_SIZE, 2, len(data))
        _put(data, _AT_LANES, 2, _u16(data, _AT_LANES) + by)
        lane = (at - first) // LANE_BYTES
        for phase in range(HEADER_BYTES, first, PHASE_BYTES):
            for field in _AT_PHASE_LANES:
                if _u16(data, phase + field) > lane:
                    _put(data, phase + field, 2, _u16(data, phase + field) + by)
        return data

    def _cut_or_lengthen(self, data):
        chance = self.chance
        return data[: chance.below(len(data) + 1)] if chance.below(2) else data + bytes(1 + chance.below(9))


class Fuzz:
    """Put mutants into the firmware; `counts` says what became of them."""

    def __init__(self, seeds, seed, ticks, watch=None):
        """Play each for `ticks` at most; `watch(number, setpoints)` is called after every tick."""
        self._mutator = Mutator(seeds, seed)
        self._ticks = ticks
        self._watch = watch
        self._fit = FootLengths(FOOT_MIN_UM, FOOT_MAX_UM)
        self.counts = {"refused at its header": 0, "refused by the proof": 0, "without strokes": 0, "played": 0}
        self.crc = 0
        self.ticks = 0

    def run(self, first, count):
        """Put in the mutants `first`..`first + count - 1`; raise ValueError naming the first that breaks something."""
        for number in range(first, first + count):
            image = self._mutator.mutant(number)
            try:
                self.counts[self._put_in(number, image)] += 1
            except Exception as error:
                _lock()
                while _unlock():
                    pass
                raise _finding("mutant %d (%s): %r", number, image.hex(), error) from error

    def _put_in(self, number, image):
        """Load and play one mutant as the firmware would; return what became of it."""
        try:
            program = Program(memoryview(image))  # type: ignore[arg-type]  # a view, as it comes over the link
        except ProgramError as error:
            return _refused("refused at its header", error)
        try:
            verify(program)
        except ProgramError as error:
            return _refused("refused by the proof", error)
        return "played" if self._play(number, program) else "without strokes"

    def _play(self, number, program):
        chance = self._mutator.chance
        scheduler = Scheduler()
        left_um, right_um = chance.among(_LENGTHS_UM)
        self._fit.set(0, left_um)
        self._fit.set(1, right_um)
        if not scheduler.load(program, self._fit, chance.among(_MASKS)):
            return False
        force, press, pace = chance.among(FORCE_PERMILLE), chance.among(_PRESSES_MN), chance.among(PACE_PERMILLE)
        scheduler.set_levels(force, press, pace)
        commands = (scheduler.pause, scheduler.resume, scheduler.next_technique, scheduler.finish, scheduler.stop)
        orders = {}
        for _ in range(chance.below(_COMMANDS_MAX)):
            tick = chance.below(FOLDED_TICKS)
            orders[tick] = chance.among(commands)
        scheduler.start(chance.below(2) == 0)
        self._play_ticks(number, scheduler, orders)
        return True

    def _play_ticks(self, number, scheduler, orders):
        setpoints = scheduler.setpoints
        for tick in range(self._ticks):
            _lock()
            if tick in orders:
                orders[tick]()
            scheduler.tick()
            _unlock()
            self.ticks += 1
            if tick < FOLDED_TICKS:
                self.crc = crc32(setpoints, self.crc)
            if self._watch:
                self._watch(number, setpoints)
            if scheduler.state == IDLE:
                _require_home(setpoints)
                return


def _finding(text, *values):
    """Return the findings; it allocates, so the heap must be unlocked."""
    return ValueError(text % values)


def _require_home(setpoints):
    for index in range(len(setpoints)):
        if setpoints[index] != HOME[index % AXES_PER_FOOT]:
            raise _finding("axis %d does not come home", index)


def _refused(how, error):
    if not str(error):
        raise ValueError("the error has no message")
    return how
