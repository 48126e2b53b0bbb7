"""The page of choices: every row is reached, every value of it too, and each is seen on the display."""

import pytest

from instep import user_events
from instep.levels import BALANCE_MAX, FEET_NAMES, INTENSITY_NEW, MINUTES, PACE_MAX, SOUND_NAMES
from instep.people import PEOPLE_NAMES, WHO
from instep.session import choose_page, states
from tests.firmware.panel.shown import Shown

OPEN_TICKS = 1_000
VALUES = {
    choose_page.ROW_AGAIN: ("is_again", (False, True)),
    choose_page.ROW_WHO: ("who", range(len(PEOPLE_NAMES))),
    choose_page.ROW_MINUTES: ("minutes", MINUTES),
    choose_page.ROW_PACE: ("pace", range(1, PACE_MAX + 1)),
    choose_page.ROW_FEET: ("feet", range(len(FEET_NAMES))),
    choose_page.ROW_BALANCE: ("balance", range(-BALANCE_MAX, BALANCE_MAX + 1)),
    choose_page.ROW_SOUND: ("sound", range(len(SOUND_NAMES))),
}
WITH_PAGE = ("idle", "warm", "run", "paused")


def _opened(state):
    shown = Shown("idle", "classic")
    shown.bench.go_to(state)
    shown.bench.press(user_events.HEAT_HELD)
    assert shown.bench.session.status.page.is_open
    return shown


def _value(shown, name):
    """Return the value of a row, by its name in VALUES."""
    selection = shown.bench.session.selection
    if name == "who":
        return selection.people.get(WHO)
    return getattr(shown.bench.scheduler if name == "is_again" else selection.choices, name)


def _row(shown):
    page = shown.bench.session.status.page
    return page.rows[page.at]


def _is_open(shown):
    return shown.bench.session.status.page.is_open


@pytest.mark.parametrize("state", WITH_PAGE)
def test_program_goes_through_all_rows_and_round(state):
    shown = _opened(state)
    rows = choose_page.rows_in(states.NAMES.index(state))
    seen = []
    for _ in range(len(rows) + 1):
        seen.append(_row(shown))
        marked = [row for row in range(8) if shown.look() and shown.display.rows[row].startswith(">")]
        assert marked == [rows.index(seen[-1])]
        shown.bench.press(user_events.PROGRAM)
    assert seen == [*rows, rows[0]]
    assert shown.bench.state == state


@pytest.mark.parametrize("state", WITH_PAGE)
def test_every_value_of_every_row_is_reached_and_shown(state):
    shown = _opened(state)
    for number in choose_page.rows_in(states.NAMES.index(state)):
        if number == choose_page.ROW_CLEAN:
            break  # the last row has no value: it begins
        name, values = VALUES[number]
        assert _row(shown) == number
        shown.bench.press(*[user_events.MINUS] * 8)
        texts = []
        for value in values:
            assert _value(shown, name) == value
            shown.look()
            texts.append(shown.display.rows[choose_page.rows_in(states.NAMES.index(state)).index(number)])
            shown.bench.press(user_events.PLUS)
        assert _value(shown, name) == values[-1]
        assert len(set(texts)) == len(values)
        shown.bench.press(user_events.PROGRAM)


def test_every_value_in_force_is_seen_on_the_start_page():
    shown = Shown("idle", "classic")
    choices = shown.bench.session.selection.choices
    for name, values in list(VALUES.values())[1:]:
        texts = set()
        for value in values:
            if name == "who":
                shown.bench.session.selection.people.put(WHO, value)
            else:
                setattr(choices, name, value)
            texts.add(shown.look())
        assert len(texts) == len(values)


@pytest.mark.parametrize("state", WITH_PAGE)
def test_stop_does_what_it_always_does(state):
    shown = _opened(state)
    plain = Shown(state, "classic")
    assert shown.bench.press(user_events.STOP) == plain.bench.press(user_events.STOP)
    assert not _is_open(shown)


def test_start_at_rest_begins_and_in_the_massage_only_closes():
    assert _opened("idle").bench.press(user_events.START) == "screening"
    for state in ("warm", "run", "paused"):
        shown = _opened(state)
        assert shown.bench.press(user_events.START) == state
        assert not _is_open(shown)


