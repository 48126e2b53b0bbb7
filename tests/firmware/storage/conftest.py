"""Files that several tests of the storage begin with."""

import pytest

from tests.firmware.storage.machines import booted, problems


@pytest.fixture
def files():
    """Files of a machine in use: every record was saved several times."""
    files: dict[str, bytes | None] = {}
    store = booted(files)
    store.set_up()
    store.flush()
    for intensity in (4, 5):
        store.settings.change("intensity", intensity)
        store.journal.begin_session(b"classic")
        store.flush()
    assert problems(booted(files)) == []
    return files
