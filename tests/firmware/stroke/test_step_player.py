"""Steps on one foot: they end where the foot's own length says, in the time of the longer foot, and begin again."""

from array import array

import pytest

from instep.axes import AXES_PER_FOOT, HIGH, HOME, TOP_PRESS, TOP_STROKE
from instep.stroke.step_player import StepPlayer
from instep.stroke.trajectory import Trajectory
from tests.firmware.playing import TOP_BOTH, compiled

SHORT_UM, LONG_UM = 210_000, 320_000
PROGRAM = compiled(TOP_BOTH)


class Rig:
    """The step player of a foot at the strokes of a program."""

    def __init__(self, length_um=LONG_UM, longer_um=LONG_UM, base=0, program=PROGRAM):
        self.setpoints = array("i", HOME * 2)
        self.base = base
        self.move = Trajectory(self.setpoints, base)
        self.player = StepPlayer(self.move, self.setpoints, base)
        self.player.levels.set(1000, 35_000, 1000)
        self.player.load(program, length_um, longer_um)
        self.player.begin_phase(program.tapers(0))
        self.section(program.enter_lane(0), program.stroke_lane(0))
        self.at, self.end_at = program.stroke_lane(0), program.leave_lane(0)

    def section(self, lane, end_lane):
        """Play a section of lanes; return the ticks of its steps."""
        ticks = []
        is_begun = self.player.begin(PROGRAM.lane_offset(lane), PROGRAM.lane_offset(end_lane))
        while is_begun:
            ticks.append(self.play_step())
            is_begun = self.player.begin_next()
        return ticks

    def play_step(self):
        count = 0
        while not self.move.is_over:
            self.move.advance()
            self.player.follow()
            count += 1
        return count

    def foot(self):
        return list(self.setpoints[self.base : self.base + AXES_PER_FOOT])


def test_an_empty_section_has_no_step():
    rig = Rig()
    before = list(rig.setpoints)
    assert rig.section(rig.at, rig.at) == []
    assert list(rig.setpoints) == before


def test_a_shorter_foot_takes_the_time_of_the_longer_one_on_a_shorter_way():
    long, short = Rig(), Rig(SHORT_UM, LONG_UM)
    assert short.section(short.at, short.end_at) == long.section(long.at, long.end_at)
    alone = Rig(SHORT_UM, SHORT_UM)
    assert sum(alone.section(alone.at, alone.end_at)) < sum(Rig().section(long.at, long.end_at))


@pytest.mark.parametrize("base", [0, AXES_PER_FOOT])
def test_only_the_own_foot_moves(base):
    rig = Rig(base=base)
    furthest = 0
    is_begun = rig.player.begin(PROGRAM.lane_offset(rig.at), PROGRAM.lane_offset(rig.end_at))
    while is_begun:
        rig.play_step()
        furthest = max(furthest, rig.foot()[TOP_STROKE])
        is_begun = rig.player.begin_next()
    other = AXES_PER_FOOT - base
    assert furthest > LONG_UM // 2
    assert list(rig.setpoints[other : other + AXES_PER_FOOT]) == list(HOME)


def test_a_stroke_is_over_with_its_last_step_and_takes_the_time_that_was_told():
    rig = Rig()
    rig.player.save_stroke(PROGRAM.lane_offset(rig.at))
    expected = rig.player.stroke_ticks()
    rig.player.begin(PROGRAM.lane_offset(rig.at), PROGRAM.lane_offset(rig.end_at))
    ticks = rig.play_step()
    while not rig.player.is_stroke_over():
        assert rig.player.begin_next()
        ticks += rig.play_step()
    assert ticks == expected


def test_a_stroke_that_was_cut_begins_again_where_it_was_saved():
    rig = Rig()
    rig.player.save_stroke(PROGRAM.lane_offset(rig.at))
    saved = rig.foot()
    first = rig.section(rig.at, rig.end_at)
    rig.setpoints[rig.base : rig.base + AXES_PER_FOOT] = array("i", saved)
    assert list(rig.player.saved) == saved
    rig.player.restore_stroke()
    again = []
    while rig.player.begin_next():
        again.append(rig.play_step())
    assert again == first


def test_forces_stay_within_the_level_s_greatest_press():
    rig = Rig()
    rig.player.levels.set(1000, 3_000, 1000)
    is_begun = rig.player.begin(PROGRAM.lane_offset(rig.at), PROGRAM.lane_offset(rig.end_at))
    while is_begun:
        rig.play_step()
        assert 0 <= rig.foot()[TOP_PRESS] <= 3_000 < HIGH[TOP_PRESS]
        is_begun = rig.player.begin_next()
