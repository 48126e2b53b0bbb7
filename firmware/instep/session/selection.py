"""Program and levels of the next session: what the person or the laptop selects, and what screening makes of it."""

from instep import user_events
from instep.axes import LEFT, RIGHT
from instep.levels import BALANCE_MAX
from instep.people import (
    AS_PROGRAMMED,
    BALANCE,
    FEET,
    HEAT,
    INTENSITY,
    MINUTES_AT,
    PACE,
    PEOPLE_NAMES,
    SOUND,
    WHO,
)
from instep.session.choices import Choices
from instep.session.library import GENTLE
from instep.stroke.verify import MINUTES_ONCE
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from instep.people import People
    from instep.session.library import Library
    from instep.stroke.program import Program
    from instep.stroke.scheduler import Scheduler

_INTENSITY_BITS = const(3)
_BALANCE_BITS = const(3)


class Selection:
    """A program of `library` with the levels of `choices`; choosing a program sets its own heat and minutes.

    `title` is the chosen program's. `asked_title` is what the person asked for before screening, see `soften`.
    """

    def __init__(self, library: "Library", people: "People") -> None:
        self.library = library
        self.people = people
        self.choices = Choices()
        self.title = b""
        self.asked_title = b""
        self._asked_name = ""
        self._sent_levels = 0
        self._noted_program = ""
        self._noted_heat = self._noted_minutes = 0
        if not library.is_empty():
            self._take_defaults()

    def program(self) -> "Program":
        """Return the chosen program; raise IndexError if there is none at all."""
        return self.library.chosen()

    def is_given_once(self) -> bool:
        """Return True if the chosen program ends by itself, so that the minutes do not count."""
        return not self.library.is_empty() and self.program().minutes == MINUTES_ONCE

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

    def take_person(self) -> None:
        """Choose what is remembered of the person at the machine.

        Heat and minutes belong to a program: what is remembered of them counts for the remembered program alone. If it
        is missing, the first one is chosen, and what is remembered stays until the person chooses another.
        """
        people = self.people
        choices = self.choices
        choices.intensity = people.get(INTENSITY)
        choices.pace = people.get(PACE)
        choices.feet = people.get(FEET)
        choices.balance = people.get(BALANCE)
        choices.sound = people.get(SOUND)
        if self.choose_program(people.program()):
            if people.get(HEAT) != AS_PROGRAMMED:
                choices.heat = people.get(HEAT)
            if people.get(MINUTES_AT) != AS_PROGRAMMED:
                choices.minutes = people.get(MINUTES_AT)
        elif not self.library.is_empty():
            self.library.index = 0
            self._take_defaults()
        self._note_program()

    def note_person(self) -> None:
        """Remember what the person at the machine has chosen; the levels of a gentle session are not their choice."""
        people = self.people
        choices = self.choices
        if choices.is_gentle or self.library.is_empty():
            return
        people.put(INTENSITY, choices.intensity)
        people.put(PACE, choices.pace)
        people.put(FEET, choices.feet)
        people.put(BALANCE, choices.balance)
        people.put(SOUND, choices.sound)
        if self.library.is_uploaded_chosen():
            return  # it is gone after the next start
        name = self.library.chosen().name
        if name != self._noted_program or choices.heat != self._noted_heat or choices.minutes != self._noted_minutes:
            people.put_program(name)
            people.put(HEAT, choices.heat)
            people.put(MINUTES_AT, choices.minutes)
            self._note_program()

    def step_person(self, step: int) -> None:
        """Choose the next or the previous person, with what is remembered of them."""
        who = max(0, min(len(PEOPLE_NAMES) - 1, self.people.get(WHO) + step))
        if who != self.people.get(WHO):
            self.note_person()
            self.people.put(WHO, who)
            self.take_person()

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

    def _note_program(self) -> None:
        """Take program, heat and minutes as remembered."""
        if not self.library.is_empty():
            self._noted_program = self.library.chosen().name
        self._noted_heat = self.choices.heat
        self._noted_minutes = self.choices.minutes

    def _take_defaults(self) -> None:
        program = self.library.chosen()
        self.title = program.title
        self.choices.heat = program.heat
        if program.minutes != MINUTES_ONCE:
            self.choices.minutes = program.minutes
