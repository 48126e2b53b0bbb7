"""A program that arrives in chunks: only in order, only into its buffer, whole or not at all."""

import pytest

from instep.link.upload import Upload
from instep.stroke.program import MAX_BYTES, ProgramError
from tests.fakes import stand_in
from tests.firmware.sessions import image


class Selection:
    """A session's selection that notes the uploaded program."""

    def __init__(self):
        self.dropped = 0
        self.taken = None

    def drop_uploaded(self):
        self.dropped += 1

    def take_uploaded(self, data):
        if bytes(data) == b"bad":
            raise ProgramError("bad")
        self.taken = bytes(data)


@pytest.fixture
def selection():
    return Selection()


@pytest.fixture
def upload(selection):
    return Upload(stand_in(selection=selection))


def put(upload, at, chunk):
    """Put a chunk that stands somewhere inside a message's body."""
    body = bytearray(b"..." + chunk + b"..")
    return upload.put(at, body, 3, 3 + len(chunk))


def test_chunks_in_order_become_the_program(upload, selection):
    data = image("demo")
    for at in range(0, len(data), 40):
        assert not upload.is_whole(len(data))
        assert put(upload, at, data[at : at + 40])
    assert upload.is_whole(len(data))
    upload.install()
    assert selection.taken == data and selection.dropped == 1


@pytest.mark.parametrize("at", [3, 5, 100])
def test_a_gap_or_a_repeated_chunk_is_refused_and_the_upload_can_go_on(upload, at):
    assert put(upload, 0, b"abcd")
    assert not put(upload, at, b"xxxx")
    assert put(upload, 4, b"ef")
    assert upload.is_whole(6) and not upload.is_whole(8)


def test_the_buffer_takes_the_largest_program_and_no_byte_more(upload):
    assert put(upload, 0, bytes(MAX_BYTES))
    assert not put(upload, MAX_BYTES, b"x")
    assert upload.is_whole(MAX_BYTES)


def test_a_new_upload_drops_the_program_before_it_overwrites_it(upload, selection):
    put(upload, 0, b"old program")
    put(upload, 0, b"new")
    upload.install()
    assert (selection.taken, selection.dropped) == (b"new", 2)


def test_nothing_is_not_a_whole_program(upload):
    assert not upload.is_whole(0)


def test_a_program_that_breaks_a_rule_is_refused_by_the_session(upload):
    put(upload, 0, b"bad")
    with pytest.raises(ProgramError):
        upload.install()
