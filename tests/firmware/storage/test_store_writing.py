"""The store while it writes: only when nothing moves, once for many changes, and what happens on a full flash."""

import errno

import pytest

from instep.storage.filesystem import MovingError
from instep.storage.store import (
    ERASED,
    NOT_SAVED,
)
from tests.firmware.storage.machines import JOURNAL, LONG_TICKS, MARKER, SETTINGS, booted, problems
from tests.keep_disk import FakeDisk


def test_nothing_is_written_while_something_may_move_and_everything_after(files):
    before = dict(files)
    store = booted(files)
    store.settings.change("intensity", 1)
    store.journal.begin_session(b"quick")
    for _ in range(LONG_TICKS):
        store.tick(False)
    assert files == before
    assert store.is_behind()
    for _ in range(LONG_TICKS):
        store.tick(True)
    assert not store.is_behind()
    after = booted(files)
    assert (after.settings["intensity"], after.journal.session_count()) == (1, 3)


def test_the_gate_is_shut_again_when_something_may_move(files):
    store = booted(files)
    record = store._journal_writer.record
    record.begin(b"")
    store.tick(True)
    store.tick(False)
    with pytest.raises(MovingError):
        record.step()
        record.step()


@pytest.mark.parametrize("slices", range(8))
def test_a_save_that_a_session_interrupts_is_finished_after_it(files, slices):
    store = booted(files)
    store.journal.begin_session(b"quick")
    for _ in range(slices):
        store.tick(True)
    halfway = dict(files)
    for _ in range(LONG_TICKS):
        store.tick(False)
    assert files == halfway
    assert problems(booted(dict(files))) == []
    store.journal.end_session(60, 1, 0, 0)
    store.flush()
    assert booted(files).journal.session(0)["result"] == 1


def test_settings_are_written_once_after_many_presses(files):
    disk = FakeDisk(files)
    store = booted(files, disk)
    for intensity in (1, 2, 3, 4) * 5:
        store.settings.change("intensity", intensity)
        before = disk.points
        for _ in range(100):
            store.tick(True)
        assert disk.points == before
    for _ in range(LONG_TICKS):
        store.tick(True)
    assert 0 < disk.points - before < 200
    assert booted(files).settings["intensity"] == 4


def test_nothing_is_written_when_nothing_has_changed(files):
    disk = FakeDisk(files)
    store = booted(files, disk)
    before = disk.points
    for _ in range(LONG_TICKS):
        store.tick(True)
    assert disk.points == before
    assert not store.is_behind()


class FullDisk(FakeDisk):
    """Refuses the first `refusals` writes."""

    refusals = 0
    error: Exception = OSError(errno.ENOSPC)

    def open(self, path, mode):
        if mode != "rb" and self.refusals:
            self.refusals -= 1
            raise self.error
        return super().open(path, mode)

    def mkdir(self, path):
        if self.refusals:
            raise self.error
        super().mkdir(path)


def test_a_write_that_fails_twice_is_done_at_the_third_try_every_time(files):
    disk = FullDisk(files)
    store = booted(files, disk)
    for sessions in (3, 4):
        disk.refusals = 2
        store.journal.begin_session(b"quick")
        store.flush()
        assert problems(store) == []
        assert booted(files).journal.session_count() == sessions


def test_a_write_that_fails_three_times_is_said_and_tried_again_with_the_next_change(files):
    disk = FullDisk(files)
    disk.refusals = 3
    store = booted(files, disk)
    store.journal.begin_session(b"quick")
    store.flush()
    assert problems(store) == [NOT_SAVED]
    assert booted(dict(files)).journal.session_count() == 2
    disk.refusals = 2
    store.journal.begin_session(b"quick")
    store.flush()
    assert problems(store) == []
    assert booted(files).journal.session_count() == 4


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC), MemoryError()])
def test_setting_up_a_disk_that_cannot_be_written_ends_and_is_said(error):
    disk = FullDisk()
    disk.error = error
    disk.refusals = 100
    store = booted({}, disk)
    assert problems(store) == [ERASED]
    store.set_up()
    store.tick(True)
    assert problems(store) == [NOT_SAVED]
    store.flush()
    assert problems(store) == [NOT_SAVED]
    assert problems(booted(disk.files)) == [ERASED]


def test_the_marker_is_written_last_even_if_a_setting_is_changed_meanwhile():
    files: dict[str, bytes | None] = {}
    store = booted(files)
    store.set_up()
    store.settings.change("intensity", 5)
    while store.is_behind():
        assert MARKER not in files
        store.tick(True)
    assert {MARKER, SETTINGS[0], JOURNAL[0]} <= files.keys()
