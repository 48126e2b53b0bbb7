"""The rows that are composed from numbers: levels, time, heat, strokes, to the character."""

import pytest

from instep.levels import FEET_NAMES
from instep.panel.figures import Figures
from instep.panel.text import Row
from instep.session import states
from tests.firmware.sessions import Bench

LENGTH, LEVELS, HEAT = 4, 5, 6


class Rig:
    """The rows of a session in `state`."""

    def __init__(self, state="idle", program="classic", **options):
        self.bench = Bench(program).go_to(state, **options)
        self.status = self.bench.session.status
        self.choices = self.status.selection.choices
        self.row = Row()
        self.figures = Figures(self.row, self.status, self.bench.guard, self.bench.drives)

    def compose(self, at):
        """Return row `at` of the screen of the session's state."""
        return self.text(lambda: self.figures.compose(at, self.bench.session.state))

    def text(self, put):
        self.row.clear()
        put()
        return self.row.text.decode().rstrip()


@pytest.mark.parametrize(
    ("balance", "text"), [(0, "intensity 3  pace 1"), (2, "int 3 left -2 pace 1"), (-1, "int 3 right -1 pace 1")]
)
def test_levels_make_room_for_a_balance(balance, text):
    rig = Rig()
    rig.choices.intensity, rig.choices.pace, rig.choices.balance = 3, 1, balance
    assert rig.text(rig.figures.put_levels) == text


def test_the_start_page_shows_program_length_levels_and_what_heat_does():
    rig = Rig(program="evening")
    rows = [rig.compose(at) for at in range(1, 7)]
    assert rows[0] == "evening"
    assert rows[1] == "20 min  both feet"
    assert rows[2:4] == ["intensity 3", "pace 2  sound all"]
    assert rows[4:] == ["heat medium  37.0 C", "HEAT held: more"]


def test_after_ten_hours_the_start_page_suggests_cleaning(monkeypatch):
    rig = Rig()
    monkeypatch.setattr(rig.status, "suggests_cleaning", lambda: True)
    assert rig.compose(HEAT) == "To clean: HEAT held"


def test_a_program_that_is_given_once_has_no_minutes():
    rig = Rig(program="demo")
    assert rig.text(rig.figures.put_length) == "given once"


@pytest.mark.parametrize(
    ("heat", "may_heat", "text"),
    [(0, True, "heat off"), (2, True, "heat medium  36.6 C"), (2, False, "heat stays off")],
)
def test_heat_shows_its_temperature_only_where_it_heats(heat, may_heat, text, monkeypatch):
    rig = Rig()
    rig.choices.heat = heat
    rig.bench.heaters[0].skin_centi_c = 3_655
    monkeypatch.setattr(rig.bench.guard, "may_heat", lambda: may_heat)
    assert rig.text(rig.figures.put_heat) == text


def test_a_gentle_session_shows_its_limits_in_place_of_the_heat():
    rig = Rig("warm", is_careful=True)
    assert rig.compose(HEAT) == "slow, light, no heat"


def test_the_time_to_go_counts_down():
    rig = Rig("run")
    rig.status.clock.active_ticks = 0
    first = rig.compose(LENGTH)
    assert first.endswith(":00 to go")
    rig.status.clock.active_ticks = 100
    minutes = int(first.split(":")[0])
    assert rig.compose(LENGTH) == f"{minutes - 1}:59 to go"


def test_a_pause_shows_for_how_long_it_is_kept():
    rig = Rig("paused")
    minutes, seconds = divmod(rig.status.clock.pause_seconds_left(), 60)
    assert rig.compose(LENGTH - 1) == f"Kept for {minutes}:{seconds:02d}"


def test_strokes_are_counted_for_each_foot_in_use():
    rig = Rig("run")
    players = rig.bench.scheduler.players
    while players[0].begun < 3:
        rig.bench.ticks()
    assert rig.compose(2) == f"left  3 of {players[0].strokes}"
    rig.choices.feet = FEET_NAMES.index("left")
    assert rig.compose(3) == "right unused"
    players[0].begun = 0
    assert rig.compose(2) == "left  waits"


def test_staying_and_once_more_share_a_row():
    rig = Rig("run")
    rig.bench.until_stroke()
    assert rig.compose(1) == ""
    rig.bench.scheduler.is_again = True
    assert rig.compose(1) == "once more"


@pytest.mark.parametrize("state", ["off", "screening", "done", "fault", "refused"])
def test_states_without_figures_leave_their_rows_empty(state):
    rig = Rig()
    for at in range(1, 7):
        assert rig.text(lambda at=at: rig.figures.compose(at, states.NAMES.index(state))) == ""
