"""A machine over fakes whose files outlive it, for tests of saving."""

from instep import user_events
from instep.storage.store import Store
from sim.answers import HEALTHY
from sim.filesystem import MemoryFilesystem, installed_filesystem
from tests.fakes import FakeHal
from tests.firmware.sessions import image
from tests.firmware.test_app import Bench

# Settings settle for 2 s; the machine has to be at rest for 1 s.
KEPT_TICKS = 500


PROGRAMS = ("classic", "gentle", "evening", "quick")


class WatchedDisk(MemoryFilesystem):
    """Files that may be written only while nothing moves: every write looks at the machine."""

    def __init__(self, files=None):
        super().__init__(files)
        self.hal: FakeHal | None = None
        self.writes = 0

    def open(self, path, mode):
        if mode == "wb":
            self._look()
        return super().open(path, mode)

    def rename(self, old, new):
        self._look()
        super().rename(old, new)

    def mkdir(self, path):
        self._look()
        super().mkdir(path)

    def _look(self):
        self.writes += 1
        if self.hal is not None:
            assert self.hal.is_powered_off() and not self.hal.relay.is_closed


def boot(disk=None, by_watchdog=False, images=PROGRAMS):
    """Switch a machine on that has `disk`."""
    hal = FakeHal()
    hal.is_reset_by_watchdog = by_watchdog
    disk = disk or WatchedDisk(installed_filesystem().files)
    disk.hal = hal
    return Bench(hal, disk, [image(name) for name in images])


def kept(disk):
    """Return what the next boot would find."""
    store = Store(MemoryFilesystem(dict(disk.files)))
    store.load()
    return store


def entry(disk, back=0):
    session = kept(disk).journal.session(back)
    return {key: session[key] for key in ("program", "result", "stop_reason", "fault")}


def choices_of(bench):
    session = bench.app.session
    choices = session.selection.choices
    return session.selection.library.chosen().name, choices.intensity, choices.heat, choices.minutes


def begin(bench, answers=None):
    """Begin a session, with healthy feet unless told otherwise."""
    bench.start()
    if answers is None:
        bench.press(
            *HEALTHY,
        )
    else:
        answers()
    return bench


def run_shortly(bench, force_mn=0):
    """Let a session go on for a second of its self-test, then stop it."""
    begin(bench)
    bench.until("self-test")
    bench.ticks(60)
    bench.hal.forces[2].force_mn = force_mn
    bench.ticks(1)
    bench.hal.forces[2].force_mn = 0
    bench.app.note_late_ticks(2)
    bench.app.note_late_ticks(1)
    bench.ticks(60)
    assert not bench.hal.is_powered_off()
    bench.press(user_events.STOP)
    bench.until("done")
