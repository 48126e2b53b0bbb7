import errno
import struct
from binascii import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.storage.filesystem import READ, WRITE, Folder, MovingError
from instep.storage.record import (
    HEADER_FORMAT,
    LOADED,
    LOST,
    MAGIC,
    NEVER_SAVED,
    OLDER,
    Record,
    is_after,
)
from tests.keep_disk import FakeDisk

CAPACITY = 300
SCHEMA = 2
FILES = ("/keep/it.0", "/keep/it.1")


def record_on(files, schema=SCHEMA, disk=None):
    folder = Folder(disk or FakeDisk(files), "/keep")
    folder.may_write = True
    return Record(folder, "it", schema, CAPACITY)


def saved(*payloads, schema=SCHEMA):
    """Return files into which `payloads` were saved one after the other."""
    files = {"/keep": None}
    record = record_on(files, schema)
    for payload in payloads:
        record.save(payload)
    return files


def loaded(files, schema=SCHEMA):
    """Return (payload, outcome) of a load."""
    record = record_on(files, schema)
    payload = record.load()
    return payload, record.outcome


def newest_file(files):
    return max(FILES, key=lambda name: struct.unpack_from(HEADER_FORMAT, files.get(name, bytes(12)))[3])


def image(payload, sequence, schema=SCHEMA):
    body = struct.pack(HEADER_FORMAT, MAGIC, schema, len(payload), sequence) + payload
    return body + struct.pack("<I", crc32(body))


@given(st.lists(st.binary(max_size=CAPACITY), min_size=1, max_size=5))
def test_the_last_payload_that_was_saved_is_loaded(payloads):
    assert loaded(saved(*payloads)) == (payloads[-1], LOADED)


def test_what_was_never_saved_is_no_damage():
    assert loaded({}) == (None, NEVER_SAVED)


@given(st.data())
def test_any_changed_bit_of_the_newest_file_is_noticed_and_the_one_before_is_used(data):
    files = saved(b"one", b"two")
    name = newest_file(files)
    content = bytearray(files[name])
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    files[name] = bytes(content)
    assert loaded(files) == (b"one", OLDER)


@given(st.data())
def test_a_newest_file_that_was_cut_or_grew_is_noticed_and_the_one_before_is_used(data):
    files = saved(b"one", b"two")
    name = newest_file(files)
    cut = data.draw(st.integers(0, len(files[name]) - 1))
    files[name] = data.draw(st.sampled_from([files[name][:cut], files[name] + bytes(1 + cut)]))
    assert loaded(files) == (b"one", OLDER)


def test_a_full_file_that_grew_is_noticed():
    files = saved(b"one", bytes(CAPACITY))
    files[newest_file(files)] += b"\0"
    assert loaded(files) == (b"one", OLDER)


def test_a_newest_file_that_is_gone_is_noticed():
    files = saved(b"one", b"two", b"three")
    del files[newest_file(files)]
    assert loaded(files) == (b"two", OLDER)


def test_an_older_file_that_is_damaged_is_reported_because_it_may_have_been_the_newest():
    files = saved(b"one", b"two")
    files[min(FILES, key=lambda name: name == newest_file(files))] = b"junk"
    assert loaded(files) == (b"two", OLDER)


def test_two_damaged_files_are_lost():
    assert loaded({"/keep": None, FILES[0]: b"", FILES[1]: b"junk"}) == (None, LOST)


def fail(*_):
    raise OSError(errno.EIO)


@pytest.mark.parametrize("operation", ["open", "listdir"])
def test_a_file_that_cannot_be_read_is_damaged_not_missing(operation):
    disk = FakeDisk(saved(b"one", b"two"))
    setattr(disk, operation, fail)
    record = record_on({}, disk=disk)
    assert record.load() is None
    assert record.outcome == LOST


@pytest.mark.parametrize("damaged", [FILES[:1], FILES[1:], FILES])
def test_a_save_after_damage_mends_it_so_that_it_is_said_once(damaged):
    files = saved(b"one", b"two")
    files.update(dict.fromkeys(damaged, b""))
    record = record_on(files)
    record.load()
    assert record.needs_repair()
    saves = 0
    while record.needs_repair():
        record.save(b"mended")
        saves += 1
    assert saves == len(damaged)
    assert loaded(files) == (b"mended", LOADED)


def test_a_save_replaces_the_damaged_file_and_keeps_the_good_one():
    files = saved(b"one", b"two")
    bad = newest_file(files)
    good = min(FILES, key=lambda name: name == bad)
    files[bad] = b"junk"
    kept = files[good]
    record = record_on(files)
    record.load()
    record.save(b"new")
    assert files[good] == kept
    assert loaded(files) == (b"new", LOADED)


