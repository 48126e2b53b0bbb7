"""The installed files are held against their CRCs, in small slices, from memory that fails as flash does."""

from binascii import crc32
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instep.guard.image import DAMAGED, SOUND, TESTING, ImageTest

SLICE_BYTES = 512


class Disk:
    """Files by path; counts those that are open."""

    def __init__(self, **files):
        self.files = files
        self.open = 0

    def opened(self, path, mode):
        assert mode == "rb"
        if path not in self.files:
            raise FileNotFoundError(path)
        disk = self
        disk.open += 1

        class Stream(BytesIO):
            def readinto(self, buffer):
                assert len(buffer) == SLICE_BYTES, "a slice is small"
                return super().readinto(buffer)

            def close(self):
                disk.open -= not self.closed
                super().close()

        return Stream(self.files[path])

    def test(self):
        """Return a test of all files as they are now."""
        return ImageTest([(path, crc32(data)) for path, data in self.files.items()], self.opened)


def run(test):
    """Let all slices pass; return how many there were."""
    slices = 0
    while test.slice():
        slices += 1
        assert slices < 10_000
    return slices


@given(st.lists(st.binary(max_size=1_600), max_size=4))
def test_whole_files_are_sound_and_closed(contents):
    disk = Disk(**{f"file{index}": data for index, data in enumerate(contents)})
    test = disk.test()
    assert test.state == TESTING
    slices = run(test)
    assert (test.state, test.damaged, disk.open) == (SOUND, "", 0)
    assert slices == sum(len(data) // SLICE_BYTES + 1 for data in contents) + 1


@given(data=st.data(), contents=st.lists(st.binary(min_size=1, max_size=1_600), min_size=1, max_size=3))
def test_any_one_bit_is_found_in_any_file(data, contents):
    disk = Disk(**{f"file{index}": content for index, content in enumerate(contents)})
    test = disk.test()
    run(test)
    path = data.draw(st.sampled_from(sorted(disk.files)))
    damaged = bytearray(disk.files[path])
    damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    disk.files[path] = bytes(damaged)
    test.begin()
    assert test.state == TESTING
    run(test)
    assert (test.state, test.damaged, disk.open) == (DAMAGED, path, 0)


@pytest.mark.parametrize("cut", [1, SLICE_BYTES, 1_300])
def test_a_file_that_is_cut_short_is_damaged(cut):
    disk = Disk(app=bytes(range(250)) * 10)
    test = disk.test()
    disk.files["app"] = disk.files["app"][:-cut]
    run(test)
    assert (test.state, test.damaged) == (DAMAGED, "app")


def test_a_file_that_is_missing_is_damaged_and_the_rest_is_left():
    disk = Disk(first=b"a", second=b"b", third=b"c")
    test = disk.test()
    del disk.files["second"]
    assert run(test) == 2
    assert (test.state, test.damaged, disk.open) == (DAMAGED, "second", 0)
    assert not test.slice()


def test_beginning_anew_in_the_middle_of_a_file_closes_it():
    disk = Disk(first=bytes(2_000))
    test = disk.test()
    test.slice()
    assert disk.open == 1
    test.begin()
    assert disk.open == 0
    run(test)
    assert test.state == SOUND
