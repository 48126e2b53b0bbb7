"""Random presses on the page of choices: every value of every row is reached and shown, at rest and in the massage."""

import os
from random import Random

import pytest

from instep import user_events
from instep.levels import BALANCE_MAX, FEET_NAMES, MINUTES, PACE_MAX, SOUND_NAMES
from instep.panel.words import ROWS, SKIPS, WORDS
from instep.people import LEFT_OUT, PEOPLE_NAMES, SKIPPED_TWICE, WHO
from instep.session import choose_page, states
from instep.stroke.program import TECHNIQUES
from tests.firmware.panel.shown import Shown

# `make presses` gives 100,000.
PRESSES = int(os.environ.get("INSTEP_PRESSES", "600"))
PRESSED = (user_events.PROGRAM, user_events.PLUS, user_events.MINUS, user_events.PLUS, user_events.MINUS)
VALUE_AT = 12
VALUES = {
    choose_page.ROW_AGAIN: 2,
    choose_page.ROW_WHO: len(PEOPLE_NAMES),
    choose_page.ROW_MINUTES: len(MINUTES),
    choose_page.ROW_PACE: PACE_MAX,
    choose_page.ROW_FEET: len(FEET_NAMES),
    choose_page.ROW_BALANCE: 2 * BALANCE_MAX + 1,
    choose_page.ROW_SOUND: len(SOUND_NAMES),
    choose_page.ROW_CLEAN: 1,
}


@pytest.mark.parametrize("state", ["idle", "run"])
def test_random_presses_reach_and_show_every_value_of_every_row(state):
    shown = Shown("idle", "classic")
    bench = shown.bench
    bench.go_to(state)
    random = Random(state)
    seen = set()
    for _ in range(PRESSES):
        if not bench.session.status.page.is_open:
            bench.press(user_events.HEAT_HELD)
        # The massage does not end meanwhile.
        bench.session.status.clock.active_ticks = bench.session.status.clock.ticks = 0
        bench.press(random.choice(PRESSED))
        shown.look()
        assert bench.state == state
        rows = [row for row in shown.display.rows[:7] if row.strip()]
        assert len([row for row in rows if row.startswith(">")]) == 1
        seen |= {(row[1:VALUE_AT].strip(), row[VALUE_AT:].strip()) for row in rows}
    reached = {name: len([1 for other, _ in seen if other == name]) for name, _ in seen}
    numbers = choose_page.rows_in(states.NAMES.index(state))
    assert reached == {WORDS.get(ROWS + number): VALUES[number] for number in numbers}


def test_random_presses_reach_every_row_of_techniques_and_leave_each_out_and_give_it_again():
    shown = Shown("idle", "classic")
    bench = shown.bench
    people = bench.session.selection.people
    random = Random("techniques")
    seen = set()
    for _ in range(PRESSES):
        page = bench.session.status.page
        if not page.is_open:
            people.put(WHO, 0)
            people.put(LEFT_OUT, 0)
            people.put(SKIPPED_TWICE, (1 << len(TECHNIQUES)) - 1)
            bench.press(user_events.HEAT_HELD)
        bench.press(
            random.choice((*PRESSED, *[user_events.PROGRAM] * 3)) if random.randrange(60) else user_events.HEAT_HELD
        )
        shown.look()
        assert bench.state == "idle"
        if page.is_open:
            chosen = [row for row in shown.display.rows[:7] if row.startswith(">")]
            assert len(chosen) == 1
            row = page.rows[page.at]
            if row >= choose_page.ROW_TECHNIQUES:
                seen.add((row - choose_page.ROW_TECHNIQUES, chosen[0][VALUE_AT:].strip()))
    values = [WORDS.get(SKIPS + value) for value in range(3)]
    assert seen == {(technique, value) for technique in range(len(TECHNIQUES)) for value in values}
