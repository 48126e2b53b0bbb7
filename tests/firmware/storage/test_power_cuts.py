"""The power fails at every cut point of every write: the old record or the new one is there, never neither."""

import pytest

from instep.storage.filesystem import Folder
from instep.storage.journal import FAULTS, SESSIONS
from instep.storage.record import LOADED, Record
from instep.storage.settings import Settings
from instep.storage.store import ERASED, NO_PROBLEM, Store
from tests.keep_disk import FakeDisk, Flash, LittleDisk, PowerCut

FAULT = 3
STATE = 5
MANY_SAVES = 80


def booted(disk):
    store = Store(disk)
    store.load()
    return store


def set_up(disk):
    """Set the storage up on an empty `disk` and leave two settings and two sessions in it."""
    store = booted(disk)
    assert store.take_problem() == ERASED
    store.set_up()
    store.flush()
    for intensity in (1, 2):
        change(store, intensity)
        store.flush()


def change(store, intensity):
    """Choose an intensity and note a session that was given with it."""
    store.settings.change("intensity", intensity)
    store.journal.begin_session(b"classic")
    store.journal.see(25_000 + intensity, 3900)
    store.journal.note_levels(intensity, 2, 1, 15, 2)
    store.journal.end_session(900, 1, 0, 0)
    store.journal.note_fault(FAULT, STATE, intensity)


def kept(store):
    """Return what `change` changes, and check that the journal can be read from end to end."""
    journal = store.journal
    orders = [journal.session(back)["order"] for back in range(journal.session_count())]
    assert orders == list(range(orders[0], orders[0] - min(orders[0], SESSIONS), -1))
    faults = [journal.fault(back) for back in range(journal.fault_count())]
    assert [(fault["order"], fault["fault"]) for fault in faults] == [(order, FAULT) for order in orders[:FAULTS]]
    return store.settings["intensity"], orders[0]


def save_cut(disk, intensity):
    """Save a change on `disk`; return whether the power failed meanwhile."""
    store = booted(disk)
    change(store, intensity)
    try:
        store.flush()
    except PowerCut:
        return True
    return False


def test_settings_and_journal_survive_a_power_cut_at_every_point_of_a_save(record_property):
    base = FakeDisk()
    set_up(base)
    counts = {}
    for keeps_part in (False, True):
        seen = set()
        is_cut = True
        cut = 0
        while is_cut:
            files = dict(base.files)
            is_cut = save_cut(FakeDisk(files, cut, keeps_part), 4)
            after = booted(FakeDisk(files))
            assert after.take_problem() == NO_PROBLEM
            seen.add(kept(after))
            change(after, 5)
            after.flush()
            again = booted(FakeDisk(files))
            assert again.take_problem() == NO_PROBLEM
            assert kept(again)[0] == 5
            cut += 1
        counts[keeps_part] = cut - 1
        assert seen == {(2, 2), (2, 3), (4, 3)}
    assert counts[False] == counts[True] == POINTS_OF_A_SAVE
    record_property(
        "figure", f"power cut points of one save of both records: {counts[False]}, twice; lost settings 0, journals 0"
    )


# Both images byte for byte, and per record: opening and closing twice, 2 each time, and renaming 2.
SETTINGS_IMAGE_BYTES = 12 + len(Settings().payload()) + 4
JOURNAL_IMAGE_BYTES = 12 + 12 + 50 * 40 + 20 * 8 + 4
POINTS_OF_A_SAVE = SETTINGS_IMAGE_BYTES + JOURNAL_IMAGE_BYTES + 2 * 10


def record_on(files, cut=None):
    folder = Folder(FakeDisk(files, cut, keeps_part=True), "/keep")
    folder.may_write = True
    record = Record(folder, "it", 1, 32)
    return record.load(), record.outcome, record


def cut_record(files, cut, payload):
    """Save `payload` until the power fails; return whether it did."""
    try:
        record_on(files, cut)[2].save(payload)
    except PowerCut:
        return True
    return False


def test_two_power_cuts_one_after_the_other_lose_nothing_wherever_they_come(record_property):
    base = {"/keep": None}
    for payload in (b"first", b"second"):
        assert not cut_record(base, None, payload)
    pairs = 0
    first = 0
    while cut_record(once := dict(base), first, b"third"):
        before = record_on(once)[0]
        second = 0
        while cut_record(twice := dict(once), second, b"fourth"):
            payload, outcome, _ = record_on(twice)
            assert outcome == LOADED
            assert payload in (before, b"fourth")
            second += 1
        assert before in (b"second", b"third")
        pairs += second
        first += 1
    record_property("figure", f"pairs of power cut points of a short record: {pairs}, all of them; lost 0")
    assert pairs == first * (first + 1)


@pytest.mark.parametrize("names", [["settings"], ["journal"], ["settings", "journal"]])
def test_a_power_cut_while_damage_is_mended_leaves_the_last_good_record(names):
    base = FakeDisk()
    set_up(base)
    for name in names:
        base.files[newest_file(base.files, name)] = b"junk"
    good = kept(booted(FakeDisk(dict(base.files))))
    is_cut = True
    cut = 0
    while is_cut:
        files = dict(base.files)
        store = booted(FakeDisk(files, cut, keeps_part=True))
        is_cut = False
        try:
            store.flush()
        except PowerCut:
            is_cut = True
        assert kept(booted(FakeDisk(files))) == good
        cut += 1
    assert cut > len(names) * SETTINGS_IMAGE_BYTES
    assert booted(FakeDisk(files)).take_problem() == NO_PROBLEM


