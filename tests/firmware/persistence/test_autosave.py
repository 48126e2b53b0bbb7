"""Saving while nothing moves: its time, the wait of a session, and storage problems."""

import pytest

from instep import user_events
from instep.guard import faults
from sim.filesystem import installed_filesystem
from tests.firmware.persistence.machine import (
    KEPT_TICKS,
    WatchedDisk,
    begin,
    boot,
    kept,
    run_shortly,
)


@pytest.fixture
def bench():
    return boot()


def test_a_session_waits_until_its_entry_and_the_choices_for_it_are_kept(bench):
    bench.press(user_events.PLUS)
    begin(bench)
    while bench.state != "self-test":
        assert not any(bench.hal.relay.given) and not bench.hal.are_servos_on
        bench.ticks()
    store = kept(bench.disk)
    assert store.journal.is_session_open()
    assert store.journal.session(0)["program"] == "classic"
    assert store.settings["intensity"] == store.journal.session(0)["intensity"] == 3


def test_nothing_is_written_while_questions_are_answered(bench):
    bench.press(user_events.PLUS)
    bench.start()
    bench.ticks(KEPT_TICKS)
    assert bench.state == "screening" and bench.disk.writes == 0


def damaged_disk(name):
    """Return a disk in use whose newest file of one record is damaged."""
    bench = boot()
    for button in (user_events.PLUS, user_events.MINUS):
        bench.press(button)
        run_shortly(bench)
        bench.ticks(KEPT_TICKS)
        bench.start()
    slots = [f"/keep/{name}.{slot}" for slot in (0, 1)]
    bench.disk.files[max(slots, key=lambda slot: bench.disk.files[slot][8])] = b"junk"
    return bench.disk


def refused_disk():
    disk = installed_filesystem()
    store = kept(disk)
    store._settings_writer.record.begin(b"intensity=9\n")
    folder = store._folder
    folder._disk, folder.may_write = disk, True
    while store._settings_writer.record.is_saving():
        store._settings_writer.record.step()
    return WatchedDisk(disk.files)


PROBLEMS = {
    faults.FAULT_STORAGE_ERASED: WatchedDisk,
    faults.FAULT_SETTINGS_LOST: lambda: WatchedDisk(
        {path: data for path, data in installed_filesystem().files.items() if "settings" not in path}
    ),
    faults.FAULT_SETTINGS_OLDER: lambda: damaged_disk("settings"),
    faults.FAULT_SETTINGS_REFUSED: refused_disk,
    faults.FAULT_JOURNAL_LOST: lambda: WatchedDisk(
        {path: data for path, data in installed_filesystem().files.items() if "journal" not in path}
    ),
    faults.FAULT_JOURNAL_OLDER: lambda: damaged_disk("journal"),
}


@pytest.mark.parametrize("problem", PROBLEMS)
def test_a_storage_problem_is_shown_until_acknowledged_and_stands_in_the_journal(problem):
    bench = boot(PROBLEMS[problem]())
    bench.ticks(KEPT_TICKS)
    text = bench.hal.display.text()
    assert text.startswith("PLEASE NOTE")
    assert f"{faults.sentence(problem)} {faults.advice(problem)}" in text
    bench.press(user_events.STOP, user_events.PLUS, user_events.PROGRAM)
    assert bench.app.guard.notices.first() == problem
    bench.start()
    assert bench.app.guard.notices.first() == faults.NO_FAULT and bench.state == "idle"
    bench.ticks(KEPT_TICKS)
    journal = kept(bench.disk).journal
    assert problem in [journal.fault(back)["fault"] for back in range(journal.fault_count())]
    again = boot(bench.disk)
    assert again.app.guard.notices.first() == faults.NO_FAULT
    again.start()
    assert again.state == "screening"


def test_an_erased_file_system_is_said_at_every_boot_and_left_alone_until_somebody_knows():
    disk = WatchedDisk()
    for _ in range(2):
        bench = boot(disk)
        bench.ticks(KEPT_TICKS)
        bench.press(user_events.PLUS)
        bench.ticks(KEPT_TICKS)
        assert bench.app.guard.notices.first() == faults.FAULT_STORAGE_ERASED and disk.files == {}
    bench.start()
    bench.ticks(KEPT_TICKS)
    again = boot(disk)
    assert again.app.guard.notices.first() == faults.NO_FAULT
    assert again.app.session.selection.choices.intensity == 3


class FullDisk(WatchedDisk):
    """A flash that takes nothing more."""

    def open(self, path, mode):
        if mode == "wb":
            self.writes += 1
            raise OSError(28)
        return super().open(path, mode)


def test_a_session_begins_though_nothing_can_be_kept_and_that_is_said_afterwards():
    bench = boot(FullDisk(installed_filesystem().files))
    run_shortly(bench)
    bench.ticks(KEPT_TICKS)
    bench.start()
    bench.ticks(40)
    assert bench.app.guard.notices.first() == faults.FAULT_STORAGE_UNWRITTEN
    assert faults.sentence(faults.FAULT_STORAGE_UNWRITTEN) in bench.hal.display.text()
    bench.start()
    bench.ticks(KEPT_TICKS)
    writes = bench.disk.writes
    bench.ticks(KEPT_TICKS)
    assert bench.state == "idle" and bench.disk.writes == writes, "it is not tried for ever"


def test_a_slice_that_raises_takes_no_turn_from_the_others(bench, monkeypatch):
    def fail(nothing_moves):
        raise ValueError

    monkeypatch.setattr(bench.app.store, "tick", fail)
    bench.ticks(100)
    assert bench.app.guard.fault == faults.FAULT_INTERNAL
    assert faults.sentence(faults.FAULT_INTERNAL) in bench.hal.display.text()


def test_files_are_written_a_second_after_the_last_movement_at_the_earliest(bench):
    run_shortly(bench)
    writes = bench.disk.writes
    bench.ticks(90)
    assert bench.disk.writes == writes
    bench.ticks(20)
    assert bench.disk.writes > writes


def test_nothing_is_written_while_a_held_roller_backs_off(bench):
    bench.app.guard.trip(faults.FAULT_ROLLER_BLOCKED)
    bench.app.guard.back_off.begin(0, -1)
    while bench.app.guard.back_off.is_active:
        bench.ticks()
    assert bench.disk.writes == 0
    bench.ticks(KEPT_TICKS)
    assert kept(bench.disk).journal.fault(0)["fault"] == faults.FAULT_ROLLER_BLOCKED
