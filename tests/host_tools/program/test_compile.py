"""What a phase becomes, byte for byte, and the way back."""

import struct
from binascii import crc32

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from host_tools.errors import InstepError
from host_tools.program.check import check_text
from host_tools.program.compile import compile_program, program_bytes
from host_tools.program.decompile import decompile
from host_tools.program.expand import expand
from host_tools.program.load import load_program, read_compiled, shipped
from host_tools.program.model import Expansion, Lane, Phase, Settings, Waypoint
from host_tools.program.model import Program as ModelProgram
from instep.axes import (
    HOLD_ARCH,
    HOLD_HEEL,
    SOLE_PRESS,
    SOLE_STROKE,
    TOE_GRIP,
    TOE_REACH,
    TOE_SELECT,
    TOE_TURN,
    TOP_PRESS,
    TOP_STROKE,
)
from instep.stroke.program import (
    AXIS_WAIT,
    CRC_BYTES,
    END_STEP,
    END_STROKE,
    HEADER_BYTES,
    LANE_BYTES,
    LANE_FORMAT,
    PHASE_BYTES,
    REACH_CLEAR,
    SMOOTH,
    TOP,
    Program,
)
from tests.strategies import programs

OUT_BACK: dict[str, int | tuple[int, ...]] = {
    "force_out_n": 2500,
    "force_back_n": 800,
    "speed_out_mm_s": 300,
    "speed_back_mm_s": 350,
}
PULL: Settings = {"toes": (2,), "hold_n": 1000, "grip_n": 350, "turn_deg": 80, "draw_mm_s": 100, "slide_mm_s": 200}


def steps_of(technique: str, settings: Settings, waypoints: tuple[Waypoint, ...] = ()) -> Expansion:
    return expand(Phase(technique, "each", 1, settings, waypoints))


def test_top_holds_the_foot_then_strokes_firm_out_and_light_back():
    done = steps_of("top", OUT_BACK | {"hold_n": 1000})
    assert done.enter == ((Lane(HOLD_ARCH, 1000), Lane(HOLD_HEEL, 1000)),)
    assert done.strokes == (
        (
            (Lane(TOP_PRESS, 2500),),
            (Lane(TOP_STROKE, 1000, 300),),
            (Lane(TOP_PRESS, 800),),
            (Lane(TOP_STROKE, 0, 350),),
        ),
    )
    assert done.leave == ((Lane(TOP_PRESS, 0),), (Lane(HOLD_ARCH, 0), Lane(HOLD_HEEL, 0)))


def test_sole_strokes_without_holds():
    done = steps_of("sole", OUT_BACK)
    assert done.enter == ()
    assert done.strokes[0][1] == (Lane(SOLE_STROKE, 1000, 300),)
    assert done.leave == ((Lane(SOLE_PRESS, 0),),)


def test_smooth_moves_both_rollers_together():
    done = steps_of("smooth", OUT_BACK)
    assert done.strokes[0][0] == (Lane(TOP_PRESS, 2500), Lane(SOLE_PRESS, 2500))
    assert done.strokes[0][3] == (Lane(TOP_STROKE, 0, 350), Lane(SOLE_STROKE, 0, 350))
    assert done.leave == ((Lane(TOP_PRESS, 0), Lane(SOLE_PRESS, 0)),)


def test_pull_grips_turns_draws_releases_and_slides_back():
    done = steps_of("pull", PULL)
    assert done.enter == ((Lane(HOLD_ARCH, 1000),),)
    assert [step[0] for step in done.strokes[0]] == [
        Lane(TOE_SELECT, 2),
        Lane(TOE_REACH, 0, 200),
        Lane(TOE_GRIP, 350),
        Lane(TOE_TURN, 80),
        Lane(TOE_TURN, -80),
        Lane(TOE_TURN, 0),
        Lane(TOE_REACH, 1000, 100),
        Lane(TOE_GRIP, 0),
        Lane(TOE_REACH, 0, 200),
        Lane(TOE_REACH, REACH_CLEAR, 200),
    ]
    assert done.leave == ((Lane(TOE_SELECT, 0),), (Lane(HOLD_ARCH, 0),))


@pytest.mark.parametrize("slides", [2, 3])
def test_slide_goes_from_the_tip_to_the_base_and_back_in_every_gap(slides):
    done = steps_of("slide", {"gaps": (1, 4), "slides": slides, "hold_n": 500, "slide_mm_s": 200})
    assert done.enter == ((Lane(HOLD_HEEL, 500),),)
    assert len(done.strokes) == 2
    assert [step[0].target for step in done.strokes[1]] == [7, 1000, *[0, 1000] * slides, REACH_CLEAR]
    assert done.leave == ((Lane(TOE_SELECT, 0),), (Lane(HOLD_HEEL, 0),))


def test_rest_waits():
    assert steps_of("rest", {"seconds": 150}) == Expansion((), (((Lane(AXIS_WAIT, 150),),),), ())


def test_a_path_is_a_step_per_waypoint_and_is_brought_home_rollers_first():
    done = steps_of(
        "path",
        {},
        (
            {"sole_n": 500, "heel_n": 300},
            {"top": 300, "sole": 400, "top_n": 100, "speed_mm_s": 250},
            {"gap": 2},
            {"wait_s": 50},
        ),
    )
    assert done.strokes == (
        (
            (Lane(SOLE_PRESS, 500), Lane(HOLD_HEEL, 300)),
            (Lane(TOP_STROKE, 300, 250), Lane(SOLE_STROKE, 400, 250), Lane(TOP_PRESS, 100)),
            (Lane(TOE_SELECT, 3),),
            (Lane(AXIS_WAIT, 50),),
        ),
    )
    assert done.leave == (
        (Lane(TOP_PRESS, 0), Lane(SOLE_PRESS, 0)),
        (Lane(TOP_STROKE, 0), Lane(SOLE_STROKE, 0)),
        (Lane(TOE_SELECT, 0),),
        (Lane(HOLD_HEEL, 0),),
    )


def test_the_compiled_form_is_what_the_firmware_reads():
    top = Phase("top", "each", 3, OUT_BACK | {"hold_n": 1000})
    smooth = Phase("smooth", "both", 2, OUT_BACK, is_closing=True)
    phases = (top, smooth)
    data = compile_program(ModelProgram("mine", "Mine", "", 20, "high", phases))
    program = Program(data)
    assert (program.name, program.minutes, program.heat) == ("mine", 20, 3)
    assert [program.technique(phase) for phase in range(2)] == [TOP, SMOOTH]
    assert [program.repeats(phase) for phase in range(2)] == [3, 2]
    assert [program.is_closing(phase) for phase in range(2)] == [False, True]
    assert [program.stroke_count(phase) for phase in range(2)] == [1, 1]
    assert [program.enter_lane(phase) for phase in range(2)] == [0, 9]
    assert [program.stroke_lane(phase) for phase in range(2)] == [2, 9]
    assert [program.leave_lane(phase) for phase in range(2)] == [6, 17]
    assert [program.end_lane(phase) for phase in range(2)] == [9, 19]
    at = program.lane_offset(5)
    assert struct.unpack_from(LANE_FORMAT, data, at) == (TOP_STROKE, END_STEP | END_STROKE, 0, 350)
    assert len(data) == HEADER_BYTES + 2 * PHASE_BYTES + 19 * LANE_BYTES + CRC_BYTES == program_bytes(phases)


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