def newest_file(files, name):
    """Return the file of the record `name` with the greater sequence number."""
    slots = [f"/keep/{name}.{slot}" for slot in (0, 1)]
    return max(slots, key=lambda slot: files[slot][8])


def test_a_second_power_cut_while_the_first_is_mended_loses_nothing():
    base = FakeDisk()
    set_up(base)
    for first in range(0, POINTS_OF_A_SAVE, 11):
        once = dict(base.files)
        assert save_cut(FakeDisk(once, first, True), 4)
        before = kept(booted(FakeDisk(dict(once))))
        for second in range(0, POINTS_OF_A_SAVE, 173):
            twice = dict(once)
            assert save_cut(FakeDisk(twice, second, True), 5)
            after = booted(FakeDisk(twice))
            assert after.take_problem() == NO_PROBLEM
            intensity, sessions = kept(after)
            assert intensity in (before[0], 5)
            assert sessions in (before[1], before[1] + 1)


def test_a_power_cut_while_the_storage_is_set_up_is_either_reported_or_has_done_no_harm():
    reported: list[int] = []
    is_cut = True
    while is_cut:
        files: dict[str, bytes | None] = {}
        disk = FakeDisk(files)
        store = booted(disk)
        store.set_up()
        disk._cut = disk.points + len(reported)
        try:
            store.flush()
            is_cut = False
        except PowerCut:
            is_cut = True
        after = booted(FakeDisk(files))
        problem = after.take_problem()
        reported.append(problem)
        if problem != NO_PROBLEM:
            assert problem == ERASED
            after.set_up()
        after.flush()
        assert after.take_problem() == NO_PROBLEM
        assert booted(FakeDisk(files)).take_problem() == NO_PROBLEM
    assert set(reported) == {NO_PROBLEM, ERASED}
    assert reported == sorted(reported, reverse=True)


@pytest.mark.parametrize("eighths_done", [0, 4, 7])
def test_littlefs_can_be_set_up_after_a_power_cut_at_every_point_of_setting_it_up(eighths_done):
    empty = bytes(LittleDisk(Flash(), is_new=True).flash.buffer)
    reported: list[int] = []
    is_cut = True
    while is_cut:
        flash = Flash(empty, len(reported), eighths_done)
        store = booted(LittleDisk(flash))
        store.set_up()
        is_cut = False
        try:
            store.flush()
        except PowerCut:
            is_cut = True
        disk = LittleDisk(Flash(flash.buffer))
        after = booted(disk)
        reported.append(after.take_problem())
        after.set_up()
        after.flush()
        assert after.take_problem() == NO_PROBLEM
        assert booted(disk).take_problem() == NO_PROBLEM
    assert set(reported) == {ERASED, NO_PROBLEM}
    assert reported == sorted(reported, reverse=True)


@pytest.mark.parametrize("eighths_done", [0, 4, 7])
def test_littlefs_keeps_settings_and_journal_at_every_cut_of_many_saves(eighths_done, record_property):
    disk = LittleDisk(Flash(), is_new=True)
    set_up(disk)
    image = bytes(disk.flash.buffer)
    cuts = 0
    for save in range(MANY_SAVES):
        old = kept(booted(LittleDisk(Flash(image))))
        new = (1 + save % 5, old[1] + 1)
        is_cut = True
        cut = 0
        while is_cut:
            flash = Flash(image, cut, eighths_done)
            is_cut = save_cut(LittleDisk(flash), new[0])
            after = booted(LittleDisk(Flash(flash.buffer)))
            assert after.take_problem() == NO_PROBLEM
            assert kept(after) in (old, (old[0], new[1]), new)
            cut += 1
        assert kept(after) == new
        cuts += cut - 1
        image = bytes(flash.buffer)
    assert cuts > 10 * MANY_SAVES
    record_property(
        "figure",
        f"power cuts {eighths_done}/8 into writes and erases of littlefs: {cuts}; lost settings 0, journals 0",
    )


MAX_ERASES_PER_SLICE = 2


def test_no_slice_of_a_save_erases_more_blocks_than_the_watchdog_has_time_for():
    flash = Flash()
    disk = LittleDisk(flash, is_new=True)
    set_up(disk)
    store = booted(disk)
    maximum = 0
    for save in range(MANY_SAVES):
        change(store, 1 + save % 5)
        while store.is_behind():
            before = flash.erases
            store.tick(True)
            maximum = max(maximum, flash.erases - before)
    assert 0 < maximum <= MAX_ERASES_PER_SLICE


@pytest.mark.parametrize("disk", [FakeDisk, lambda: LittleDisk(Flash(), is_new=True)])
def test_what_was_kept_is_there_after_the_next_boot(disk):
    same = disk()
    set_up(same)
    assert kept(booted(same)) == (2, 2)
