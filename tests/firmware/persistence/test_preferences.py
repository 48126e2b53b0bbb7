"""The person's choices are kept over the power: program, levels, heat and minutes."""

import pytest

from instep import user_events
from instep.panel.buttons import HOLD_TICKS
from instep.storage.filesystem import Folder
from instep.storage.record import Record
from instep.storage.settings import MAX_BYTES
from instep.storage.store import NO_PROBLEM, PATH, Store
from sim.filesystem import MemoryFilesystem
from tests.firmware.persistence.machine import (
    KEPT_TICKS,
    PROGRAMS,
    WatchedDisk,
    boot,
    choices_of,
    kept,
)
from tests.keep_disk import FakeDisk, PowerCut


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
    assert bench.disk.writes == 3
    assert kept(bench.disk).settings["intensity"] == 1


def step_person(bench, *buttons):
    """Press buttons on the page, which HEAT held opens at the row of people and closes again."""
    for buttons_on_page in (buttons, ()):
        bench.hal.buttons.held = user_events.HEAT
        bench.ticks(HOLD_TICKS + 4)
        bench.press(0, *buttons_on_page)


def test_four_people_are_remembered_each_with_their_own(bench):
    selection = bench.app.session.selection
    bench.press(user_events.PLUS)
    for _ in range(3):
        step_person(bench, user_events.PLUS)
        bench.press(user_events.PROGRAM)
    bench.press(user_events.MINUS)
    bench.ticks(KEPT_TICKS)
    again = boot(bench.disk)
    chosen = choices_of(bench)
    assert selection.people.values[0] == 3 and choices_of(again) == chosen
    step_person(again, user_events.MINUS, user_events.MINUS, user_events.MINUS)
    assert choices_of(again) == ("classic", 3, 1, 15)
    assert [chosen[:2], again.app.session.selection.people.programs] == [
        ("gentle", 1),
        ["classic", "gentle", "gentle", "gentle"],
    ]


def test_the_choices_of_a_firmware_that_knew_one_person_are_the_first_persons(bench):
    files = dict(bench.disk.files)
    folder = Folder(MemoryFilesystem(files), PATH)
    folder.may_write = True
    for _ in range(2):
        Record(folder, "settings", 1, MAX_BYTES).save(b"intensity=5\npace=1\nheat=0\nfeet=1\nprogram=evening\n")
    again = boot(WatchedDisk(files))
    assert choices_of(again) == ("evening", 5, 0, 20)
    step_person(again, user_events.PLUS)
    assert choices_of(again) == ("classic", 2, 1, 15)
    again.ticks(KEPT_TICKS)
    third = boot(again.disk)
    assert third.app.session.selection.people.values[0] == 1
    step_person(third, user_events.MINUS)
    assert choices_of(third) == ("evening", 5, 0, 20)


def test_a_power_cut_while_the_record_of_one_person_becomes_one_of_four_loses_nothing(bench):
    old = dict(bench.disk.files)
    folder = Folder(MemoryFilesystem(old), PATH)
    folder.may_write = True
    record = Record(folder, "settings", 1, MAX_BYTES)
    record.load()
    for _ in range(2):
        record.save(b"intensity=5\npace=1\nheat=0\nfeet=1\nprogram=evening\n")
    is_cut = True
    cut = 0
    while is_cut:
        files = dict(old)
        store = Store(FakeDisk(files, cut, keeps_part=True))
        store.load()
        is_cut = False
        try:
            store.flush()
        except PowerCut:
            is_cut = True
        after = kept(MemoryFilesystem(files))
        assert after.take_problem() == NO_PROBLEM
        assert [after.settings[key] for key in ("who", "intensity", "pace", "program")] == [0, 5, 1, "evening"]
        cut += 1
    assert cut > len(after.settings.payload())
