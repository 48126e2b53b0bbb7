"""Settings and journal on the file system: loaded at boot, written a slice at a time while nothing moves.

Setting up the storage writes both records and then a marker. A file system that was formatted again has neither. That
is reported at every boot until a person acknowledges it and `set_up` is called.
"""

from instep.storage.filesystem import WRITE, Folder
from instep.storage.journal import IMAGE_BYTES as JOURNAL_BYTES
from instep.storage.journal import SCHEMA as JOURNAL_SCHEMA
from instep.storage.journal import Journal
from instep.storage.record import LOST, NEVER_SAVED, OLDER, Record
from instep.storage.settings import MAX_BYTES as SETTINGS_BYTES
from instep.storage.settings import SCHEMA as SETTINGS_SCHEMA
from instep.storage.settings import Settings
from instep.storage.write_behind import WriteBehind
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.people import People
    from instep.storage.filesystem import Filesystem

PATH = "/keep"

# Problems, each reported once, in this order. OLDER: damaged, the record before is used. LOST: the defaults are used.
NO_PROBLEM = 0
ERASED = 1
SETTINGS_LOST = 2
SETTINGS_OLDER = 3
SETTINGS_REFUSED = 4
JOURNAL_LOST = 5
JOURNAL_OLDER = 6
NOT_SAVED = 7
_PROBLEMS = const(8)

_MARKER = "installed"
# Only the file's existence counts.
_MARKER_TEXT = b"Instep keeps settings and journal here.\n"

# A person who steps through the levels causes one write to the flash.
_SETTLE_TICKS = const(200)


class Store:
    """The settings and the journal over `disk`; `load` once at boot, then `tick` in every tick."""

    def __init__(self, disk: "Filesystem", path: str = PATH, people: "People | None" = None) -> None:
        self._folder = Folder(disk, path)
        self.settings = Settings(people)
        self.journal = Journal()
        settings_record = Record(self._folder, "settings", SETTINGS_SCHEMA, SETTINGS_BYTES)
        journal_record = Record(self._folder, "journal", JOURNAL_SCHEMA, JOURNAL_BYTES)
        self._settings_writer = WriteBehind(self.settings, settings_record, _SETTLE_TICKS)
        self._journal_writer = WriteBehind(self.journal, journal_record, 0)
        self._writers = (self._settings_writer, self._journal_writer)
        self._problems = bytearray(_PROBLEMS)
        self._is_set_up = False
        self._wants_folder = False
        self._wants_marker = False

    def load(self) -> None:
        """Read everything and write nothing; problems wait in `take_problem`."""
        is_marked = self._is_marked()
        self._load_settings()
        self._load_journal()
        has_both = True
        for writer in self._writers:
            has_both = has_both and writer.record.outcome != NEVER_SAVED
        self._is_set_up = is_marked or has_both
        self._wants_marker = not is_marked
        if not self._is_set_up:
            self._problems[ERASED] = True
        elif is_marked:
            self._report_missing(self._settings_writer, SETTINGS_LOST)
            self._report_missing(self._journal_writer, JOURNAL_LOST)

    def take_problem(self) -> int:
        """Return the next problem once; NO_PROBLEM if all are reported."""
        for problem in range(1, _PROBLEMS):
            if self._problems[problem]:
                self._problems[problem] = False
                return problem
        return NO_PROBLEM

    def set_up(self) -> None:
        """Write everything at the next ticks, the marker last: for the installer, and when ERASED is acknowledged."""
        self._is_set_up = True
        self._wants_folder = True
        for writer in self._writers:
            writer.request_save()

    def is_behind(self) -> bool:
        """Return True if anything waits to be written."""
        return self._is_set_up and (
            self._wants_marker or self._settings_writer.is_behind() or self._journal_writer.is_behind()
        )

    def hurry(self) -> None:
        """Write recent changes at once: a session is about to begin."""
        for writer in self._writers:
            writer.hurry()

    def tick(self, nothing_moves: bool) -> bool:
        """Write one slice if one waits and nothing moves; return whether there was one. It may take 0.8 s."""
        if not nothing_moves or not self._is_set_up:
            return False
        self._folder.may_write = True
        is_written = self._write_slice()
        self._folder.may_write = False
        return is_written

    def flush(self) -> None:
        """Write everything that waits; nothing may move. For the installer."""
        while self.is_behind():
            self.tick(True)

    def _write_slice(self) -> bool:
        if self._wants_folder:
            self._make_folder()
            return True
        return (
            self._tick_writer(self._settings_writer) or self._tick_writer(self._journal_writer) or self._tick_marker()
        )

    def _make_folder(self) -> None:
        self._wants_folder = False
        try:
            self._folder.make()
        except (OSError, MemoryError):
            self._problems[NOT_SAVED] = True

    def _tick_writer(self, writer: WriteBehind) -> bool:
        """Do a slice if one is due; return whether it was."""
        if not writer.is_ready():
            return False
        if not writer.slice():
            self._problems[NOT_SAVED] = True
        return True

    def _tick_marker(self) -> bool:
        """Write the marker after both records, while no change of the settings waits; return whether it was due."""
        if not self._wants_marker or self._settings_writer.is_behind():
            return False
        self._wants_marker = False
        try:
            with self._folder.open(_MARKER, WRITE) as file:
                file.write(_MARKER_TEXT)
        except (OSError, MemoryError):
            self._problems[NOT_SAVED] = True
        return True

    def _is_marked(self) -> bool:
        """Return True if the marker is there; an unreadable folder has none, and its records are reported anyway."""
        try:
            return self._folder.has(_MARKER)
        except OSError:
            return False

    def _load_settings(self) -> None:
        writer = self._settings_writer
        payload = writer.record.load()
        if payload is not None:
            self.settings.load(payload, writer.record.schema_found)
            self._problems[SETTINGS_REFUSED] = len(self.settings.refused) > 0
        self._report_outcome(writer, SETTINGS_OLDER, SETTINGS_LOST)

    def _load_journal(self) -> None:
        writer = self._journal_writer
        payload = writer.record.load()
        if payload is not None and not self.journal.load(payload):
            self._report(writer, JOURNAL_LOST)
        self._report_outcome(writer, JOURNAL_OLDER, JOURNAL_LOST)

    def _report_outcome(self, writer: WriteBehind, older: int, lost: int) -> None:
        if writer.record.outcome == OLDER:
            self._report(writer, older)
        elif writer.record.outcome == LOST:
            self._report(writer, lost)

    def _report_missing(self, writer: WriteBehind, lost: int) -> None:
        """Report a record that was never saved though the storage was set up."""
        if writer.record.outcome == NEVER_SAVED:
            self._report(writer, lost)

    def _report(self, writer: WriteBehind, problem: int) -> None:
        """Report `problem`, and save again, so that it is reported once."""
        self._problems[problem] = True
        writer.request_save()
