"""What the person chose last, over the power: intensity, pace and feet; a program with its heat and minutes.

Heat and minutes belong to the program: who chooses a program takes its own. So the three are stored together, and
stored heat and minutes count for the stored program alone. What screening makes of the choices is never stored.
"""

from instep.storage.settings import AS_PROGRAMMED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.session.session import Session
    from instep.storage.settings import Settings

_LEVELS = ("intensity", "pace", "feet")


class Preferences:
    """Give the stored choices to the session at boot, and store what the person changes."""

    def __init__(self, session: "Session", settings: "Settings") -> None:
        self._session = session
        self._settings = settings
        self._levels = [0] * len(_LEVELS)
        self._program = ""
        self._heat = 0
        self._minutes = 0

    def restore(self) -> None:
        """Choose what is stored; a program that is not there any more leaves the first one chosen, as it is."""
        session, settings = self._session, self._settings
        choices = session.choices
        choices.intensity = int(settings["intensity"])
        choices.pace = int(settings["pace"])
        choices.feet = int(settings["feet"])
        if session.choose_program(str(settings["program"])):
            if settings["heat"] != AS_PROGRAMMED:
                choices.heat = int(settings["heat"])
            if settings["minutes"] != AS_PROGRAMMED:
                choices.minutes = int(settings["minutes"])
        choices.remember()
        self._look()

    def watch(self) -> None:
        """Store what has changed since the last look; call it only outside a session."""
        session = self._session
        choices = session.choices
        if choices.is_gentle or session.library.is_empty():
            return
        self._store_level(0, choices.intensity)
        self._store_level(1, choices.pace)
        self._store_level(2, choices.feet)
        if session.library.is_uploaded_chosen():
            return  # after the next start it is not there
        program = session.library.chosen().name
        if program != self._program or choices.heat != self._heat or choices.minutes != self._minutes:
            self._settings.change("program", program)
            self._settings.change("heat", choices.heat)
            self._settings.change("minutes", choices.minutes)
            self._look()

    def _store_level(self, index: int, value: int) -> None:
        if value != self._levels[index]:
            self._settings.change(_LEVELS[index], value)
            self._levels[index] = value

    def _look(self) -> None:
        """Note what counts as unchanged from now on."""
        choices = self._session.choices
        self._levels[0] = choices.intensity
        self._levels[1] = choices.pace
        self._levels[2] = choices.feet
        if not self._session.library.is_empty():
            self._program = self._session.library.chosen().name
        self._heat = choices.heat
        self._minutes = choices.minutes
