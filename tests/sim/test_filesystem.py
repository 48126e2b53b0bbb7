"""The board's file system in memory behaves like littlefs where the firmware depends on it."""

import errno

import pytest

from instep.storage.store import NO_PROBLEM, Store
from sim.filesystem import MemoryFilesystem, installed_filesystem


@pytest.fixture
def disk():
    disk = MemoryFilesystem()
    disk.mkdir("/keep")
    return disk


def write(disk, path, content):
    with disk.open(path, "wb") as file:
        file.write(content)


def test_a_write_takes_effect_when_its_file_is_closed(disk):
    file = disk.open("/keep/a", "wb")
    file.write(b"new")
    assert disk.open("/keep/a", "rb").read() == b""
    file.close()
    assert disk.open("/keep/a", "rb").read() == b"new"


def test_opening_for_writing_empties_a_file_at_once(disk):
    write(disk, "/keep/a", b"old")
    disk.open("/keep/a", "wb")
    assert disk.open("/keep/a", "rb").read() == b""


def test_a_rename_replaces_the_file_of_the_new_name(disk):
    write(disk, "/keep/a", b"new")
    write(disk, "/keep/b", b"old")
    disk.rename("/keep/a", "/keep/b")
    assert disk.listdir("/keep") == ["b"]
    assert disk.open("/keep/b", "rb").read() == b"new"


@pytest.mark.parametrize(
    ("call", "number"),
    [
        (lambda disk: disk.open("/keep/missing", "rb"), errno.ENOENT),
        (lambda disk: disk.open("/missing/a", "wb"), errno.ENOENT),
        (lambda disk: disk.rename("/keep/missing", "/keep/a"), errno.ENOENT),
        (lambda disk: disk.listdir("/missing"), errno.ENOENT),
        (lambda disk: disk.mkdir("/keep"), errno.EEXIST),
    ],
)
def test_an_error_has_its_number(disk, call, number):
    with pytest.raises(OSError) as caught:
        call(disk)
    assert caught.value.errno == number


def test_an_installed_disk_loads_without_a_problem():
    store = Store(installed_filesystem())
    store.load()
    assert store.take_problem() == NO_PROBLEM
