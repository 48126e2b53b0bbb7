"""What the person chose last is restored at boot: intensity, pace and feet; a program with its heat and minutes.

Heat and minutes belong to a program: choosing another program sets that program's own. So the three are stored
together, and stored heat and minutes count for the stored program alone. A gentle session's levels are never stored:
they would show how the questions were answered.
"""

from instep.storage.settings import AS_PROGRAMMED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.session.selection import Selection
    from instep.storage.settings import Settings

_LEVELS = ("intensity", "pace", "feet", "balance", "sound")


class Preferences:
    """Restore the stored choices, and store what the person changes."""

    def __init__(self, selection: "Selection", settings: "Settings") -> None:
        self._selection = selection
        self._settings = settings
        self._levels = [0] * len(_LEVELS)
        self._program = ""
        self._heat = 0
        self._minutes = 0

    def restore(self) -> None:
        """Choose what is stored; if the stored program is missing, the first one stays chosen with its own levels."""
        settings = self._settings
        choices = self._selection.choices
        choices.intensity = int(settings["intensity"])
        choices.pace = int(settings["pace"])
        choices.feet = int(settings["feet"])
        choices.balance = int(settings["balance"])
        choices.sound = int(settings["sound"])
        choices.waits_warm = int(settings["waits_warm"])
        if self._selection.choose_program(str(settings["program"])):
            if settings["heat"] != AS_PROGRAMMED:
                choices.heat = int(settings["heat"])
            if settings["minutes"] != AS_PROGRAMMED:
                choices.minutes = int(settings["minutes"])
        choices.remember()
        self._note_unchanged()

    def watch(self) -> None:
        """Store what has changed since the last call; call it only outside a session."""
        choices = self._selection.choices
        library = self._selection.library
        if choices.is_gentle or library.is_empty():
            return
        self._store_level(0, choices.intensity)
        self._store_level(1, choices.pace)
        self._store_level(2, choices.feet)
        self._store_level(3, choices.balance)
        self._store_level(4, choices.sound)
        if library.is_uploaded_chosen():
            return  # it is gone after the next start
        program = library.chosen().name
        if program != self._program or choices.heat != self._heat or choices.minutes != self._minutes:
            self._settings.change("program", program)
            self._settings.change("heat", choices.heat)
            self._settings.change("minutes", choices.minutes)
            self._note_unchanged()

    def _store_level(self, index: int, value: int) -> None:
        if value != self._levels[index]:
            self._settings.change(_LEVELS[index], value)
            self._levels[index] = value

    def _note_unchanged(self) -> None:
        """Take the present choices as stored."""
        choices = self._selection.choices
        self._levels[0] = choices.intensity
        self._levels[1] = choices.pace
        self._levels[2] = choices.feet
        self._levels[3] = choices.balance
        self._levels[4] = choices.sound
        if not self._selection.library.is_empty():
            self._program = self._selection.library.chosen().name
        self._heat = choices.heat
        self._minutes = choices.minutes
