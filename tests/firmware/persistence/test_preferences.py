"""The person's choices are kept over the power: program, levels, heat and minutes."""

import pytest

from instep import user_events
from tests.firmware.persistence.machine import (
    KEPT_TICKS,
    PROGRAMS,
    boot,
    choices_of,
    kept,
)


@pytest.fixture
def bench():
    return boot()


def test_a_new_machine_begins_with_the_first_programs_own_heat_and_minutes(bench):
    assert choices_of(bench) == ("classic", 2, 1, 15)
    bench.ticks(KEPT_TICKS)
    assert bench.disk.writes == 0


def test_what_was_chosen_is_chosen_again_at_the_next_boot(bench):
    bench.press(user_events.PROGRAM, user_events.PROGRAM, user_events.PLUS, user_events.PLUS, user_events.HEAT)
    chosen = choices_of(bench)
    assert chosen == ("evening", 4, 3, 20)
    bench.ticks(KEPT_TICKS)
    assert choices_of(boot(bench.disk)) == chosen


def test_what_was_chosen_just_before_a_restart_for_maintenance_is_kept(bench):
    bench.press(user_events.PLUS)
    bench.app.requests.wants_maintenance = True
    while not bench.app.may_restart():
        bench.ticks()
    assert choices_of(boot(bench.disk))[1] == 3


def test_pace_and_feet_are_remembered_too(bench):
    bench.app.session.selection.choices.pace = 1
    bench.app.session.selection.choices.feet = 0
    bench.ticks(KEPT_TICKS)
    choices = boot(bench.disk).app.session.selection.choices
    assert (choices.pace, choices.feet) == (1, 0)


def test_heat_and_minutes_count_for_their_own_program_alone(bench):
    bench.press(user_events.HEAT)
    bench.ticks(KEPT_TICKS)
    again = boot(bench.disk)
    assert choices_of(again) == ("classic", 2, 2, 15)
    for _ in PROGRAMS:
        again.press(user_events.PROGRAM)
    assert choices_of(again) == ("classic", 2, 1, 15)


def test_stored_heat_and_minutes_wait_for_a_program_that_is_gone(bench):
    bench.press(user_events.PROGRAM, user_events.PROGRAM, user_events.HEAT)
    bench.ticks(KEPT_TICKS)
    without = boot(bench.disk, images=("classic", "gentle"))
    assert choices_of(without) == ("classic", 2, 1, 15)
    without.press(user_events.PLUS)
    without.ticks(KEPT_TICKS)
    assert choices_of(boot(bench.disk)) == ("evening", 3, 3, 20)
    without = boot(bench.disk, images=("classic", "gentle"))
    without.press(user_events.HEAT)
    without.ticks(KEPT_TICKS)
    assert choices_of(boot(bench.disk)) == ("classic", 3, 2, 15)


def test_a_person_who_steps_through_the_levels_writes_the_settings_once(bench):
    for _ in range(4):
        bench.press(user_events.PLUS, user_events.MINUS, user_events.MINUS)
    assert bench.disk.writes == 0
    bench.ticks(KEPT_TICKS)
    assert bench.disk.writes == 2
    assert kept(bench.disk).settings["intensity"] == 1
