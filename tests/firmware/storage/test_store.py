"""The store at boot: the loaded records, and each problem reported once."""

import errno

import pytest

from instep.levels import INTENSITY_NEW
from instep.storage.record import Record
from instep.storage.settings import SCHEMA
from instep.storage.store import (
    ERASED,
    JOURNAL_LOST,
    JOURNAL_OLDER,
    NO_PROBLEM,
    SETTINGS_LOST,
    SETTINGS_OLDER,
    SETTINGS_REFUSED,
)
from tests.firmware.storage.machines import JOURNAL, LONG_TICKS, MARKER, SETTINGS, booted, problems
from tests.keep_disk import FakeDisk


def test_loading_writes_nothing(files):
    before = dict(files)
    booted(files)
    assert files == before


@pytest.mark.parametrize("empty", [{}, {"/keep": None}])
def test_an_empty_file_system_is_reported_at_every_boot_until_it_is_acknowledged(empty):
    files: dict[str, bytes | None] = dict(empty)
    for _ in range(2):
        store = booted(files)
        assert problems(store) == [ERASED]
        store.settings.change("intensity", 5)
        for _ in range(LONG_TICKS):
            store.tick(True)
        assert files == empty
        assert store.take_problem() == NO_PROBLEM
    store.set_up()
    store.flush()
    assert problems(booted(files)) == []
    assert booted(files).settings["intensity"] == 5


def test_a_file_system_that_was_formatted_again_is_reported(files):
    files.clear()
    store = booted(files)
    assert problems(store) == [ERASED]
    assert store.settings["intensity"] == INTENSITY_NEW
    assert store.journal.session_count() == 0


def test_a_lost_marker_is_put_back_when_both_records_are_there(files):
    del files[MARKER]
    store = booted(files)
    assert problems(store) == []
    assert store.is_behind()
    store.flush()
    assert MARKER in files


@pytest.mark.parametrize(
    ("gone", "problem"), [(SETTINGS, SETTINGS_LOST), (JOURNAL, JOURNAL_LOST), (SETTINGS[1:], SETTINGS_OLDER)]
)
def test_files_that_are_gone_though_the_storage_was_set_up_are_reported_once(files, gone, problem):
    for name in gone:
        del files[name]
    store = booted(files)
    assert problems(store) == [problem]
    store.flush()
    assert problems(booted(files)) == []


def newest(names, files):
    return max(names, key=lambda name: files[name][8:12][::-1])


@pytest.mark.parametrize(("names", "problem"), [(SETTINGS, SETTINGS_OLDER), (JOURNAL, JOURNAL_OLDER)])
def test_a_damaged_record_falls_back_to_the_one_before_and_says_so_once(files, names, problem):
    files[newest(names, files)] = b"junk"
    store = booted(files)
    assert problems(store) == [problem]
    found = (store.settings["intensity"], store.journal.session_count())
    assert found == ((4, 2) if names is SETTINGS else (5, 1))
    store.flush()
    after = booted(files)
    assert problems(after) == []
    assert (after.settings["intensity"], after.journal.session_count()) == found


@pytest.mark.parametrize(("names", "problem"), [(SETTINGS, SETTINGS_LOST), (JOURNAL, JOURNAL_LOST)])
def test_a_record_that_is_wholly_damaged_is_replaced_and_said_once(files, names, problem):
    for name in names:
        files[name] = b"junk"
    store = booted(files)
    assert problems(store) == [problem]
    store.flush()
    assert problems(booted(files)) == []


def save_settings(files, payload):
    store = booted(files)
    store._folder.may_write = True
    record = Record(store._folder, "settings", SCHEMA, 192)
    record.load()
    record.save(payload)


def test_a_refused_key_is_said_once_and_the_good_ones_are_kept(files):
    save_settings(files, b"intensity=9\npace=1\n")
    store = booted(files)
    assert problems(store) == [SETTINGS_REFUSED]
    assert store.settings.refused == ["intensity: 9 is not one of 1, 2, 3, 4, 5"]
    store.flush()
    after = booted(files)
    assert problems(after) == []
    assert (after.settings["intensity"], after.settings["pace"]) == (INTENSITY_NEW, 1)


def test_a_journal_of_another_layout_is_said_once(files):
    store = booted(files)
    store._folder.may_write = True
    store._journal_writer.record.save(b"short")
    store = booted(files)
    assert problems(store) == [JOURNAL_LOST]
    store.flush()
    assert problems(booted(files)) == []


def test_an_unreadable_folder_is_damage_not_an_empty_machine(files):
    class Broken(FakeDisk):
        def listdir(self, path):
            raise OSError(errno.EIO, path)

    assert problems(booted(files, Broken(files))) == [SETTINGS_LOST, JOURNAL_LOST]
