"""Program and levels of the next session: what the person or the laptop selects, and what screening makes of it."""

from instep import user_events
from instep.axes import LEFT, RIGHT
from instep.levels import BALANCE_MAX
from instep.session.choices import Choices
from instep.session.library import GENTLE
from instep.stroke.verify import MINUTES_ONCE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.session.library import Library
    from instep.stroke.program import Program
    from instep.stroke.scheduler import Scheduler

_INTENSITY_BITS = const(3)
_BALANCE_BITS = const(3)


class Selection:
    """A program of `library` with the levels of `choices`; choosing a program sets its own heat and minutes.

    `title` is the chosen program's. `asked_title` is what the person asked for before screening, see `soften`.
    """

    def __init__(self, library: "Library") -> None:
        self.library = library
        self.choices = Choices()
        self.title = b""
        self.asked_title = b""
        self._asked_name = ""
        self._sent_levels = 0
        if not library.is_empty():
            self._take_defaults()

    def program(self) -> "Program":
        """Return the chosen program; raise IndexError if there is none at all."""
        return self.library.chosen()

    def choose_program(self, name: str) -> bool:
        """Choose a program by name; return False if there is none of that name."""
        if not self.library.choose(name):
            return False
        self._take_defaults()
        return True

    def choose_next(self) -> None:
        """Choose the next program, the first after the last."""
        self.library.choose_next()
        self._take_defaults()

    def take_uploaded(self, image: bytes) -> None:
        """Choose a program that the laptop sent; ProgramError leaves everything as it was."""
        self.library.take_uploaded(image)
        self._take_defaults()

    def drop_uploaded(self) -> None:
        """Remove the uploaded program; no session may run."""
        self.library.drop_uploaded()
        self._take_defaults()

    def begin(self) -> None:
        """Note what the person asked for, at the start of a session."""
        self._asked_name = self.library.chosen().name
        self.asked_title = self.title
        self.choices.remember()

    def soften(self) -> bool:
        """Choose the gentle program and levels for feet that need care; return False if that program is missing."""
        has_gentle = self.choose_program(GENTLE)
        self.choices.soften()
        return has_gentle

    def recover(self) -> None:
        """Choose again what the person asked for, if screening replaced it."""
        if self.choices.is_gentle:
            self.choose_program(self._asked_name)
            self.choices.recover()

    def change_levels(self, pressed: int) -> None:
        """Change intensity and heat as the events of this tick say."""
        if pressed & (user_events.PLUS | user_events.PLUS_AGAIN):
            self.choices.step_intensity(1)
        if pressed & (user_events.MINUS | user_events.MINUS_AGAIN):
            self.choices.step_intensity(-1)
        if pressed & user_events.HEAT:
            self.choices.step_heat()

    def send_levels(self, scheduler: "Scheduler") -> None:
        """Send the levels to the scheduler if they have changed; it takes them over between two strokes."""
        choices = self.choices
        levels = choices.pace << _BALANCE_BITS | choices.balance + BALANCE_MAX
        levels = levels << _INTENSITY_BITS | choices.intensity
        if choices.is_gentle:
            levels = -levels
        if levels == self._sent_levels:
            return
        self._sent_levels = levels
        scheduler.set_levels(choices.force_permille(), choices.press_max_mn(), choices.pace_permille())
        scheduler.set_foot_forces(choices.foot_permille(LEFT), choices.foot_permille(RIGHT))

    def _take_defaults(self) -> None:
        program = self.library.chosen()
        self.title = program.title
        self.choices.heat = program.heat
        if program.minutes != MINUTES_ONCE:
            self.choices.minutes = program.minutes
