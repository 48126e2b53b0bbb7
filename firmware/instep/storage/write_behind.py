"""Saving changes to a record with a delay."""

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.storage.journal import Journal
    from instep.storage.record import Record
    from instep.storage.settings import Settings

_MAX_TRIES = const(3)


class WriteBehind:
    """Save `store` to `record` once its `revision` has not changed for `settle_ticks`."""

    def __init__(self, store: "Settings | Journal", record: "Record", settle_ticks: int) -> None:
        self.store = store
        self.record = record
        self._settle_ticks = settle_ticks
        self._seen_revision = 0
        self._saving_revision = 0
        self._saved_revision = 0
        self._still_ticks = settle_ticks
        self._tries = 0

    def is_behind(self) -> bool:
        """Return True if a change waits to be saved."""
        return self._saved_revision != self.store.revision

    def request_save(self) -> None:
        """Save even without a change."""
        self.store.revision += 1
        self._seen_revision = self.store.revision

    def hurry(self) -> None:
        """Save without waiting for the changes to settle."""
        self._seen_revision = self.store.revision
        self._still_ticks = self._settle_ticks

    def give_up(self) -> None:
        """Count the present content as saved: do not try again before the next change."""
        self._saved_revision = self._seen_revision = self.store.revision

    def is_ready(self) -> bool:
        """Count one tick; return whether the next slice is due."""
        if self._seen_revision != self.store.revision:
            self._seen_revision = self.store.revision
            self._still_ticks = 0
        elif self._still_ticks < self._settle_ticks:
            self._still_ticks += 1
        return self.is_behind() and self._still_ticks >= self._settle_ticks

    def slice(self) -> bool:
        """Do one slice of a save; return False if it was given up until the next change."""
        record = self.record
        if not record.is_saving():
            self._saving_revision = self.store.revision
            record.begin(self.store.payload())
        try:
            record.step()
        except (OSError, MemoryError):  # littlefs needs 1 KiB in one piece for an open file
            self._tries += 1
            if self._tries < _MAX_TRIES:
                return True
            self._tries = 0
            self.give_up()
            return False
        if not record.is_saving():
            self._tries = 0
            self._saved_revision = self._saving_revision
            if record.needs_repair():
                self.request_save()
        return True
