"""The bytes of a compiled program: sections, strokes, steps and lanes cover it without a gap."""

import pytest

from host_tools.program.load import load_program, shipped
from host_tools.program.steps import after_step, lanes, phase_bytes, steps, strokes
from instep.stroke.program import LANE_BYTES, Program
from tests.firmware.playing import TOP_BOTH, compiled


@pytest.mark.parametrize("name", shipped())
def test_the_strokes_and_steps_of_a_phase_follow_on_from_each_other(name):
    program = Program(load_program(name).data)
    for phase in range(program.phase_count):
        start, first, leave, end = phase_bytes(program, phase)
        assert start <= first <= leave <= end
        found = list(strokes(program.data, first, leave))
        assert len(found) == program.stroke_count(phase)
        assert [begin for begin, _ in found] == [first, *[after for _, after in found[:-1]]]
        assert found[-1][1] == leave
        offsets = list(steps(program.data, start, end))
        assert [after_step(program.data, at) for at in offsets] == [*offsets[1:], end]


@pytest.mark.parametrize("name", shipped())
def test_every_lane_of_a_program_is_in_one_step(name):
    program = Program(load_program(name).data)
    count = 0
    for phase in range(program.phase_count):
        start, _, _, end = phase_bytes(program, phase)
        count += sum(len(list(lanes(program.data, at))) for at in steps(program.data, start, end))
    assert count == program.lane_count


def test_a_lane_is_axis_target_and_rate():
    program = compiled(TOP_BOTH + "force_out_n = 12\nspeed_out_mm_s = 40\n")
    _, first, _, _ = phase_bytes(program, 0)
    press, roll = (list(lanes(program.data, at)) for at in list(steps(program.data, first, first + 2 * LANE_BYTES)))
    assert [target for _, target, _ in press] == [1_200]
    assert [(target, rate) for _, target, rate in roll] == [(1_000, 400)]


def test_an_empty_section_has_no_steps():
    program = compiled(TOP_BOTH)
    assert list(steps(program.data, 60, 60)) == []
