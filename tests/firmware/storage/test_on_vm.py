"""What is kept on CPython is read on MicroPython, and the other way round; the journal notes with the heap locked."""

import json

from instep.storage.store import NO_PROBLEM, Store
from tests.keep_disk import FakeDisk
from tests.vm.harness import run_on_vm

PATH = "/keep"

READ = """
import json
from binascii import hexlify
from instep.storage.filesystem import Filesystem
from instep.storage.store import ERASED, NO_PROBLEM, Store
def show(store):
    journal = store.journal
    return {
        "problem": store.take_problem(),
        "settings": store.settings.payload().decode(),
        "sessions": [journal.session(back) for back in range(journal.session_count())],
        "faults": [journal.fault(back) for back in range(journal.fault_count())],
    }
"""

SHOW = (
    READ
    + """
store = Store(Filesystem())
store.load()
print(json.dumps(show(store)))
"""
)

KEEP = (
    READ
    + """
import micropython
import os
first = Store(Filesystem())
first.load()
assert first.take_problem() == ERASED
first.set_up()
first.flush()
store = Store(Filesystem())
store.load()
assert store.take_problem() == NO_PROBLEM
store.settings.change("minutes", 20)
store.settings.change("program", "evening")
journal = store.journal
name = b"evening"
micropython.heap_lock()
for session in range(60):
    journal.begin_session(name)
    journal.see(20000 + session, 3800)
    journal.note_levels(1, 2, 3, 20, 2)
    journal.late_ticks += session
    journal.note_fault(7, 5, session)
    journal.end_session(100 + session, 4, 0, 7)
    store.tick(False)
micropython.heap_unlock()
store.flush()
files = {name: hexlify(open("/keep/" + name, "rb").read()).decode() for name in os.listdir("/keep")}
print(json.dumps({"kept": show(store), "files": files}))
"""
)


def shown(store):
    journal = store.journal
    return {
        "problem": store.take_problem(),
        "settings": store.settings.payload().decode(),
        "sessions": [journal.session(back) for back in range(journal.session_count())],
        "faults": [journal.fault(back) for back in range(journal.fault_count())],
    }


def test_micropython_reads_what_cpython_has_kept():
    files: dict[str, bytes | None] = {}
    store = Store(FakeDisk(files))
    store.load()
    store.take_problem()
    store.set_up()
    store.settings.change("heat", 2)
    for session in range(60):
        store.journal.begin_session(b"classic")
        store.journal.see(30_000 + session, -session)
        store.journal.end_session(session, 1, 2, 3)
        store.journal.note_fault(3, 5, session)
    store.flush()
    content = {path: data for path, data in files.items() if data is not None}
    assert json.loads(run_on_vm(SHOW, content)) == shown(store)


def test_cpython_reads_what_micropython_has_kept_with_the_heap_locked():
    kept = json.loads(run_on_vm(KEEP))
    files = {f"{PATH}/{name}": bytes.fromhex(data) for name, data in kept["files"].items()}
    store = Store(FakeDisk({PATH: None} | files))
    store.load()
    assert shown(store) == kept["kept"]
    assert store.take_problem() == NO_PROBLEM
    assert store.journal.session(0)["order"] == 60
    assert store.journal.session(0)["late_ticks"] == 59
    assert store.settings["program"] == "evening"
    assert not store.is_behind()
