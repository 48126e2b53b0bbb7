"""What a program plans for each foot is what the board's scheduler plays."""

from dataclasses import replace

import numpy as np
import pytest

from host_tools.program.compile import compile_program
from host_tools.program.load import load_program, shipped
from host_tools.program.plan import planned_figures, planned_rows
from host_tools.program.timing import FOOT_USUAL_UM
from instep.axes import AXES, TICKS_PER_S
from instep.stroke.program import Program
from instep.stroke.scheduler import IDLE
from tests.firmware.playing import Play, compiled


def once(name: str) -> Program:
    """Return a shipped program that is given once."""
    return Program(compile_program(replace(load_program(name).program, minutes=0)))


@pytest.mark.parametrize("name", shipped())
def test_a_cycle_is_planned_set_point_by_set_point(name):
    program = once(name)
    play = Play(program, FOOT_USUAL_UM, FOOT_USUAL_UM)
    played = []
    while play.scheduler.state != IDLE:
        play.scheduler.tick()
        played.append(play.scheduler.setpoints.tobytes())
    assert np.array_equal(planned_rows(program), np.frombuffer(b"".join(played), np.int32).reshape(-1, AXES))


@pytest.mark.parametrize("name", ["classic", "gentle"])
def test_a_session_is_planned_for_its_minutes_and_ends_with_the_closing(name):
    program = Program(load_program(name).data)
    rows = planned_rows(program)
    assert len(rows) == program.minutes * 60 * TICKS_PER_S
    closing = planned_rows(once(name))[-500:]
    assert np.array_equal(rows[-500:], closing)


def test_each_foot_has_its_own_figures():
    left, right = planned_figures(compiled('[[phase]]\ntechnique = "top"\nfeet = "left"\nrepeats = 4\n'))
    assert left.firm_minutes > 0.4
    assert right.firm_minutes == 0
    assert left.touched > 0.9 > right.touched > 0.3
    assert left.top_evenness is not None and right.top_evenness is not None
    assert left.top_evenness > 5
