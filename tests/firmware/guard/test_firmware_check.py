"""The installed files are held against their manifest, in small slices, from memory that fails as flash does."""

import hashlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host_tools.flash.image import Image
from instep.guard.firmware_check import DAMAGED, MANIFEST, SOUND, TESTING, FirmwareCheck

SLICE_BYTES = 512


class Disk:
    """A slot's files by path; keeps whatever was opened, so that nobody but who opened it closes it."""

    def __init__(self, **files):
        self.files = files
        self.files[MANIFEST] = Image(dict(files), {}).manifest.encode()
        self.streams = []

    @property
    def open(self):
        """Return how many files are open."""
        return sum(not stream.closed for stream in self.streams)

    def opened(self, path):
        assert path.startswith("/a/")
        if path[3:] not in self.files:
            raise FileNotFoundError(path)

        class Stream(BytesIO):
            def readinto(self, buffer):
                assert len(buffer) == SLICE_BYTES, "a slice is small"
                return super().readinto(buffer)

        self.streams.append(Stream(self.files[path[3:]]))
        return self.streams[-1]

    def test(self):
        return FirmwareCheck("/a", self.opened)


def run(test):
    """Let all slices pass; return how many there were."""
    slices = 0
    while test.slice():
        slices += 1
        assert slices < 10_000
    return slices


def _disk(contents):
    return Disk(**{f"file{index}": data for index, data in enumerate(contents)})


@given(st.lists(st.binary(max_size=1_600), min_size=1, max_size=4))
def test_whole_files_are_sound_and_closed(contents):
    disk = _disk(contents)
    test = disk.test()
    assert test.state == TESTING
    slices = run(test)
    assert (test.state, test.damaged, disk.open) == (SOUND, b"", 0)
    assert slices == 2 + sum(1 + len(data) // SLICE_BYTES + 1 for data in contents)


@given(data=st.data(), contents=st.lists(st.binary(min_size=1, max_size=1_600), min_size=1, max_size=3))
def test_any_one_bit_is_found_in_any_file(data, contents):
    disk = _disk(contents)
    test = disk.test()
    run(test)
    path = data.draw(st.sampled_from(sorted(disk.files.keys() - {MANIFEST})))
    damaged = bytearray(disk.files[path])
    damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    disk.files[path] = bytes(damaged)
    test.begin()
    assert test.state == TESTING
    run(test)
    assert (test.state, test.damaged, disk.open) == (DAMAGED, path.encode(), 0)


@given(st.data())
def test_any_one_bit_of_a_digest_or_a_path_in_the_manifest_is_found(data):
    disk = Disk(app=bytes(700), other=b"o")
    lines = bytearray(disk.files[MANIFEST])
    meant = [at for at, byte in enumerate(lines) if byte not in b" \n"]
    lines[data.draw(st.sampled_from(meant))] ^= 1 << data.draw(st.integers(0, 7))
    disk.files[MANIFEST] = bytes(lines)
    test = disk.test()
    run(test)
    assert (test.state, disk.open) == (DAMAGED, 0)


@pytest.mark.parametrize("cut", [1, SLICE_BYTES, 1_300])
def test_a_file_that_is_cut_short_is_damaged(cut):
    disk = Disk(app=bytes(range(250)) * 10)
    disk.files["app"] = disk.files["app"][:-cut]
    test = disk.test()
    run(test)
    assert (test.state, test.damaged) == (DAMAGED, b"app")


def test_a_file_that_is_missing_is_damaged_and_the_rest_is_left():
    disk = Disk(first=b"a", second=b"b", third=b"c")
    del disk.files["second"]
    test = disk.test()
    assert run(test) == 4
    assert (test.state, test.damaged, disk.open) == (DAMAGED, b"second", 0)
    assert not test.slice()


@pytest.mark.parametrize("content", [None, b""])
def test_a_manifest_that_is_missing_or_empty_is_damaged(content):
    disk = Disk(first=b"a")
    if content is None:
        del disk.files[MANIFEST]
    else:
        disk.files[MANIFEST] = content
    test = disk.test()
    run(test)
    assert (test.state, test.damaged, disk.open) == (DAMAGED, MANIFEST.encode(), 0)


def test_a_restart_in_the_middle_of_a_file_closes_the_file():
    disk = Disk(first=bytes(2_000))
    test = disk.test()
    for _ in range(3):
        test.slice()
    assert disk.open == 2
    test.begin()
    assert disk.open == 0
    run(test)
    assert test.state == SOUND


def test_the_digest_is_the_one_that_the_laptop_writes():
    disk = Disk(app=b"abc")
    assert disk.files[MANIFEST] == hashlib.sha256(b"abc").hexdigest().encode() + b"  app\n"
