"""The files of machines, the store over them, and the problems that it reports."""

from instep.storage.store import Store
from tests.keep_disk import FakeDisk

SETTINGS = ("/keep/settings.0", "/keep/settings.1")
JOURNAL = ("/keep/journal.0", "/keep/journal.1")
MARKER = "/keep/installed"
# Longer than the settings take to settle.
LONG_TICKS = 1000


def booted(files, disk=None):
    """Return the store of a machine that starts with these files."""
    store = Store(disk or FakeDisk(files))
    store.load()
    return store


def problems(store):
    """Take all problems of a store."""
    found = []
    while problem := store.take_problem():
        found.append(problem)
    return found
