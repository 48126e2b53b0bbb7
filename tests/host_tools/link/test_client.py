"""The client's longer requests: programs, the journal, settings."""

import struct

import pytest

from host_tools.link.errors import RefusedError
from instep.storage.journal import Journal
from tests.firmware.sessions import image
from tests.host_tools.link.memory_board import Board


def test_a_program_is_uploaded_whole_with_its_progress():
    board = Board()
    sent: list[int] = []
    client = board.client()
    client.install(image("evening"), sent.append)
    assert sent[-1] == len(image("evening")) and sent == sorted(sent)
    assert client.programs()[-1].name == "evening"
    assert board.app.session.selection.library.chosen().name == "evening"


def test_the_journal_is_read_again_if_an_entry_is_added_meanwhile():
    board = Board()
    client = board.client()
    journal = board.app.store.journal
    journal.begin_session(b"classic")
    image_of = client._journal_image
    changes: list[int] = []

    def image_and_change():
        if not changes:
            changes.append(1)
            ask = client.ask

            def ask_and_change(kind, data=b"", *more):
                if data == struct.pack("<H", 128):
                    journal.note_fault(1, 0, 0)
                    client.ask = ask
                return ask(kind, data, *more)

            client.ask = ask_and_change
        return image_of()

    client._journal_image = image_and_change
    read = client.journal()
    assert isinstance(read, Journal)
    assert (read.session(0)["program"], read.fault(0)["fault"]) == ("classic", 1)


def test_settings_are_read_and_changed():
    client = Board().client()
    client.change_setting("pace", "3")
    assert client.settings()["pace"] == "3"
    with pytest.raises(RefusedError, match="pace: 9 is not one of 1, 2, 3"):
        client.change_setting("pace", "9")
