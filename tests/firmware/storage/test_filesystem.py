"""The folder of the records: read at any time, written only while nothing may move."""

import pytest

from instep.storage.filesystem import READ, WRITE, Filesystem, Folder, MovingError
from tests.keep_disk import FakeDisk


@pytest.fixture(params=["memory", "disk"])
def folder(request, tmp_path):
    """Return a folder that does not exist yet: over the double, and over the computer's own file system."""
    if request.param == "memory":
        return Folder(FakeDisk({}), "/keep")
    return Folder(Filesystem(), f"{tmp_path}/keep")


def write(folder, name, content):
    with folder.open(name, WRITE) as file:
        file.write(content)


def read(folder, name):
    with folder.open(name, READ) as file:
        return file.read()


def test_a_folder_is_made_once_and_only_at_rest(folder):
    assert not folder.has("a")
    with pytest.raises(MovingError):
        folder.make()
    folder.may_write = True
    folder.make()
    folder.make()
    assert not folder.has("a")


def test_files_are_written_renamed_and_found_at_rest(folder):
    folder.may_write = True
    folder.make()
    write(folder, "new", b"content")
    assert folder.has("new") and read(folder, "new") == b"content"
    write(folder, "old", b"before")
    folder.rename("new", "old")
    assert not folder.has("new") and read(folder, "old") == b"content"


def test_while_something_may_move_files_can_be_read_and_nothing_else(folder):
    folder.may_write = True
    folder.make()
    write(folder, "a", b"kept")
    folder.may_write = False
    assert folder.has("a") and read(folder, "a") == b"kept"
    with pytest.raises(MovingError):
        folder.open("a", WRITE)
    with pytest.raises(MovingError):
        folder.rename("a", "b")
    assert read(folder, "a") == b"kept"


def test_a_missing_file_is_an_error_of_the_file_system(folder):
    folder.may_write = True
    folder.make()
    with pytest.raises(OSError):
        folder.open("nothing", READ)
