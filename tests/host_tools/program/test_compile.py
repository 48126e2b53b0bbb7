"""A program compiled is what the firmware reads, byte for byte."""

import struct

from host_tools.program.compile import compile_program, program_bytes
from host_tools.program.model import Phase
from host_tools.program.model import Program as ModelProgram
from instep.axes import (
    TOP_STROKE,
)
from instep.stroke.program import (
    CRC_BYTES,
    END_STEP,
    END_STROKE,
    HEADER_BYTES,
    LANE_BYTES,
    LANE_FORMAT,
    PHASE_BYTES,
    SMOOTH,
    TOP,
    Program,
)

OUT_BACK: dict[str, int | tuple[int, ...]] = {
    "force_out_n": 2500,
    "force_back_n": 800,
    "speed_out_mm_s": 300,
    "speed_back_mm_s": 350,
}


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
