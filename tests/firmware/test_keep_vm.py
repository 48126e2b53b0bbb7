"""What is kept on CPython is read on MicroPython, and the other way round; the journal notes with the heap locked."""

import json

from instep.keep.keeper import NO_PROBLEM, Keeper
from tests.keep_disk import FakeDisk
from tests.vm.harness import run_on_vm

PATH = "/keep"

READ = """
import json
from binascii import hexlify
from instep.keep.disk import Disk
from instep.keep.keeper import ERASED, NO_PROBLEM, Keeper
def show(keeper):
    journal = keeper.journal
    return {
        "problem": keeper.take_problem(),
        "settings": keeper.settings.payload().decode(),
        "sessions": [journal.session(back) for back in range(journal.session_count())],
        "faults": [journal.fault(back) for back in range(journal.fault_count())],
    }
"""

SHOW = (
    READ
    + """
keeper = Keeper(Disk())
keeper.load()
print(json.dumps(show(keeper)))
"""
)

KEEP = (
    READ
    + """
import micropython
import os
first = Keeper(Disk())
first.load()
assert first.take_problem() == ERASED
first.set_up()
first.flush()
keeper = Keeper(Disk())
keeper.load()
assert keeper.take_problem() == NO_PROBLEM
keeper.settings.change("minutes", 20)
keeper.settings.change("program", "evening")
journal = keeper.journal
name = b"evening"
micropython.heap_lock()
for session in range(60):
    journal.begin_session(name)
    journal.see(20000 + session, 3800)
    journal.note_levels(1, 2, 3, 20, 2)
    journal.late_ticks += session
    journal.note_fault(7, 5, session)
    journal.end_session(100 + session, 4, 0, 7)
    keeper.tick(False)
micropython.heap_unlock()
keeper.flush()
files = {name: hexlify(open("/keep/" + name, "rb").read()).decode() for name in os.listdir("/keep")}
print(json.dumps({"kept": show(keeper), "files": files}))
"""
)


def shown(keeper):
    journal = keeper.journal
    return {
        "problem": keeper.take_problem(),
        "settings": keeper.settings.payload().decode(),
        "sessions": [journal.session(back) for back in range(journal.session_count())],
        "faults": [journal.fault(back) for back in range(journal.fault_count())],
    }


def test_micropython_reads_what_cpython_has_kept():
    files: dict[str, bytes | None] = {}
    keeper = Keeper(FakeDisk(files))
    keeper.load()
    keeper.take_problem()
    keeper.set_up()
    keeper.settings.change("heat", 2)
    for session in range(60):
        keeper.journal.begin_session(b"classic")
        keeper.journal.see(30_000 + session, -session)
        keeper.journal.end_session(session, 1, 2, 3)
        keeper.journal.note_fault(3, 5, session)
    keeper.flush()
    content = {path: data for path, data in files.items() if data is not None}
    assert json.loads(run_on_vm(SHOW, content)) == shown(keeper)


def test_cpython_reads_what_micropython_has_kept_with_the_heap_locked():
    kept = json.loads(run_on_vm(KEEP))
    files = {f"{PATH}/{name}": bytes.fromhex(data) for name, data in kept["files"].items()}
    keeper = Keeper(FakeDisk({PATH: None} | files))
    keeper.load()
    assert shown(keeper) == kept["kept"]
    assert keeper.take_problem() == NO_PROBLEM
    assert keeper.journal.session(0)["order"] == 60
    assert keeper.journal.session(0)["late_ticks"] == 59
    assert keeper.settings["program"] == "evening"
    assert not keeper.is_behind()
