import struct
from binascii import crc32

import pytest
from hypothesis import given

from host_tools.program.load import load_program, shipped
from instep.axes import SOLE_PRESS, TOE_GRIP, TOE_REACH, TOE_SELECT, TOE_TURN, TOP_PRESS, TOP_STROKE
from instep.stroke.program import (
    AXIS_WAIT,
    CRC_BYTES,
    END_STEP,
    END_STROKE,
    HEADER_BYTES,
    LANE_BYTES,
    PHASE_BYTES,
    REACH_CLEAR,
    Program,
    ProgramError,
)
from instep.stroke.verify import verify
from tests.firmware.playing import Play, compiled
from tests.strategies import programs

PULL = '[[phase]]\ntechnique = "pull"\nfeet = "left"\ntoes = [1, 2]\n'


def resealed(data: bytes) -> bytes:
    """Return `data` with a CRC-32 that fits it."""
    return data[:-CRC_BYTES] + struct.pack("<I", crc32(data[:-CRC_BYTES]))


def with_bytes(program: Program, at: int, new: bytes) -> Program:
    return Program(resealed(program.data[:at] + new + program.data[at + len(new) :]))


def lane_of(program: Program, axis: int, number: int = 0) -> int:
    """Return the byte offset of a lane of `axis`."""
    offsets = [program.lane_offset(lane) for lane in range(program.lane_count)]
    return [at for at in offsets if program.data[at] == axis][number]


def phase_at(phase: int) -> int:
    return HEADER_BYTES + phase * PHASE_BYTES


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_program_is_proved(name):
    verify(Program(load_program(name).data))


@given(programs())
def test_whatever_the_compiler_writes_is_proved(drawn):
    verify(Program(drawn[1]))


@pytest.mark.parametrize(
    ("axis", "lane", "message"),
    [
        (TOP_PRESS, (TOP_PRESS, END_STEP, 3501, 0), "target 3501, allowed 0 to 3500"),
        (TOP_STROKE, (TOP_STROKE, END_STEP, 1001, 300), "target 1001, allowed 0 to 1000"),
        (TOP_STROKE, (TOP_STROKE, END_STEP, 1000, 1001), "rate 1001, allowed 0 to 1000"),
        (TOP_PRESS, (TOP_PRESS, END_STEP, 800, 1), "rate 1, allowed 0 to 0"),
        (TOP_PRESS, (10, END_STEP, 800, 0), "unknown axis 10"),
        (TOP_PRESS, (AXIS_WAIT, END_STEP, 0, 0), "target 0, allowed 1 to 6000"),
        (TOP_PRESS, (TOP_PRESS, END_STEP | 4, 800, 0), "unknown or misplaced flags"),
        (TOP_PRESS, (TOP_PRESS, END_STROKE, 800, 0), "unknown or misplaced flags"),
    ],
)
def test_a_lane_outside_its_range_is_refused(axis, lane, message):
    program = compiled('[[phase]]\ntechnique = "top"\n')
    with pytest.raises(ProgramError, match=message):
        verify(with_bytes(program, lane_of(program, axis), struct.pack("<BBhH", *lane)))


TAPERED = '[[phase]]\ntechnique = "sole"\nfeet = "left"\nforce_tips_percent = 30\n'
AT_TAPERS = 14


def test_a_taper_that_leaves_too_little_force_is_refused():
    program = compiled(TAPERED)
    verify(with_bytes(program, phase_at(0) + AT_TAPERS, bytes((90, 90))))
    for tapers in ((91, 0), (0, 91), (255, 255)):
        with pytest.raises(ProgramError, match="taper over 90 %"):
            verify(with_bytes(program, phase_at(0) + AT_TAPERS, bytes(tapers)))


@pytest.mark.parametrize(
    "phases", [PULL, '[[phase]]\ntechnique = "path"\nwaypoints = [{ sole = 500 }, { sole = 0 }]\n']
)
def test_a_taper_of_another_technique_is_refused(phases):
    with pytest.raises(ProgramError, match="taper without a roller"):
        verify(with_bytes(compiled(phases), phase_at(0) + AT_TAPERS, bytes((70, 0))))


def test_a_tapered_roller_that_moves_before_its_force_is_set_is_refused():
    program = compiled(TAPERED)
    # The stroke's first lane sets the force; without it the roller would press with the force of the stroke before.
    first = lane_of(program, SOLE_PRESS)
    with pytest.raises(ProgramError, match="tapered roller moves before its force is set"):
        verify(with_bytes(program, first, bytes((AXIS_WAIT,))))


def test_a_tapered_roller_that_moves_together_with_its_force_is_refused():
    program = compiled(TAPERED)
    first = lane_of(program, SOLE_PRESS)
    with pytest.raises(ProgramError, match="tapered force set while its roller moves"):
        verify(with_bytes(program, first + 1, bytes((0,))))


