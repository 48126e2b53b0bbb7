"""The page of choices, row by row: a mark before the chosen row, names in one column, values in another."""

import pytest

from instep import user_events
from instep.levels import BALANCE_MAX, PACE_MAX
from instep.panel import page_rows
from instep.panel.figures import Figures
from instep.panel.text import Row
from instep.people import WHO
from instep.session import choose_page
from tests.firmware.sessions import Bench


class Rig:
    def __init__(self, state="idle", program="classic"):
        self.bench = Bench(program).go_to(state)
        self.bench.press(user_events.HEAT_HELD)
        self.status = self.bench.session.status
        self.choices = self.status.selection.choices
        self.row = Row()
        self.figures = Figures(self.row, self.status, self.bench.guard, self.bench.drives)

    def rows(self):
        """Return the rows of the page as (mark, name, value)."""
        found = []
        for at in range(len(choose_page.rows_in(self.status.state))):
            self.row.clear()
            page_rows.compose(self.row, self.figures, self.status, at)
            text = self.row.text.decode()
            found.append((text[0], text[1:12].rstrip(), text[12:].rstrip()))
        return found

    def value(self, name):
        return {row: value for _, row, value in self.rows()}[name]


@pytest.fixture
def rig():
    return Rig()


def test_the_start_page_offers_everything_that_can_be_chosen(rig):
    names = [name for _, name, _ in rig.rows()]
    assert names == ["who", "time", "pace", "feet", "left/right", "sound", "clean"]


@pytest.mark.parametrize("state", ["idle", "warm", "run"])
def test_every_row_has_a_name_and_a_value_that_fits(state):
    for _, name, value in Rig(state).rows():
        assert name and value


def test_a_program_that_is_given_once_says_so_in_the_room_there_is():
    assert Rig(program="demo").value("time") == "once"


def test_the_mark_stands_before_the_row_that_program_has_come_to(rig):
    for at in range(len(rig.rows())):
        marks = "".join(mark for mark, _, _ in rig.rows())
        assert marks == " " * at + ">" + " " * (len(marks) - at - 1)
        rig.bench.press(user_events.PROGRAM)


def test_values_are_those_chosen(rig):
    rig.status.selection.people.put(WHO, 2)
    rig.choices.pace, rig.choices.balance, rig.choices.minutes = PACE_MAX, BALANCE_MAX, 30
    assert [rig.value(name) for name in ("who", "time", "pace", "left/right")] == [
        "person C",
        "30 min",
        "3 fast",
        "left -2",
    ]


def test_cleaning_is_offered_with_empty_wells_only(rig):
    for well in rig.bench.hal.foot_switches:
        well.is_on = True
    rig.bench.ticks(100)
    assert rig.value("clean") == "feet out"
    for well in rig.bench.hal.foot_switches:
        well.is_on = False
    rig.bench.ticks(100)
    assert rig.value("clean") == "+ begins"


def test_a_technique_comes_again_where_that_is_asked_for():
    rig = Rig("run")
    assert rig.value("again") == "no"
    rig.bench.scheduler.is_again = True
    assert rig.value("again") == "yes"


def test_there_is_no_row_beyond_the_last(rig):
    rig.row.clear()
    page_rows.compose(rig.row, rig.figures, rig.status, 7)
    assert rig.row.text.decode().strip() == ""