def test_saves_take_turns_after_a_load():
    files = saved(b"one", b"two")
    record = record_on(files)
    record.load()
    for payload in (b"three", b"four", b"five"):
        record.save(payload)
    files[newest_file(files)] = b""
    assert loaded(files) == (b"four", OLDER)


def test_a_file_of_something_else_is_refused_though_its_sum_is_right():
    body = b"ISTP" + image(b"two", 2)[4:-4]
    files = saved(b"one")
    files[FILES[1]] = body + struct.pack("<I", crc32(body))
    assert loaded(files) == (b"one", OLDER)


@pytest.mark.parametrize("saves", range(1, 5))
def test_the_payload_before_the_last_stays_readable(saves):
    files = saved(*[b"%d" % save for save in range(saves + 1)])
    files[newest_file(files)] = b""
    assert loaded(files) == (b"%d" % (saves - 1), OLDER)


def test_a_record_of_a_later_firmware_is_refused_and_the_one_before_is_used():
    files = saved(b"mine")
    files[FILES[1]] = image(b"theirs", 2, SCHEMA + 1)
    assert loaded(files) == (b"mine", OLDER)
    assert loaded(files, SCHEMA + 1) == (b"theirs", LOADED)


@pytest.mark.parametrize("newest", [0, 1])
def test_a_save_after_a_later_firmwares_records_is_newer_and_keeps_the_newest_of_them(newest):
    files = {"/keep": None}
    files[FILES[newest]] = spared = image(b"theirs", 8, SCHEMA + 1)
    files[FILES[1 - newest]] = image(b"theirs before", 7, SCHEMA + 1)
    record = record_on(files)
    assert record.load() is None
    record.save(b"mine")
    assert files[FILES[newest]] == spared
    assert loaded(files) == (b"mine", LOADED)


def test_the_schema_of_an_earlier_firmware_is_reported():
    record = record_on(saved(b"old", schema=1))
    assert record.load() == b"old"
    assert record.schema_found == 1


def test_the_sequence_goes_on_across_its_greatest_number():
    files = {"/keep": None, FILES[0]: image(b"one", 2**32 - 2), FILES[1]: image(b"two", 2**32 - 1)}
    record = record_on(files)
    assert record.load() == b"two"
    for payload in (b"three", b"four", b"five"):
        record.save(payload)
        assert loaded(files) == (payload, LOADED)


@given(st.integers(0, 2**32 - 1), st.integers(1, 2**31 - 1))
def test_a_later_number_is_after_an_earlier_one_and_not_the_other_way_round(earlier, step):
    later = (earlier + step) % 2**32
    assert is_after(later, earlier)
    assert not is_after(earlier, later)
    assert not is_after(earlier, earlier)


class Forgetful(FakeDisk):
    """Loses, adds or changes one byte of each write, as `harm` does."""

    harm = staticmethod(bytes)

    def open(self, path, mode):
        if mode == READ and path.endswith(".new"):
            self.files[path] = self.harm(self.files[path])
        return super().open(path, mode)


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-1], lambda data: data + b"\0", lambda data: data[:-1] + b"\0", lambda data: b""]
)
@pytest.mark.parametrize("length", [0, 48, 100, CAPACITY])
def test_a_write_that_reads_back_otherwise_replaces_nothing(harm, length):
    files = saved(b"one", b"two")
    before = {name: files[name] for name in FILES}
    disk = Forgetful(files)
    disk.harm = harm
    record = record_on(files, disk=disk)
    record.load()
    with pytest.raises(OSError):
        record.save(b"\xaa" * length)
    assert not record.is_saving()
    assert {name: files[name] for name in FILES} == before


def test_a_payload_over_the_capacity_is_refused_before_anything_is_written():
    files = saved(b"one")
    before = dict(files)
    with pytest.raises(ValueError, match="holds 300 bytes, not 301"):
        record_on(files).save(bytes(CAPACITY + 1))
    assert files == before


def test_each_step_of_a_save_is_refused_while_something_may_move():
    files = saved(b"one")
    folder = Folder(FakeDisk(files), "/keep")
    record = Record(folder, "it", SCHEMA, CAPACITY)
    record.load()
    record.begin(b"two")
    with pytest.raises(MovingError):
        record.step()
    folder.may_write = True
    record.begin(b"two")
    record.step()
    record.step()
    folder.may_write = False
    with pytest.raises(MovingError):
        record.step()
    assert loaded(files) == (b"one", LOADED)


def test_a_folder_is_neither_made_nor_written_while_something_may_move():
    disk = FakeDisk()
    folder = Folder(disk, "/keep")
    for write in (folder.make, lambda: folder.open("a", WRITE), lambda: folder.rename("a", "b")):
        with pytest.raises(MovingError):
            write()
    assert disk.points == 0
