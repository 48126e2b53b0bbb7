"""The pictures of both feet beside the text: where rollers and toe tools are, and nothing sent twice."""

import pytest

from instep.axes import AXES_PER_FOOT, HOME, TOE_REACH, TOE_SELECT, TOP_PRESS
from instep.panel.feet import FIRST_ROW, LAST_ROW, FeetPicture
from instep.panel.footprint import WIDTH
from tests.fakes import FakeDisplay, stand_in

LENGTH_UM = 260_000
GAP = 3


class Rig:
    def __init__(self):
        self.display = FakeDisplay()
        self.setpoints = list(HOME * 2)
        self.rollers = [stand_in(position_um=0) for _ in range(4)]
        fitting = stand_in(fit=stand_in(length_um=[LENGTH_UM] * 2))
        status = stand_in(scheduler=stand_in(setpoints=self.setpoints), fitting=fitting)
        self.feet = FeetPicture(self.display, status, stand_in(rollers=self.rollers))

    def look(self):
        """Show all rows; return the points of the left and the right foot, bit by bit."""
        for row in range(FIRST_ROW, LAST_ROW + 1):
            self.feet.show(row)
        pictures = [self.display.pictures[row] for row in range(FIRST_ROW, LAST_ROW + 1)]
        assert all(len(picture) == 1 for picture in pictures)
        columns = [next(iter(picture.values())) for picture in pictures]
        assert all(not any(row[WIDTH : WIDTH + GAP]) for row in columns)
        return b"".join(row[:WIDTH] for row in columns), b"".join(row[WIDTH + GAP :] for row in columns)


@pytest.fixture
def rig():
    return Rig()


def test_both_feet_stand_side_by_side_as_mirror_images(rig):
    left, right = rig.look()
    rows = [(left[at : at + WIDTH], right[at : at + WIDTH]) for at in range(0, len(left), WIDTH)]
    assert all(one == other[::-1] for one, other in rows) and any(left)


def test_a_picture_that_is_shown_is_not_sent_again_until_its_row_was_overwritten(rig):
    rig.look()
    assert rig.display.written == 4
    rig.look()
    assert rig.display.written == 4
    rig.feet.forget(FIRST_ROW + 1)
    rig.look()
    assert rig.display.written == 5


@pytest.mark.parametrize("roller", range(4))
def test_a_roller_is_drawn_on_its_foot_while_it_presses_and_where_it_is(rig, roller):
    foot, side = divmod(roller, 2)
    plain = rig.look()
    rig.setpoints[foot * AXES_PER_FOOT + TOP_PRESS + side] = 1
    pressing = rig.look()
    assert pressing[foot] != plain[foot] and pressing[1 - foot] == plain[1 - foot]
    rig.rollers[roller].position_um = LENGTH_UM // 2
    assert rig.look()[foot] not in (pressing[foot], plain[foot])


def test_a_lifted_roller_is_not_drawn(rig):
    plain = rig.look()
    for roller in rig.rollers:
        roller.position_um = LENGTH_UM // 2
    assert rig.look() == plain


@pytest.mark.parametrize("foot", range(2))
def test_the_toe_at_hand_is_marked_once_the_tool_is_out_of_its_housing(rig, foot):
    plain = rig.look()
    rig.setpoints[foot * AXES_PER_FOOT + TOE_SELECT] = 4_000
    assert rig.look() == plain
    rig.setpoints[foot * AXES_PER_FOOT + TOE_REACH] = 0
    marked = rig.look()
    assert marked[foot] != plain[foot] and marked[1 - foot] == plain[1 - foot]
