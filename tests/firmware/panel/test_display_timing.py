"""When rows of the display are composed and sent: a piece at a time, a changed screen at once."""

import pytest

from instep import user_events
from instep.axes import COUNTER_MASK
from instep.panel.feet import FIRST_ROW, LAST_ROW, TEXT_COLUMNS
from tests.firmware.panel.shown import SCREEN_TICKS, Shown


def test_what_has_not_changed_is_not_sent_again():
    shown = Shown("idle")
    shown.look()
    shown.look()
    written = shown.display.written
    shown.look()
    assert shown.display.written == written


def test_one_tick_sends_one_row_at_most():
    shown = Shown("idle")
    for _ in range(SCREEN_TICKS):
        before = shown.display.written
        shown.tick()
        assert shown.display.written - before <= 1


def test_a_slice_is_due_every_fourth_tick_and_only_once_in_it():
    shown = Shown("idle")
    shown.look()
    assert sorted(shown.tick() for _ in range(8)) == [False] * 6 + [True] * 2
    while not shown.tick():
        pass
    assert [shown.tick() for _ in range(8)] == [False, False, False, True] * 2
    assert not shown.screen.slice(shown.ticks)


def test_the_first_screen_is_composed_as_fast_as_there_is_time():
    shown = Shown("idle")
    assert [shown.tick() for _ in range(8)] == [True] * 8
    assert shown.screen.is_whole
    assert shown.display.rows[7].strip() == "START  PROGRAM: other"
    assert not shown.tick()


def test_without_slack_for_a_while_the_screen_goes_on_where_it_was():
    shown = Shown("idle")
    for _ in range(SCREEN_TICKS):
        shown.ticks += 11
        shown.tick()
    assert shown.display.text() == Shown("idle").look()


def test_the_screen_goes_on_when_the_count_of_ticks_wraps():
    shown = Shown("idle")
    shown.ticks = COUNTER_MASK - SCREEN_TICKS // 2
    shown.tick()
    assert shown.look() == Shown("idle").look()


@pytest.mark.parametrize("press", [user_events.START, user_events.PLUS, user_events.HEAT, user_events.PROGRAM])
def test_a_screen_that_changes_is_drawn_whole_at_once(press):
    shown = Shown("idle", "classic")
    shown.look()
    before = shown.display.text()
    shown.bench.press(press)
    assert [shown.tick() for _ in range(8)] == [True] * 8
    at_once = shown.display.text()
    assert at_once != before
    assert shown.look() == at_once


def test_a_state_that_changes_between_composing_and_sending_leaves_nothing_of_its_text_beside_the_feet():
    for tick in range(SCREEN_TICKS):
        shown = Shown("warm", "classic")
        shown.look()
        for _ in range(tick):
            shown.tick()
        shown.screen.slice(shown.ticks + 4)  # composed, not sent
        shown.bench.press(user_events.START)
        shown.bench.until("run")
        shown.ticks += 4
        shown.look()
        shown.look()
        assert [row[TEXT_COLUMNS:].strip() for row in shown.display.rows[FIRST_ROW : LAST_ROW + 1]] == [""] * 4