def test_the_page_closes_by_itself_after_ten_seconds_without_a_press():
    shown = _opened("idle")
    shown.bench.ticks(OPEN_TICKS - 1)
    shown.bench.press(user_events.PROGRAM)
    shown.bench.ticks(OPEN_TICKS - 1)
    assert _is_open(shown)
    shown.bench.ticks()
    assert not _is_open(shown)


def test_a_state_that_changes_closes_the_page():
    shown = _opened("run")
    shown.bench.hal.foot_switches[0].is_on = False
    assert shown.bench.ticks(10) == "paused"
    assert not _is_open(shown)


@pytest.mark.parametrize("state", ["screening", "self-test", "fit", "retract", "done", "refused", "fault", "off"])
def test_the_page_does_not_open_elsewhere(state):
    shown = Shown(state, "classic" if state != "done" else "demo")
    shown.bench.press(user_events.HEAT_HELD)
    assert not _is_open(shown)


def test_on_the_page_plus_and_program_leave_intensity_and_program_alone():
    shown = _opened("idle")
    selection = shown.bench.session.selection
    shown.bench.press(user_events.PROGRAM, user_events.PLUS, user_events.PROGRAM, user_events.MINUS)
    assert (selection.choices.intensity, selection.library.index) == (3, 0)


def test_each_person_finds_their_own_levels_and_program_again():
    shown = Shown("idle", "classic")
    selection = shown.bench.session.selection
    choices = selection.choices
    shown.bench.press(user_events.PLUS, user_events.HEAT)
    first = (choices.intensity, choices.heat, choices.minutes, choices.pace, selection.title)
    assert first[:2] == (4, 2)
    shown.bench.press(user_events.HEAT_HELD, user_events.PLUS)
    assert "person B" in shown.look()
    assert (choices.intensity, choices.heat) == (INTENSITY_NEW, 1)
    shown.bench.press(user_events.PROGRAM, user_events.PROGRAM, user_events.PLUS, user_events.HEAT_HELD)
    shown.bench.press(user_events.PROGRAM, user_events.MINUS)
    second = (choices.intensity, choices.heat, choices.minutes, choices.pace, selection.title)
    assert second[0] == 1 and second[3] == 3 and second[4] == b"gentle"
    shown.bench.press(user_events.HEAT_HELD, user_events.MINUS)
    assert (choices.intensity, choices.heat, choices.minutes, choices.pace, selection.title) == first
    shown.bench.press(user_events.PLUS)
    assert (choices.intensity, choices.heat, choices.minutes, choices.pace, selection.title) == second


def test_no_level_of_a_gentle_session_is_remembered_of_the_person():
    shown = Shown("idle", "classic")
    selection = shown.bench.session.selection
    selection.note_person()
    before = list(selection.people.values)
    shown.bench.go_to("run", is_careful=True)
    assert selection.choices.is_gentle
    selection.note_person()
    assert list(selection.people.values) == before and selection.people.program() == "classic"


def test_a_gentle_session_stays_short_and_slow_on_the_page_and_says_so():
    shown = Shown("idle", "classic")
    shown.bench.go_to("run", is_careful=True)
    shown.bench.press(user_events.HEAT_HELD, user_events.PROGRAM, user_events.PLUS)
    assert "Gentle today: slow, ten minutes at most." in shown.look()
    shown.bench.press(user_events.PROGRAM, user_events.PLUS)
    choices = shown.bench.session.selection.choices
    assert (choices.minutes, choices.pace) == (10, 1)


def test_time_chosen_in_the_massage_counts_at_once():
    shown = _opened("run")
    clock = shown.bench.session.status.clock
    before = clock.seconds_left()
    shown.bench.press(user_events.PROGRAM, user_events.PLUS)
    assert before + 5 * 60 - 1 <= clock.seconds_left() <= before + 5 * 60
    clock.active_ticks = 12 * 6_000
    shown.bench.press(user_events.MINUS, user_events.MINUS)
    shown.bench.until("closing", maximum=4_000)


@pytest.mark.parametrize(("balance", "lighter"), [(2, 0), (1, 0), (-1, 1), (-2, 1)])
def test_the_balance_makes_one_foot_lighter_and_leaves_the_other(balance, lighter):
    shown = Shown("idle", "classic")
    choices = shown.bench.session.selection.choices
    choices.balance = balance
    for choices.intensity in range(1, 6):
        other = choices.force_permille()
        assert choices.foot_permille(1 - lighter) == other
        assert 200 <= choices.foot_permille(lighter) < other
