"""Notices on the display: sentence, advice, and the button that acknowledges them."""

import pytest

from instep import user_events
from instep.guard import faults
from tests.firmware.panel.shown import Shown
from tests.firmware.panel.test_text import wrapped


def test_a_heat_notice_shows_its_advice_and_which_button_acknowledges_it():
    shown = Shown("idle", "classic")
    shown.bench.guard.forbid_heat(faults.FAULT_HEAT_SENSORS_DIFFER)
    text = shown.look()
    assert faults.advice(faults.FAULT_HEAT_SENSORS_DIFFER) in text
    assert "START without heat" in text and text.endswith("HEAT tries again")
    shown.bench.press(user_events.HEAT)
    assert shown.look().startswith("INSTEP")


def test_a_heat_notice_leaves_what_is_chosen_to_be_seen_in_turn():
    shown = Shown("idle", "classic")
    shown.bench.guard.heat_fault = faults.FAULT_HEAT_SENSORS_DIFFER
    assert "person A" in shown.look()
    for _ in range(1_024):
        shown.tick()
    shown.look()
    assert [row.rstrip() for row in shown.display.rows] == [
        "NO HEAT      person A",
        "classic",
        "15 min  both feet",
        "intensity 3",
        "pace 2  sound all",
        "heat stays off",
        "START without heat",
        "HEAT tries again",
    ]
    for _ in range(512):
        shown.tick()
    assert faults.sentence(faults.FAULT_HEAT_SENSORS_DIFFER) in shown.look()


def test_a_notice_in_a_session_shows_sentence_advice_and_levels_in_turn():
    shown = Shown("run", "classic")
    shown.bench.guard.heat_fault = faults.FAULT_HEAT_SENSORS_DIFFER
    said = [shown.look()]
    for _ in range(2):
        for _ in range(512):
            shown.tick()
        said.append(shown.look())
    fault = faults.FAULT_HEAT_SENSORS_DIFFER
    assert [faults.sentence(fault) in text for text in said] == [True, False, False]
    assert [faults.advice(fault) in text for text in said] == [False, True, False]
    assert "heat stays off" in said[2]


@pytest.mark.parametrize("notice", [fault for fault in range(1, faults.count()) if faults.is_notice(fault)])
def test_sentence_and_advice_of_a_notice_fit_in_two_rows_each(notice):
    assert len(wrapped(faults.sentence(notice))) <= 2 and len(wrapped(faults.advice(notice))) <= 2
