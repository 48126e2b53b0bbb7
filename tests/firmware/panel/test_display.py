"""The display: in every state it says where one is and what one can do, whole and up to date."""

import pytest

from instep import user_events
from instep.guard import faults
from instep.people import WAITS_WARM
from instep.session import outcome, screening, states
from instep.stroke.program import TECHNIQUES
from tests.firmware.panel.shown import SCREEN_TICKS, Shown

TITLES = {
    "idle": "INSTEP       person A",
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


def test_the_display_warns_while_the_laptop_controls_the_machine():
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
    assert screening.QUESTIONS.get(question) in text
    assert "- no" in text and "+ yes" in text


@pytest.mark.parametrize("reason", range(1, screening.REASONS.count()))
def test_every_refusal_says_why_and_what_to_do(reason):
    shown = Shown("refused")
    shown.bench.session.status.screening.reason = reason
    text = shown.look()
    assert f"{screening.REASONS.get(reason, 1)} {screening.REASONS.get(reason, 2)}" in text


@pytest.mark.parametrize("fault", range(1, faults.count()))
def test_every_fault_says_what_happened_and_what_to_do(fault):
    shown = Shown("fault")
    shown.bench.guard.fault = fault
    assert f"{faults.sentence(fault)} {faults.advice(fault)}" in shown.look()


def test_the_menu_shows_program_time_intensity_and_heat():
    text = Shown("idle", "evening").look().lower()
    assert "evening" in text
    assert "20 min both feet" in text
    assert "intensity 3 pace 2" in text
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
    assert f"right 2 of {strokes}" in text
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
    shown.bench.press(user_events.START)
    text = shown.look()
    assert shown.bench.state == "warm"
    assert "ONE MOMENT" in text and "lotion" not in text.lower()
    shown.bench.session.selection.people.put(WAITS_WARM, 1)
    assert "WARMING UP The wells are warming. Lean back." in shown.look()


def test_a_massage_of_one_foot_says_which():
    shown = Shown("idle", "classic")
    shown.bench.session.selection.choices.feet = 0
    assert "15 min left foot" in shown.look()
    shown.bench.go_to("run")
    shown.bench.until_stroke()
    text = shown.look()
    assert "left 1 of" in text and "right unused" in text


def test_a_program_that_is_given_once_shows_no_minutes():
    for state in ("idle", "warm", "run"):
        text = Shown(state, "demo").look()
        assert "given once" in text and "15" not in text


def test_a_foot_that_waits_for_its_turn_is_said_to_wait():
    shown = Shown("run", "quick")
    shown.bench.until_stroke()
    text = shown.look()
    assert "left 1 of" in text and "right waits" in text


def test_a_foot_lifted_out_for_the_lotion_is_asked_back():
    shown = Shown("warm", "classic")
    assert "put them back in" in shown.look() and "START: lotion is on" in shown.look()
    shown.bench.hal.foot_switches[0].is_on = False
    shown.bench.ticks(10)
    assert shown.look().endswith("Feet in, then START")
    shown.bench.press(user_events.START)
    assert shown.bench.ticks(300) == "warm"
    shown.bench.hal.foot_switches[0].is_on = True
    shown.bench.ticks(10)
    shown.bench.press(user_events.START)
    assert shown.bench.until("run")


def test_while_warming_a_foot_out_is_asked_back():
    shown = Shown("warm", "classic")
    shown.bench.session.selection.people.put(WAITS_WARM, 1)
    shown.bench.heaters[0].skin_centi_c = 2_000
    shown.bench.press(user_events.START)
    shown.bench.hal.foot_switches[0].is_on = False
    shown.bench.ticks(10)
    text = shown.look()
    assert "Put your feet back in" in text and "Lean back" not in text


def test_a_pause_says_for_how_long_the_place_is_kept_and_which_foot_is_out():
    shown = Shown("paused", "classic")
    text = shown.look()
    assert "Your place is kept. Kept for 2" in text and text.endswith("START goes on")
    shown.bench.hal.foot_switches[1].is_on = False
    shown.bench.ticks(10)
    text = shown.look()
    assert "A foot is out. Put it back in." in text and text.endswith("Feet in, then START")


@pytest.mark.parametrize("reason", range(1, len(outcome.STOP_REASONS)))
def test_a_session_that_was_stopped_says_why(reason):
    shown = Shown("retract")
    shown.bench.session.status.stop_reason = reason
    shown.bench.until("done")
    texts = [shown.look()]
    shown.bench.session.status.stop_reason = outcome.STOPPED_NOT
    assert "THAT WAS IT" not in texts[0] and "THAT WAS IT" in shown.look()


def test_letting_go_shows_no_time_to_go():
    assert "to go" not in Shown("retract", "classic").look()


@pytest.mark.parametrize("state", ["self-test", "fit", "warm", "run", "paused"])
def test_a_gentle_session_says_so_and_what_is_limited(state):
    shown = Shown("idle", "classic")
    shown.bench.go_to(state, is_careful=True)
    shown.look()
    text = shown.look()
    assert text.startswith("GENTLE ")
    assert "slow, light, no heat" in text


def test_a_gentle_session_says_why_a_button_does_nothing():
    shown = Shown("idle", "classic")
    shown.bench.go_to("run", is_careful=True)
    shown.bench.press(user_events.PLUS)
    assert "Gentle today: no firmer than 3." in shown.look()
    shown.bench.press(user_events.HEAT)
    assert "Gentle today: the heat stays off." in shown.look()
    shown.bench.ticks(500)
    assert "Gentle today" not in shown.look()
    assert shown.bench.session.selection.choices.intensity == 3


def test_staying_says_for_how_long_and_again_that_it_comes_once_more():
    shown = Shown("run", "classic")
    shown.bench.until_stroke()
    shown.bench.ticks(200)
    shown.bench.press(user_events.PROGRAM_HELD)
    assert "stays 9 s" in shown.look()
    shown.bench.ticks(1_300)
    assert "stays" not in shown.look()
    shown.bench.press(user_events.HEAT_HELD, user_events.PLUS, user_events.START)
    assert "once more" in shown.look()
    shown.bench.press(user_events.PROGRAM)
    assert "once more" not in shown.look()
