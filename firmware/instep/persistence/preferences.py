"""What people chose last is restored at boot, and what they change is saved."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.session.selection import Selection
    from instep.storage.settings import Settings


class Preferences:
    """Connect `settings` with what the person at the machine has selected."""

    def __init__(self, selection: "Selection", settings: "Settings") -> None:
        self._selection = selection
        self._settings = settings

    def restore(self) -> None:
        """Choose what is remembered of the person at the machine."""
        self._selection.take_person()

    def watch(self) -> None:
        """Save what has changed since the last call; call it only outside a session."""
        people = self._selection.people
        self._selection.note_person()
        if people.is_changed:
            people.is_changed = False
            self._settings.revision += 1
