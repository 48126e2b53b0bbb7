"""The ending computed step by step lasts as long as the one computed at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.axes import HOME
from instep.levels import PACE_PERMILLE
from instep.session.choices import Choices
from instep.session.session_clock import SessionClock
from instep.stroke.ending_duration import EndingDuration
from instep.stroke.foot_scaling import FOOT_MAX_UM, FOOT_MIN_UM, FootLengths
from instep.stroke.program import FEET_ALTERNATE, FEET_EACH, Program
from instep.stroke.step_timing import StepTimer
from tests.firmware.sessions import image
from tests.strategies import programs

FORCE_PERMILLE = 1300
PRESS_MAX_MN = 35_000


class AtOnce:
    """The same figure, all at once, as one would write it down."""

    def __init__(self, program, length_um, pace_permille):
        self.program = program
        self.timer = StepTimer()
        self.timer.data = program.data
        self.timer.length_um = length_um
        self.timer.levels.set(FORCE_PERMILLE, PRESS_MAX_MN, pace_permille)
        self.longest = 0

    def section(self, first, end):
        self.timer.at, ticks, stroke = self.program.lane_offset(first), 0, 0
        while self.timer.at < self.program.lane_offset(end):
            step = self.timer.step()
            ticks, stroke = ticks + step, stroke + step
            if self.timer.is_stroke_end:
                self.longest, stroke = max(self.longest, stroke), 0
        return ticks

    def ending(self):
        """Return the ending, that from a first foot's turn on, and the most of a second foot's."""
        program, longest, second, closing = self.program, 0, 0, 0
        for phase in range(program.phase_count):
            self.timer.set_pose(HOME)
            self.timer.begin_phase(program.tapers(phase))
            self.longest = 0
            enter, strokes, leave, end = (
                lane(phase) for lane in (program.enter_lane, program.stroke_lane, program.leave_lane, program.end_lane)
            )
            turn = self.section(enter, strokes)
            turn += sum(self.section(strokes, leave) for _ in range(program.repeats(phase)))
            last = self.section(leave, end)
            turn += last
            longest_stroke = self.longest
            if not program.is_closing(phase):
                leave_ticks = self.section(leave, end)
                longest = max(longest, longest_stroke + 2 * leave_ticks)
                if program.feet(phase) == FEET_EACH:
                    second = max(second, longest_stroke + max(last, leave_ticks))
            elif program.feet(phase) == FEET_EACH:
                closing += 2 * turn
            else:
                closing += turn + (longest_stroke // 2 if program.feet(phase) == FEET_ALTERNATE else 0)
        return longest + closing, max(longest, 2 * second) + closing, second


def stepwise(program, length_um, pace_permille):
    timing = EndingDuration()
    timing.timer.length_um = length_um
    timing.levels.set(FORCE_PERMILLE, PRESS_MAX_MN, pace_permille)
    timing.begin(program)
    while timing.go_on():
        pass
    return timing.ticks, timing.first_ticks, timing.second_ticks


@given(programs(), st.integers(FOOT_MIN_UM, FOOT_MAX_UM), st.sampled_from(PACE_PERMILLE))
def test_any_program_ends_as_late_as_computed_at_once(drawn, length_um, pace_permille):
    program = Program(drawn[1])
    assert stepwise(program, length_um, pace_permille) == AtOnce(program, length_um, pace_permille).ending()


@pytest.mark.parametrize("name", ["classic", "demo", "duo", "evening", "gentle", "quick", "toes"])
def test_the_shipped_programs_are_computed_within_two_seconds_of_ticks(name):
    plan = SessionClock(Choices())
    plan.load(Program(image(name)), FootLengths(FOOT_MAX_UM, FOOT_MAX_UM))
    ticks = 1
    while not plan.compute():
        ticks += 1
    assert 10 < ticks < 200
