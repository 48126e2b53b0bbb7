"""The words of every state with every notice and every choice, as the person in the chair reads them.

`screens/words.txt` has the screens of the states by feet and gentleness, one beside the other; a notice changes two
rows of a screen, or replaces the start page. `INSTEP_NEW_SCREENS=1` writes the file again: read it before it is
committed.
"""

import os
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from instep import user_events
from instep.axes import DISPLAY_COLUMNS
from instep.guard import faults
from instep.levels import FEET_NAMES
from instep.session import states
from instep.stroke.scheduler import NO_TECHNIQUE
from tests.firmware.panel.shown import Shown
from tests.firmware.panel.test_text import wrapped

WORDS = Path(__file__).with_name("screens") / "words.txt"
NOTICE_ROWS = (5, 6)
TURN_TICKS = 512
TURNS = 3
SESSION = ("self-test", "fit", "warm", "run", "paused", "closing", "retract", "done")
OTHERS = tuple(name for name in states.NAMES if name not in SESSION)
# Every choice that the words of a screen depend on.
CASES = [*product(OTHERS, FEET_NAMES, (False,)), *product(SESSION, FEET_NAMES, (False, True))]
HEAT = [fault for fault in range(1, faults.count()) if faults.is_notice(fault) and "heat" in faults.name(fault)]
LASTING = [*HEAT, faults.FAULT_BUTTON_STUCK, faults.FAULT_LOOP_STOPPED, faults.FAULT_FOOT_MOVED]
MESSAGES = [fault for fault in range(1, faults.count()) if faults.is_notice(fault) and fault not in LASTING]
SILENT = ("retract", "off")


@cache
def shown_in(state, feet, is_gentle):
    """Return a machine in a state; its notices are taken away again by each test."""
    shown = Shown("idle", "classic")
    bench = shown.bench
    bench.session.selection.choices.feet = FEET_NAMES.index(feet)
    if state not in ("closing", "done"):
        bench.go_to(state, is_gentle)
        return shown
    bench.go_to("run", is_gentle)
    bench.scheduler.finish(now=True)
    bench.until(state)
    while state == "closing" and all(bench.scheduler.technique(foot) == NO_TECHNIQUE for foot in range(2)):
        bench.ticks()
    return shown


def rows_of(shown):
    shown.look()
    shown.look()
    return [row.ljust(DISPLAY_COLUMNS) for row in shown.display.rows]


def with_notice(shown, notice, rows):
    """Return the rows of each turn of a notice that lasts; the machine is afterwards as before."""
    guard = shown.bench.guard
    before = guard.heat_fault, guard.is_button_stuck, guard.has_loop_stopped, guard.has_foot_moved
    guard.heat_fault = notice if notice in HEAT else faults.NO_FAULT
    guard.is_button_stuck = notice == faults.FAULT_BUTTON_STUCK
    guard.has_loop_stopped = notice == faults.FAULT_LOOP_STOPPED
    guard.has_foot_moved = notice == faults.FAULT_FOOT_MOVED
    turns = [rows_of(shown)]
    for _ in range(TURNS - 1):
        for _ in range(TURN_TICKS):
            shown.tick()
        turns.append(rows_of(shown))
    guard.heat_fault, guard.is_button_stuck, guard.has_loop_stopped, guard.has_foot_moved = before
    assert rows_of(shown) == rows
    return turns


@pytest.mark.parametrize(("state", "feet", "is_gentle"), CASES)
def test_every_notice_is_read_in_two_rows_and_leaves_the_others(state, feet, is_gentle):
    shown = shown_in(state, feet, is_gentle)
    rows = rows_of(shown)
    assert state == "off" or rows[0].strip()
    assert rows[-1].strip() or state in SILENT
    for notice in LASTING:
        turns = with_notice(shown, notice, rows)
        if state == "idle" and notice in HEAT:
            text = " ".join(" ".join(turns[0]).split())
            assert faults.sentence(notice) in text and faults.advice(notice) in text and "HEAT tries again" in text
            continue
        said = [[line.ljust(DISPLAY_COLUMNS) for line in wrapped(text)] for text in faults_text(notice)]
        for turn, lines in zip(turns, said, strict=False):
            assert turn[NOTICE_ROWS[0] : NOTICE_ROWS[0] + len(lines)] == lines, faults.name(notice)
        for turn in turns:
            assert [turn[row] for row in range(8) if row not in NOTICE_ROWS] == [
                rows[row] for row in range(8) if row not in NOTICE_ROWS
            ]


def faults_text(notice):
    return faults.sentence(notice), faults.advice(notice)


@pytest.mark.parametrize("message", MESSAGES)
def test_every_message_waits_on_the_start_page_and_only_there(message):
    for state, feet, is_gentle in CASES:
        shown = shown_in(state, feet, is_gentle)
        rows = rows_of(shown)
        shown.bench.guard.notices.tell(message)
        told = rows_of(shown)
        shown.bench.guard.notices.acknowledge()
        if state != "idle":
            assert told == rows
            continue
        text = " ".join(" ".join(told).split())
        assert text == f"PLEASE NOTE {faults.sentence(message)} {faults.advice(message)} START goes on"


def page():
    """Return the screens of all states as text, those of one state beside each other."""
    blocks = []
    for state in states.NAMES:
        columns = []
        for feet in FEET_NAMES:
            for is_gentle in (False, True):
                if (state, feet, is_gentle) in CASES:
                    column = [f"{feet}{', gentle' if is_gentle else ''}", *rows_of(shown_in(state, feet, is_gentle))]
                    columns.append(column)
        blocks.append(f"{state}\n")
        for lines in zip(*columns, strict=True):
            blocks.append(" | ".join(line.ljust(DISPLAY_COLUMNS) for line in lines).rstrip() + "\n")
        blocks.append("\n")
    return "".join(blocks)


def test_the_words_of_every_state_are_those_that_were_read():
    seen = page()
    if os.environ.get("INSTEP_NEW_SCREENS"):
        WORDS.write_text(seen, encoding="utf-8")
    assert WORDS.read_text(encoding="utf-8") == seen


def test_a_press_that_a_gentle_session_refuses_is_read_in_every_state_of_it():
    for feet in FEET_NAMES:
        for state in ("warm", "run", "paused", "closing"):
            shown = shown_in(state, feet, True)
            shown.bench.press(user_events.PLUS, user_events.PLUS, user_events.PLUS)
            assert "Gentle today: no firmer than 3." in " ".join(" ".join(rows_of(shown)).split())
            shown_in.cache_clear()