def test_a_stroke_that_ends_with_a_toe_in_the_grip_is_refused():
    program = compiled(PULL.replace("[1, 2]", "[1]"))
    grip_opens = lane_of(program, TOE_GRIP, 1)
    with pytest.raises(ProgramError, match="toe axes are not clear at a stroke's end"):
        verify(with_bytes(program, grip_opens + 2, struct.pack("<h", 100)))


@pytest.mark.parametrize(("axis", "target"), [(TOE_REACH, 500), (TOE_GRIP, 100)])
def test_a_selector_that_moves_together_with_another_toe_axis_is_refused(axis, target):
    program = compiled(PULL)
    select = lane_of(program, TOE_SELECT, 1)
    following = struct.pack("<BBhH", axis, END_STEP, target, 0)
    data = program.data
    changed = data[: select + 1] + b"\0" + data[select + 2 : select + LANE_BYTES] + following + data[select + 12 :]
    with pytest.raises(ProgramError, match="toe_select moves while"):
        verify(Program(resealed(changed)))


def test_an_axis_that_is_not_brought_home_is_refused():
    program = compiled('[[phase]]\ntechnique = "top"\n')
    last_hold = lane_of(program, 8, 1)
    with pytest.raises(ProgramError, match="hold_arch is not home at its end"):
        verify(with_bytes(program, last_hold + 2, struct.pack("<h", 100)))


@pytest.mark.parametrize(
    ("at", "new", "message"),
    [
        (25, b"\x0b", "program lasts 11 minutes"),
        (26, b"\x04", "heat level is 4"),
        (phase_at(0), b"\x07", "unknown technique"),
        (phase_at(0) + 1, b"\x05", "unknown feet"),
        (phase_at(0) + 2, b"\x00", "repeats outside"),
        (phase_at(0) + 3, b"\x01", "needs at least one phase"),
        (phase_at(1) + 3, b"\x00", "needs at least one phase"),
        (phase_at(0) + 4, b"\x01\x00", "lanes do not follow on"),
        (phase_at(0) + 8, b"\x00\x00", "lanes out of order"),
        (phase_at(1) + 10, b"\xff\xff", "lanes out of order"),
        (phase_at(0) + 12, b"\x09\x00", "wrong number of strokes"),
    ],
)
def test_a_damaged_header_or_phase_is_refused(at, new, message):
    program = compiled('[[phase]]\ntechnique = "top"\n')
    with pytest.raises(ProgramError, match=message):
        verify(with_bytes(program, at, new))


def test_an_axis_twice_in_a_step_is_refused():
    program = compiled('[[phase]]\ntechnique = "top"\n')
    with pytest.raises(ProgramError, match="an axis stands twice"):
        verify(with_bytes(program, lane_of(program, 9), b"\x08"))


def test_the_toes_must_be_clear_between_enter_and_strokes():
    program = compiled('[[phase]]\ntechnique = "pull"\n')
    hold = lane_of(program, 8)
    with pytest.raises(ProgramError, match="toe axes are not clear before its strokes"):
        verify(with_bytes(program, hold, struct.pack("<BBhH", TOE_GRIP, END_STEP, 100, 0)))
    assert program.data[lane_of(program, TOE_REACH, -1) + 2] == REACH_CLEAR & 0xFF


@pytest.mark.parametrize("toes", ["[2, 1]", "[1, 3, 2]", "[1]", "[5, 4, 3, 2, 1]"])
def test_a_phase_that_is_cut_after_any_toe_brings_the_selector_home(toes):
    program = compiled(PULL.replace("[1, 2]", toes))
    for tick in range(0, 1_500, 250):
        play = Play(program)
        play.run(tick)
        play.scheduler.next_technique()
        play.run_out()
        assert play.setpoints[TOE_SELECT] == 0


def test_an_axis_that_only_the_last_stroke_brings_home_is_refused():
    """A cut after an earlier one would leave it where it is."""
    program = compiled(PULL)
    select = lane_of(program, TOE_SELECT, 2)
    assert select == program.lane_offset(program.leave_lane(0))
    rest = struct.pack("<BBhH", AXIS_WAIT, END_STEP, 1, 0)
    second = lane_of(program, TOE_SELECT, 1)
    swapped = with_bytes(with_bytes(program, second + 2, b"\0\0"), lane_of(program, TOE_SELECT) + 2, b"\2\0")
    verify(swapped)
    with pytest.raises(ProgramError, match="toe_select is not brought home after every stroke"):
        verify(with_bytes(swapped, select, rest))


def test_a_selector_that_seems_to_stay_is_refused_while_the_grip_is_closed():
    """In a repeat it would move: there it starts from where the stroke before has ended."""
    program = compiled(PULL)
    select = lane_of(program, TOE_SELECT)
    again = struct.pack("<BBhH", TOE_SELECT, END_STEP, 0, 0)
    turn = lane_of(program, TOE_TURN)
    assert program.data[select + 2] == 0
    with pytest.raises(ProgramError, match="toe_select moves while toe_reach is not clear"):
        verify(with_bytes(program, turn, again))
