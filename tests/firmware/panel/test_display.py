"""The display: in every state it says where one is and what one can do, whole and up to date."""

import pytest

from instep import user_events
from instep.axes import COUNTER_MASK
from instep.guard import faults
from instep.panel.display import Screen
from instep.session import screening, states
from instep.session.jog import Jog
from instep.stroke.program import TECHNIQUES
from tests.firmware.sessions import Bench

SCREEN_TICKS = 32
TITLES = {
    "idle": "INSTEP",
    "screening": "BEFORE WE START",
    "self-test": "SELF-TEST",
    "fit": "MEASURING",
    "warm": "LOTION",
    "paused": "PAUSED",
    "retract": "LETTING GO",
    "done": "THAT WAS IT",
    "refused": "NO MASSAGE TODAY",
    "fault": "STOPPED FOR SAFETY",
}


class Shown:
    """A session and the display that shows it."""

    def __init__(self, state, program="demo"):
        self.bench = Bench(program).go_to(state)
        self.display = self.bench.hal.display
        self.ticks = 0
        self.jog = Jog(self.bench.drives, self.bench.selftest, self.bench.hal.foot_switches)
        self.screen = Screen(self.display, self.bench.session, self.bench.drives, self.bench.guard, self.jog)

    def look(self):
        """Let one whole screen be composed; return its words."""
        for _ in range(SCREEN_TICKS):
            self.tick()
        return self.display.text()

    def tick(self):
        """Let one tick pass with a row's two slices in its slack; return whether there was something to do."""
        self.ticks += 1
        is_due = self.screen.slice(self.ticks & COUNTER_MASK)
        return is_due and self.screen.slice(self.ticks & COUNTER_MASK)


@pytest.mark.parametrize("state", TITLES)
def test_every_state_has_its_title_and_says_what_to_press(state):
    shown = Shown(state)
    shown.look()
    assert shown.display.rows[0].strip() == TITLES[state]
    hint = shown.display.rows[7]
    assert ("START" in hint or "STOP" in hint or "yes" in hint) == (state != "retract")


def test_the_screen_is_dark_when_the_machine_is_off():
    shown = Shown("idle", "classic")
    assert shown.look()
    shown.bench.press(user_events.POWER)
    assert shown.bench.state == "off"
    assert shown.look() == ""
    shown.bench.guard.is_button_stuck = True
    assert shown.look() == faults.sentence(faults.FAULT_BUTTON_STUCK)


def test_who_stands_at_the_machine_is_told_while_the_laptop_has_it():
    shown = Shown("idle")
    shown.jog.check()
    said = shown.look()
    assert said.startswith("HANDS OFF The laptop tests the machine or moves an axis.")
    assert said.endswith("any button ends it")
    shown.jog.tick(False)
    assert shown.look().startswith("INSTEP")


def test_no_row_is_left_from_the_state_before():
    shown = Shown("idle")
    for state in TITLES:
        shown.bench.session.status.state = states.NAMES.index(state)
        shown.look()
        seen = list(shown.display.rows)
        fresh = Shown("idle")
        fresh.bench.session.status.state = states.NAMES.index(state)
        fresh.look()
        assert [row.strip() for row in seen] == [row.strip() for row in fresh.display.rows]


@pytest.mark.parametrize("question", range(screening.ASK_NOTHING))
def test_every_question_is_shown_whole_with_its_keys(question):
    shown = Shown("screening")
    shown.bench.session.status.screening.question = question
    text = shown.look()
    assert screening.QUESTIONS[question].decode() in text
    assert "- no" in text and "+ yes" in text


@pytest.mark.parametrize("reason", range(1, len(screening.REASONS)))
def test_every_refusal_says_why_and_what_to_do(reason):
    shown = Shown("refused")
    shown.bench.session.status.screening.reason = reason
    text = shown.look()
    _, why, what = screening.REASONS[reason]
    assert f"{why.decode()} {what.decode()}" in text


@pytest.mark.parametrize("fault", range(1, faults.count()))
def test_every_fault_says_what_happened_and_what_to_do(fault):
    shown = Shown("fault")
    shown.bench.guard.fault = fault
    assert f"{faults.sentence(fault)} {faults.advice(fault)}" in shown.look()


def test_the_menu_shows_program_time_intensity_and_heat():
    text = Shown("idle", "evening").look().lower()
    assert "evening" in text
    assert "20 min intensity 3" in text
    assert "heat medium 37.0 c" in text


def test_a_change_of_level_is_shown():
    shown = Shown("idle", "classic")
    shown.look()
    shown.bench.press(user_events.PLUS, user_events.HEAT, user_events.HEAT, user_events.HEAT)
    text = shown.look()
    assert "intensity 4" in text
    assert "heat off" in text and "37.0" not in text


def test_the_strokes_show_technique_count_and_time_left():
    shown = Shown("run", "classic")
    shown.bench.session.status.clock.active_ticks = 0
    while shown.bench.scheduler.players[0].begun < 2:
        shown.bench.ticks()
    text = shown.look()
    assert shown.display.rows[0].strip() == "SMOOTHING"
    strokes = shown.bench.scheduler.players[0].strokes
    assert f"left 2 of {strokes}" in text
    minutes, seconds = divmod(shown.bench.session.status.clock.seconds_left(), 60)
    assert f"{minutes}:{seconds:02d}" in text


def test_every_technique_has_its_title(monkeypatch):
    shown = Shown("run", "classic")
    titles = set()
    for technique in range(len(TECHNIQUES)):
        monkeypatch.setattr(shown.bench.scheduler, "technique", lambda foot, technique=technique: technique)
        shown.look()
        titles.add(shown.display.rows[0].strip())
    assert len(titles) == len(TECHNIQUES) and "" not in titles


def test_the_feet_stand_beside_the_text_while_they_are_massaged_and_no_longer():
    shown = Shown("run", "classic")
    shown.look()
    shown.look()
    with_feet = [bool(row) for row in shown.display.pictures]
    assert with_feet == [False, True, True, True, True, False, False, False]
    shown.bench.press(user_events.START)
    shown.look()
    assert not any(shown.display.pictures)


def test_the_clock_beside_the_feet_does_not_wipe_them_out():
    shown = Shown("run", "classic")
    shown.look()
    shown.look()
    clock, feet = shown.display.rows[4], dict(shown.display.pictures[4])
    assert feet
    shown.bench.ticks(300)
    for _ in range(SCREEN_TICKS):
        shown.tick()
        assert shown.display.pictures[4]
    assert shown.display.rows[4] != clock


def test_strokes_are_counted_from_the_first_that_begins():
    shown = Shown("run", "quick")
    assert shown.bench.scheduler.technique(0) >= 0 and not shown.bench.scheduler.players[0].begun
    assert " of " not in shown.look()


def test_lotion_gives_way_to_warming_once_it_is_on():
    shown = Shown("warm", "classic")
    assert "lotion" in shown.look().lower()
    shown.bench.heaters[0].skin_centi_c = 2_000
    shown.bench.press(user_events.START)
    text = shown.look()
    assert shown.bench.state == "warm"
    assert "WARMING" in text and "lotion" not in text.lower()


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
    assert shown.display.rows[7].strip() == "START begins"
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
